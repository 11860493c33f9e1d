import type { Output } from '#shared/contract/engine-contract.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { recordAddress } from '../../state/addresses.ts';
import type { Column } from '../../ui/data-list/types.ts';
import { formatDate, formatDayMonth, formatNumber, formatTime } from '../../ui/format.ts';
import names from './planner.module.css';
import type { Span } from './planner-search.ts';

export type PlannerRow = Output<'planner.rows'>['rows'][number];
export type PlannerItem = PlannerRow['items'][number];

type Shown = { readonly from: string; readonly days: number; readonly span: Span; readonly today: string; readonly timeZone: string };

const OVER: ReadonlySet<string> = new Set(['closed', 'completed']);
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' });

/** Items of a row on a day. */
export function itemsOn({ items }: PlannerRow, day: string): readonly PlannerItem[] {
  return items.filter((item) => item.day === day);
}

/** How the cadence colours a day: due from its day on, late up to today; only where nothing is planned for it. */
function dueOn({ due }: PlannerRow, day: string, today: string): 'due' | 'late' | undefined {
  if (due === undefined || day < due.on) return undefined;
  return day < today || (due.late && day === today) ? 'late' : 'due';
}

const wordsOf = (item: PlannerItem, timeZone: string): string =>
  `${item.startsAt === undefined ? '' : `${formatTime(item.startsAt, timeZone)} `}${item.label}`;

function Day({ row, day, shown: { span, today, timeZone } }: { row: PlannerRow; day: string; shown: Shown }) {
  const due = dueOn(row, day, today);
  return (
    <span className={names.cell} data-due={due} data-today={day === today || undefined}>
      {itemsOn(row, day).map((item) =>
        span === 'week' ? (
          <span
            key={item.id}
            className={names.item}
            data-table={item.table}
            data-over={OVER.has(item.state) || undefined}
            title={item.label}
          >
            {wordsOf(item, timeZone)}
          </span>
        ) : (
          <span
            key={item.id}
            role="img"
            aria-label={wordsOf(item, timeZone)}
            title={wordsOf(item, timeZone)}
            className={names.dot}
            data-table={item.table}
            data-over={OVER.has(item.state) || undefined}
          />
        ),
      )}
    </span>
  );
}

/** The engagement, what it is worth and how it is, when it is due, and a column a day. */
export function plannerColumns(shown: Shown): readonly Column<PlannerRow>[] {
  const days = Array.from({ length: shown.days }, (_, at) => addDays(shown.from, at));
  return [
    {
      key: 'title',
      title: 'Engagement',
      width: 210,
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
      width: 64,
      align: 'end',
      sortable: false,
      render: ({ health }) => (health === undefined ? <span className={names.quiet}>—</span> : formatNumber(health, 0)),
    },
    {
      key: 'due',
      title: 'Due',
      width: 190,
      sortable: false,
      help: 'The contact that is due and not planned',
      render: ({ due }) =>
        due === undefined ? (
          <span className={names.quiet}>Nothing</span>
        ) : (
          `${due.kind}, ${due.late ? 'late since' : 'due'} ${formatDate(due.on)}`
        ),
    },
    ...days.map((day): Column<PlannerRow> => ({
      key: day,
      title:
        shown.span === 'week' ? `${weekday.format(new Date(`${day}T00:00:00Z`))} ${formatDayMonth(day)}` : String(Number(day.slice(8))),
      width: shown.span === 'week' ? 130 : 34,
      sortable: false,
      render: (row) => <Day row={row} day={day} shown={shown} />,
    })),
  ];
}
