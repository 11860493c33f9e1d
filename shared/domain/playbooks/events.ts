import type { EVENT_KINDS } from '../../model/tables/playbook.ts';
import type { Json } from '../../model/field.ts';

export type EventKind = keyof typeof EVENT_KINDS;
export type Inputs = Readonly<Record<string, Json>>;

/** What one event says beside its kind. */
export type EventDetail = {
  /** kept, completed, imported: what was filled in. */
  readonly input?: Inputs;
  /** skipped, reopened, withdrawn: why. */
  readonly reason?: string;
  /** reassigned: the user it went to. */
  readonly to?: string;
  /** prepared, withdrawn: the record that was made (`table/id`). */
  readonly record?: string;
  /** completed, imported: in words what it did. */
  readonly done?: string;
};

/** One thing that happened in a run. `stamp` orders events on every device alike (ADR 0015); `at` is when, for people. */
export type PlayEvent = {
  readonly id: string;
  readonly stamp: string;
  readonly at: string;
  readonly by: string;
  readonly kind: EventKind;
  readonly activity?: string | undefined;
  readonly detail?: EventDetail | undefined;
};

const before = (a: PlayEvent, b: PlayEvent): number => {
  if (a.stamp !== b.stamp) return a.stamp < b.stamp ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
};

/** Events in their one order, each once, whichever way they came together. */
export function inOrder(events: readonly PlayEvent[]): readonly PlayEvent[] {
  let sorted = events;
  for (let at = 1; at < events.length; at += 1) {
    const [last, next] = [events[at - 1], events[at]];
    if (last === undefined || next === undefined || before(last, next) < 0) continue;
    sorted = events.toSorted(before);
    break;
  }
  return sorted.filter((event, at) => event.id !== sorted[at - 1]?.id);
}
