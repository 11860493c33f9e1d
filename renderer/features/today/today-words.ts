import type { Output } from '#shared/contract/engine-contract.ts';
import { CADENCE_KINDS, type CadenceKind } from '#shared/domain/cadence/rhythm.ts';
import { STAKES } from '#shared/domain/today/formula.ts';
import { PRIORITIES } from '#shared/model/mixins.ts';
import { formatDate, formatMoneySum, formatNumber, formatTime, plural } from '../../ui/format.ts';

export type TodayLine = Output<'today.list'>['lines'][number];
export type Reason = TodayLine['reasons'][number];

/** One reason in words. */
export function reasonWords(reason: Reason, timeZone: string, today: string): string {
  switch (reason.why) {
    case 'late':
      return `${plural(reason.days, 'day')} late`;
    case 'due':
      return reason.on === today ? 'Today' : `Due ${formatDate(reason.on)}`;
    case 'at':
      return `Today ${formatTime(reason.startsAt, timeZone)}–${formatTime(reason.endsAt, timeZone)}`;
    case 'unwritten':
      return `Was on ${formatDate(reason.on)}, not written up`;
    case 'new':
      return 'New risk';
    case 'cadence':
      return `${CADENCE_KINDS[reason.contact]}${reason.contact === 'renewal' ? '' : ` every ${plural(reason.every, 'day')}`}, ${
        reason.last === undefined ? 'none yet' : `last ${formatDate(reason.last)}`
      }`;
    case 'renewal':
      return reason.days === 0 ? 'Renewal today' : `Renewal in ${plural(reason.days, 'day')}`;
    case 'money':
      return formatMoneySum(reason.value, true);
    case 'escalated':
      return 'Escalated';
    case 'risk':
      return `${priorityWord(reason.priority)} risk${reason.open > 1 ? ` (${formatNumber(reason.open, 0)} open)` : ''}`;
    default:
      return reason satisfies never;
  }
}

function priorityWord(priority: string): string {
  return Object.hasOwn(PRIORITIES, priority) ? PRIORITIES[priority as keyof typeof PRIORITIES] : priority; // tested before
}

const FACTORS: Readonly<Record<string, string>> = { points: 'Points for its kind', timing: 'Its day', ...STAKES };

/** What a factor of the score is called. */
export function factorName(name: string): string {
  return FACTORS[name] ?? name;
}

/** Names a line among all lines of the list. */
export function lineKey({ kind, table, id }: Pick<TodayLine, 'kind' | 'table' | 'id'>): string {
  return `${kind} ${table} ${id}`;
}

/** Minutes as hours and minutes, "1 h 30". */
export function formatMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}

/** The kind of contact that a line asks for; undefined where it is about something else. */
export function contactOf({ reasons }: Pick<TodayLine, 'reasons'>): CadenceKind | undefined {
  return reasons.find((reason) => reason.why === 'cadence')?.contact;
}
