import type { Row } from '#shared/model/dictionary.ts';
import type { Money } from '#shared/model/field.ts';
import { activeContracts, contractValueOf } from '#shared/domain/derived/contract-facts.ts';
import { engagementActive, lastHeld, renewalDateOn, riskOpen } from '#shared/domain/derived/engagement-facts.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { daysBetween } from '#shared/util/calendar-days.ts';

/** What a portfolio line shows beside the engagement's own fields and its health: looked up once and kept until it changes. */
export type LineFacts = {
  readonly active: boolean;
  readonly account: string;
  readonly csm: string | undefined;
  readonly contractValue: readonly Money[];
  readonly activeContracts: readonly string[];
  readonly openRisks: number;
  readonly lastTouchpoint: string | undefined;
  readonly renewalDate: string | undefined;
  readonly daysToRenewal: number | undefined;
  readonly escalated: boolean;
};

/** Looks the facts of an engagement up as of a day. */
export function lineFacts(view: ReadView, engagement: Row<'engagement'>, asOf: string, currency: string): LineFacts {
  const account = view.get('account', engagement.account);
  const renewalDate = renewalDateOn(engagement, view, asOf);
  return {
    active: engagementActive(engagement),
    account: account?.name ?? '',
    csm: engagement.csm === undefined ? undefined : view.get('user', engagement.csm)?.name,
    contractValue: contractValueOf(engagement, view, asOf, currency),
    activeContracts: activeContracts(engagement, view, asOf).map(({ id }) => id),
    openRisks: view.by('riskSignal', 'engagement', engagement.id).filter(riskOpen).length,
    lastTouchpoint: lastHeld(engagement.id, view, asOf),
    renewalDate,
    daysToRenewal: renewalDate === undefined ? undefined : daysBetween(asOf, renewalDate),
    escalated: account?.escalated === true,
  };
}
