import type { Row } from '#shared/model/dictionary.ts';
import type { Money } from '#shared/model/field.ts';
import { cadenceDebt, duesOf, mostUrgent, type Due } from '#shared/domain/cadence/cadence.ts';
import { contactsOf } from '#shared/domain/cadence/contacts.ts';
import { riskOpen } from '#shared/domain/derived/engagement-facts.ts';
import { dangerOf, moneyShare, nearnessOf, type Stakes } from '#shared/domain/today/formula.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { minorDigits } from '#shared/util/currencies.ts';
import type { EngineContext, WorkspaceSettings } from '../context.ts';
import type { Figures } from '../jobs/figures.ts';
import type { LineFacts } from '../portfolio/line-facts.ts';

/** The worst open risk of an engagement and how many are open. */
export type Danger = { readonly priority: string; readonly open: number };

/** What is at stake with one engagement, in words and as shares, and what its cadence asks for. */
export type Standing = {
  readonly engagement: Row<'engagement'>;
  readonly facts: LineFacts;
  readonly danger: Danger | undefined;
  readonly stakes: Stakes;
  /** The talk about the renewal, where it is due within two weeks and not planned. */
  readonly talk: Due | undefined;
  /** The most urgent of the other contacts that are due and not planned. */
  readonly urgent: Due | undefined;
};
export type Standings = (engagement: string) => Standing | undefined;

/** The talk about a renewal is named so many days before it is due. */
const TALK_AHEAD = 14;

/** Value in major units of the workspace's currency; other currencies by the settings' rates, those without one are left out. */
function majorUnits(value: readonly Money[], { currency, exchangeRates }: WorkspaceSettings): number {
  return value.reduce((sum, money) => {
    const rate = money.currency === currency ? 1 : exchangeRates[money.currency];
    return rate === undefined ? sum : sum + (money.amount / 10 ** minorDigits(money.currency)) * rate;
  }, 0);
}

function dangerFor(view: ReadView, engagement: string): Danger | undefined {
  let worst: string | undefined;
  let open = 0;
  for (const signal of view.by('riskSignal', 'engagement', engagement)) {
    if (!riskOpen(signal)) continue;
    open += 1;
    const priority = signal.priority ?? 'medium';
    if (worst === undefined || dangerOf(priority) > dangerOf(worst)) worst = priority;
  }
  return worst === undefined ? undefined : { priority: worst, open };
}

function look({ view }: EngineContext, settings: WorkspaceSettings, engagement: Row<'engagement'>, facts: LineFacts): Standing {
  const { asOf, timeZone } = settings;
  const dues = facts.active
    ? duesOf(
        {
          tier: view.get('account', engagement.account)?.cadenceTier,
          contacts: contactsOf(engagement.id, view, asOf, timeZone),
          since: beganOn(engagement, asOf),
          renewal: facts.renewalDate,
        },
        settings,
        asOf,
      )
    : [];
  const danger = dangerFor(view, engagement.id);
  return {
    engagement,
    facts,
    danger,
    stakes: {
      money: moneyShare(majorUnits(facts.contractValue, settings), settings.contractValueRanges),
      danger: Math.max(danger === undefined ? 0 : dangerOf(danger.priority), facts.escalated ? 1 : 0),
      nearness: nearnessOf(facts.daysToRenewal),
      debt: Math.min(1, cadenceDebt(dues)),
    },
    talk: dues.find(({ kind, covered, overdueDays }) => kind === 'renewal' && !covered && overdueDays >= -TALK_AHEAD),
    urgent: mostUrgent(
      dues.filter(({ kind }) => kind !== 'renewal'),
      asOf,
    ),
  };
}

/** Go-live, else the day of creation; today where that is later than the day that counts as today, or not known. */
function beganOn({ goLiveDate, createdAt }: Row<'engagement'>, asOf: string): string {
  if (goLiveDate !== undefined && goLiveDate <= asOf) return goLiveDate;
  const day = createdAt.slice(0, 10);
  return day === '' || day > asOf ? asOf : day;
}

type Book = { readonly key: readonly unknown[]; readonly known: Map<string, Standing> };
const books = new WeakMap<EngineContext, Book>();
const followed = new WeakSet<EngineContext>();

/** What the standings depend on beside records. */
const keyOf = (settings: WorkspaceSettings): readonly unknown[] => [
  settings.asOf,
  settings.timeZone,
  settings.currency,
  settings.exchangeRates,
  settings.contractValueRanges,
  settings.cadenceTouchDays,
  settings.cadenceReviewDays,
  settings.cadenceExecutiveDays,
  settings.renewalTalkDays,
];

/**
 * What is at stake with each engagement, as everyone sees it; kept until something of it changes. An engagement's facts are made
 * anew whenever its record, account, contracts, risks or touchpoints change (`marks.ts`), so they tell; meetings are followed here.
 * The figures must be settled.
 */
export function standingsOf({ whole }: EngineContext, figures: Figures): Standings {
  const settings = whole.settings();
  const key = keyOf(settings);
  let book = books.get(whole);
  if (!book || book.key.some((part, at) => part !== key[at])) {
    book = { key, known: new Map() };
    books.set(whole, book);
  }
  if (!followed.has(whole)) {
    followed.add(whole);
    followMeetings(whole);
  }
  const { known } = book;
  return (id) => {
    const engagement = whole.view.get('engagement', id);
    if (!engagement) return undefined;
    const facts = figures.facts(engagement);
    const before = known.get(id);
    if (before?.facts === facts && before.engagement === engagement) return before;
    const now = look(whole, settings, engagement, facts);
    known.set(id, now);
    return now;
  };
}

function followMeetings(whole: EngineContext): void {
  whole.feed.subscribe((touched) => {
    for (const id of touched.rows.get('meeting') ?? [])
      for (const meeting of [touched.before('meeting', id), whole.view.get('meeting', id)])
        if (meeting && 'engagement' in meeting && meeting.engagement !== undefined) books.get(whole)?.known.delete(meeting.engagement);
  });
}
