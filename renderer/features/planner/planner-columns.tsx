import type { Output } from '#shared/contract/engine-contract.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { recordAddress } from '../../state/addresses.ts';
import type { Column } from '../../ui/data-list/types.ts';
import { formatDate, formatDayMonth, formatNumber, formatTime } from '../../ui/format.ts';
import names from './planner.module.css';
import type { Shown } from './planner-search.ts';

export type PlannerRow = Output<'planner.rows'>['rows'][number];
export type PlannerItem = PlannerRow['items'][number];

export type Calendar = Shown & { readonly today: string; readonly timeZone: string };

/** So many days have room for words. */
const WORDED_DAYS = 10;
const OVER: ReadonlySet<string> = new Set(['closed', 'completed']);
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' });
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
const dated = (day: string) => new Date(`${day}T00:00:00Z`);

/** Whether an item was held or done: it is not moved any more. */
export const isOver = ({ state }: PlannerItem): boolean => OVER.has(state);

/** Items of a row on a day. */
export function itemsOn({ items }: PlannerRow, day: string): readonly PlannerItem[] {
  return items.filter((item) => item.day === day);
}

/** A row with some of its items on other days. */
export function withItemsOn(row: PlannerRow, days: ReadonlyMap<string, string>): PlannerRow {
  if (!row.items.some(({ id }) => days.has(id))) return row;
  return { ...row, items: row.items.map((item) => ({ ...item, day: days.get(item.id) ?? item.day })) };
}

/** How the cadence colours a day: due from its day on, late up to today; only where nothing is planned for it. */
function dueOn({ due }: PlannerRow, day: string, today: string): 'due' | 'late' | undefined {
  if (due === undefined || day < due.on) return undefined;
  return day < today || (due.late && day === today) ? 'late' : 'due';
}

/** What an item is called, with its time where it has one. */
export function itemWords({ startsAt, label }: PlannerItem, timeZone: string): string {
  return `${startsAt === undefined ? '' : `${formatTime(startsAt, timeZone)} `}${label}`;
}

function Item({ item, isWorded, timeZone }: { item: PlannerItem; isWorded: boolean; timeZone: string }) {
  const words = itemWords(item, timeZone);
  return (
    <a
      href={recordAddress(item.table, item.id)}
      tabIndex={-1}
      // links are dragged by nature; what is over stays where it was
      draggable={!isOver(item)}
      data-item={item.id}
      data-table={item.table}
      data-over={isOver(item) || undefined}
      title={words}
      aria-label={isWorded ? undefined : words}
      className={isWorded ? names.bar : names.dot}
    >
      {isWorded && words}
    </a>
  );
}

function Day({ row, day, calendar }: { row: PlannerRow; day: string; calendar: Calendar }) {
  const { today, timeZone, days } = calendar;
  return (
    <span className={names.cell} data-day={day} data-due={dueOn(row, day, today)} data-today={day === today || undefined}>
      {itemsOn(row, day).map((item) => (
        <Item key={item.id} item={item} isWorded={days <= WORDED_DAYS} timeZone={timeZone} />
      ))}
    </span>
  );
}

/** The engagement, how it is, when it is due, and a column a day, whose key is the day. */
export function plannerColumns(calendar: Calendar): readonly Column<PlannerRow>[] {
  const isWorded = calendar.days <= WORDED_DAYS;
  const days = Array.from({ length: calendar.days }, (_, at) => addDays(calendar.from, at));
  const due: Column<PlannerRow> = {
    key: 'due',
    title: 'Due',
    width: 178,
    sortable: false,
    help: 'The contact that is due and not planned',
    render: ({ due: contact }) =>
      contact === undefined ? (
        <span className={names.quiet}>Nothing</span>
      ) : (
        `${contact.kind}, ${contact.late ? 'late since' : 'due'} ${formatDate(contact.on)}`
      ),
  };
  const dayColumns = days.map((day): Column<PlannerRow> => ({
    key: day,
    title: isWorded ? `${weekday.format(dated(day))} ${formatDayMonth(day)}` : String(Number(day.slice(8))),
    spoken: longDay.format(dated(day)),
    width: isWorded ? 98 : 28,
    sortable: false,
    render: (row) => <Day row={row} day={day} calendar={calendar} />,
  }));
  return [
    {
      key: 'title',
      title: 'Engagement',
      width: 190,
      sortable: false,
      render: ({ engagement }) => (
        <a href={recordAddress('engagement', engagement.id)} tabIndex={-1} className={names.title}>
          {engagement.label}
        </a>
      ),
    },
    {
      key: 'health',
      title: 'Health',
      width: 66,
      align: 'end',
      sortable: false,
      render: ({ health }) => (health === undefined ? <span className={names.quiet}>—</span> : formatNumber(health, 0)),
    },
    // many days: what fits on the screen of a laptop are they
    ...(isWorded ? [due, ...dayColumns] : [...dayColumns, due]),
  ];
}
