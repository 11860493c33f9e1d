import type { Row } from '../../model/dictionary.ts';
import type { Money } from '../../model/field.ts';
import { sumMoney } from '../../util/money.ts';
import type { ReadView } from '../view.ts';
import { activeContracts, nextRenewal } from './contract-facts.ts';

/** Whether an engagement counts as active (scoring.md section 7): neither closed nor cancelled, and its stage is not lost. */
export function engagementActive(engagement: Row<'engagement'>): boolean {
  return engagement.state !== 'closed' && engagement.state !== 'cancelled' && engagement.stage !== 'lost';
}

/** Whether a risk signal is open: new or active. */
export function riskOpen(signal: Row<'riskSignal'>): boolean {
  return signal.state !== 'closed' && signal.state !== 'cancelled';
}

/** Whether a support ticket was open on a day: submitted by then and not closed by then. Days are UTC (scoring.md). */
export function ticketOpen(ticket: Row<'supportTicket'>, day: string): boolean {
  if (ticket.submittedAt.slice(0, 10) > day) return false;
  if (ticket.closedAt !== undefined) return ticket.closedAt.slice(0, 10) > day;
  return ticket.state !== 'closed' && ticket.state !== 'solved';
}

/** Whether a touchpoint took place by a day: it has a date up to it and was not cancelled. */
export function touchpointHeld(touchpoint: Row<'touchpoint'>, day: string): boolean {
  return touchpoint.heldOn !== undefined && touchpoint.heldOn <= day && touchpoint.state !== 'cancelled';
}

/** The day of the newest touchpoint held by a day (BR-40). */
export function lastHeld(engagementId: string, view: ReadView, day: string): string | undefined {
  let last: string | undefined;
  for (const touchpoint of view.by('touchpoint', 'engagement', engagementId))
    if (touchpointHeld(touchpoint, day) && (last === undefined || (touchpoint.heldOn ?? '') > last)) last = touchpoint.heldOn;
  return last;
}

/** The renewal date that holds on a day: that of the linked contracts, where there are none the one set on the engagement. */
export function renewalDateOn(engagement: Row<'engagement'>, view: ReadView, day: string): string | undefined {
  const { linked, date } = nextRenewal(engagement.id, view, day);
  return linked ? date : engagement.renewalDate;
}

/** The contracts that a risk signal puts at risk (scoring.md section 3): those it names, else its engagement's active ones. */
export function contractsAtRisk(signal: Row<'riskSignal'>, view: ReadView, day: string): readonly Row<'contract'>[] {
  if (signal.contractsImpacted && signal.contractsImpacted.length > 0)
    return signal.contractsImpacted.flatMap((id) => view.get('contract', id) ?? []);
  const engagement = signal.engagement === undefined ? undefined : view.get('engagement', signal.engagement);
  return engagement ? activeContracts(engagement, view, day) : [];
}

/** Contract value at risk of some signals by currency: each contract once; closed and cancelled signals do not count. */
export function valueAtRisk(signals: Iterable<Row<'riskSignal'>>, view: ReadView, day: string, firstCurrency?: string): readonly Money[] {
  const contracts = new Map<string, Row<'contract'>>();
  for (const signal of signals)
    if (riskOpen(signal)) for (const contract of contractsAtRisk(signal, view, day)) contracts.set(contract.id, contract);
  return sumMoney(
    [...contracts.values()].map((contract) => contract.value),
    firstCurrency,
  );
}
