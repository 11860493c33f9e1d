import { addDays, daysBetween } from '../../util/calendar-days.ts';
import type { Contacts } from './contacts.ts';
import { cadenceKinds, intervalOf, type CadenceKind, type CadenceSettings, type CadenceTier } from './rhythm.ts';

/** When a kind of contact is due next. */
export type Due = {
  readonly kind: CadenceKind;
  readonly due: string;
  /** Days between two of them; for what is tied to the renewal, the days before it. */
  readonly interval: number;
  readonly last: string | undefined;
  readonly planned: string | undefined;
  /** `asOf − due` in days; below 0 before it is due (scoring.md section 2). */
  readonly overdueDays: number;
  /** How much of an interval it is late: 1 is a whole one. 0 while nothing is late. */
  readonly debt: number;
  /** Something is planned early enough: up to one interval from today. */
  readonly covered: boolean;
};

export type Cadence = {
  readonly tier: CadenceTier | undefined;
  readonly contacts: Contacts;
  /** Where the rhythm begins as long as nothing was held: go-live or the day of creation. */
  readonly since: string;
  readonly renewal: string | undefined;
};

/**
 * What is due for an engagement and since when, in the order of {@link cadenceKinds}: last contact plus the tier's interval
 * (ENG-09). A tier whose executive check-in has no interval but which has reviews holds it at the renewal; the talk about the renewal
 * is due `renewalTalkDays` before it, and counts as held where one was within twice that time before the renewal.
 */
export function duesOf(cadence: Cadence, settings: CadenceSettings, asOf: string): readonly Due[] {
  const { tier, contacts, since, renewal } = cadence;
  if (tier === undefined) return [];
  const hasRhythm = intervalOf('touch', tier, settings) !== undefined;
  const dues: Due[] = [];
  for (const kind of cadenceKinds) {
    const interval = intervalOf(kind, tier, settings);
    const last = contacts.last[kind];
    if (interval !== undefined) dues.push(dueAt(kind, addDays(last ?? since, interval), interval, cadence, asOf));
    else if (renewal !== undefined && hasRhythm && (kind === 'renewal' || kind === 'executive')) {
      const days = settings.renewalTalkDays;
      if (days <= 0 || renewal < asOf || (last !== undefined && daysBetween(last, renewal) <= 2 * days)) continue;
      dues.push(dueAt(kind, kind === 'renewal' ? addDays(renewal, -days) : renewal, days, cadence, asOf));
    }
  }
  return dues;
}

function dueAt(kind: CadenceKind, due: string, interval: number, { contacts }: Cadence, asOf: string): Due {
  const overdueDays = daysBetween(due, asOf);
  const planned = contacts.next[kind];
  return {
    kind,
    due,
    interval,
    last: contacts.last[kind],
    planned,
    overdueDays,
    debt: overdueDays > 0 ? overdueDays / interval : 0,
    covered: planned !== undefined && daysBetween(asOf, planned) <= interval,
  };
}

/** How late an engagement is at worst, in intervals: what lists and the ranking of the day go by. 0 where nothing is late. */
export function cadenceDebt(dues: readonly Due[]): number {
  return dues.reduce((most, { debt }) => Math.max(most, debt), 0);
}

/** What to plan first: late and not covered, the largest debt first, then the earliest; undefined where nothing is due by `until`. */
export function mostUrgent(dues: readonly Due[], until: string): Due | undefined {
  let worst: Due | undefined;
  for (const due of dues) {
    if (due.covered || due.due > until) continue;
    if (worst === undefined || due.debt > worst.debt || (due.debt === worst.debt && due.due < worst.due)) worst = due;
  }
  return worst;
}
