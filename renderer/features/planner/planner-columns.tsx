import { CADENCE_KINDS } from '#shared/domain/cadence/rhythm.ts';
import { addDays, dayOf, weekdayOf } from '#shared/util/calendar-days.ts';
import { recordAddress } from '../../state/addresses.ts';
import type { Column } from '../../ui/data-list/types.ts';
import { formatDate, formatDayMonth, formatNumber, formatTime } from '../../ui/format.ts';
import { isOver, itemsOn, type PlannerItem, type PlannerRow } from './planner-items.ts';
import names from './planner.module.css';
import type { Shown } from './planner-search.ts';

export type Calendar = Shown & { readonly today: string; readonly timeZone: string };

/** So many days have room for words. */
const WORDED_DAYS = 10;
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' });
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
const isWeekend = (day: string) => weekdayOf(dayOf(day)) > 4;
const dated = (day: string) => new Date(`${day}T00:00:00Z`);

/** How the cadence colours a day: due from its day on, late up to today; only where nothing is planned for it. */
function dueOn({ due }: PlannerRow, day: string, today: string): 'due' | 'late' | undefined {
  if (due === undefined || day < due.on) return undefined;
  return day < today || (due.days > 0 && day === today) ? 'late' : 'due';
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
    <span
      className={names.cell}
      data-day={day}
      data-due={dueOn(row, day, today)}
      data-today={day === today || undefined}
      data-weekend={isWeekend(day) || undefined}
    >
      {itemsOn(row, day).map((item) => (
        <Item key={item.id} item={item} isWorded={days <= WORDED_DAYS} timeZone={timeZone} />
      ))}
    </span>
  );
}

function DueWords({ due }: Pick<PlannerRow, 'due'>) {
  if (due === undefined) return <span className={names.quiet}>Nothing</span>;
  const when = due.days > 0 ? `${formatNumber(due.days, 0)} d late` : due.days === 0 ? 'Today' : formatDayMonth(due.on);
  return (
    <span className={names.due} title={`${CADENCE_KINDS[due.contact]}, due ${formatDate(due.on)}`}>
      <span className={due.days > 0 ? names.late : undefined}>{when}</span> · {CADENCE_KINDS[due.contact]}
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
    width: isWorded ? 190 : 106,
    sortable: false,
    help: 'The contact that is due and not planned',
    render: (row) => <DueWords due={row.due} />,
  };
  const dayColumns = days.map((day): Column<PlannerRow> => ({
    key: day,
    title: isWorded ? `${weekday.format(dated(day))} ${formatDayMonth(day)}` : String(Number(day.slice(8))),
    spoken: longDay.format(dated(day)),
    width: isWorded ? 98 : 26,
    sortable: false,
    render: (row) => <Day row={row} day={day} calendar={calendar} />,
  }));
  return [
    {
      key: 'title',
      title: 'Engagement',
      width: isWorded ? 186 : 170,
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
      width: isWorded ? 66 : 60,
      align: 'end',
      sortable: false,
      render: ({ health }) => (health === undefined ? <span className={names.quiet}>—</span> : formatNumber(health, 0)),
    },
    // many days: what fits on the screen of a laptop are they
    ...(isWorded ? [due, ...dayColumns] : [...dayColumns, due]),
  ];
}
