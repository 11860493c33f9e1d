import type { RISK_VIEWS } from '#shared/contract/areas/risk.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { addDays, mondayOf } from '#shared/util/calendar-days.ts';

export type RiskView = (typeof RISK_VIEWS)[number];

type Scope = { readonly view: ReadView; readonly asOf: string; readonly currentUser: string | null };

/**
 * The day on which a signal was raised: that of its creation. Where old data is explored, that day lies after today: then the
 * end of its first occurrence, today at the latest.
 */
export function raisedOn(view: ReadView, signal: Row<'riskSignal'>, asOf: string): string {
  const created = signal.createdAt.slice(0, 10);
  if (created <= asOf) return created;
  const ends = view.by('riskOccurrence', 'signal', signal.id).map(({ endDate }) => endDate);
  return [...ends, asOf].reduce((a, b) => (a < b ? a : b));
}

/** Whether an open signal is due before today. */
export function isOverdue(signal: Row<'riskSignal'>, asOf: string): boolean {
  return signal.dueDate !== undefined && signal.dueDate < asOf;
}

/** Which open signals a view of the risk list holds. */
export function riskFilter(which: RiskView, { view, asOf, currentUser }: Scope): (signal: Row<'riskSignal'>) => boolean {
  const monday = mondayOf(asOf);
  const soon = addDays(asOf, 14);
  switch (which) {
    case 'all':
    // no record of a solution exists yet that a signal could be linked to
    case 'unaddressed':
      return () => true;
    case 'newThisWeek':
      return (signal) => raisedOn(view, signal, asOf) >= monday;
    case 'dueIn14Days':
      return ({ dueDate }) => dueDate !== undefined && dueDate >= asOf && dueDate <= soon;
    case 'overdue':
      return (signal) => isOverdue(signal, asOf);
    case 'issues':
      return ({ riskOrIssue }) => riskOrIssue === 'issue';
    case 'assignedToMe':
      return ({ assignedTo }) => assignedTo !== undefined && assignedTo === currentUser;
    default:
      return which satisfies never;
  }
}
