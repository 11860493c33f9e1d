import type { Row } from '../../model/dictionary.ts';
import type { Money } from '../../model/field.ts';
import { sumMoney } from '../../util/money.ts';
import type { ReadView } from '../view.ts';

/** Whether a contract is active on a day (scoring.md section 7): begun, not ended, not cancelled. Without a start it counts as begun. */
export function contractActive(contract: Row<'contract'>, day: string): boolean {
  if (contract.state === 'cancelled') return false;
  return (contract.startDate === undefined || contract.startDate <= day) && (contract.endDate === undefined || contract.endDate > day);
}

/** Whether a contract still runs or will run (BR-24): neither expired nor cancelled, and its end is after the day. */
export function contractUnexpired(contract: Row<'contract'>, day: string): boolean {
  return contract.state !== 'expired' && contract.state !== 'cancelled' && (contract.endDate === undefined || contract.endDate > day);
}

/** The contracts linked to an engagement. */
export function linkedContracts(engagementId: string, view: ReadView): readonly Row<'contract'>[] {
  return view.by('engagementContract', 'engagement', engagementId).flatMap((link) => view.get('contract', link.contract) ?? []);
}

/** The active contracts of an engagement: of the linked ones, where none is linked of all of its account. */
export function activeContracts(engagement: Row<'engagement'>, view: ReadView, day: string): readonly Row<'contract'>[] {
  const linked = linkedContracts(engagement.id, view);
  const contracts = linked.length > 0 ? linked : view.by('contract', 'account', engagement.account);
  return contracts.filter((contract) => contractActive(contract, day));
}

/** Contract value of an engagement: sum of the values of its active contracts by currency, minor units. */
export function contractValueOf(engagement: Row<'engagement'>, view: ReadView, day: string, firstCurrency?: string): readonly Money[] {
  return sumMoney(
    activeContracts(engagement, view, day).map((contract) => contract.value),
    firstCurrency,
  );
}

/** When a contract is to be renewed: its renewal date, else its end. */
export function renewalOf(contract: Row<'contract'>): string | undefined {
  return contract.renewalDate ?? contract.endDate;
}

/**
 * The next renewal of an engagement (BR-24): the earliest of its linked contracts that have not expired. `linked` tells
 * whether it has any; where it has none, the date that a person set on the engagement stands.
 */
export function nextRenewal(
  engagementId: string,
  view: ReadView,
  day: string,
): { readonly linked: boolean; readonly date: string | undefined } {
  const linked = linkedContracts(engagementId, view);
  let date: string | undefined;
  for (const contract of linked) {
    const renewal = contractUnexpired(contract, day) ? renewalOf(contract) : undefined;
    if (renewal !== undefined && (date === undefined || renewal < date)) date = renewal;
  }
  return { linked: linked.length > 0, date };
}
