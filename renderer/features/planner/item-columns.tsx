import type { Output } from '#shared/contract/engine-contract.ts';
import { dictionary } from '#shared/model/dictionary.ts';
import { recordAddress } from '../../state/addresses.ts';
import type { Column } from '../../ui/data-list/types.ts';
import { formatDate, formatTime } from '../../ui/format.ts';
import { ChoiceName } from '../common/choice-name.tsx';
import names from './planner.module.css';

export type PlannerLine = Output<'planner.items'>['rows'][number];

const { fields: meeting } = dictionary.meeting;
const { fields: touchpoint } = dictionary.touchpoint;

/** A line with its item on another day. */
export function withLineOn(line: PlannerLine, days: ReadonlyMap<string, string>): PlannerLine {
  const day = days.get(line.id);
  return day === undefined ? line : { ...line, day };
}

/** Day, time, what it is and for whom: the planner read one line after the other. */
export function itemColumns(timeZone: string): readonly Column<PlannerLine>[] {
  return [
    { key: 'day', title: 'Day', width: 130, sortable: false, render: ({ day }) => formatDate(day) },
    {
      key: 'time',
      title: 'Time',
      width: 130,
      sortable: false,
      render: ({ startsAt, endsAt }) =>
        startsAt === undefined || endsAt === undefined ? (
          <span className={names.quiet}>—</span>
        ) : (
          `${formatTime(startsAt, timeZone)} – ${formatTime(endsAt, timeZone)}`
        ),
    },
    {
      key: 'what',
      title: 'What',
      width: 300,
      sortable: false,
      render: ({ table, id, label }) => (
        <a href={recordAddress(table, id)} tabIndex={-1} className={names.title}>
          {label}
        </a>
      ),
    },
    { key: 'kind', title: 'Kind', width: 110, sortable: false, render: ({ table }) => (table === 'meeting' ? 'Meeting' : 'Touchpoint') },
    {
      key: 'type',
      title: 'Type',
      width: 170,
      sortable: false,
      render: ({ table, type }) => <ChoiceName field={table === 'meeting' ? meeting.type : touchpoint.category} value={type} />,
    },
    { key: 'engagement', title: 'Engagement', width: 240, sortable: false, render: ({ engagement }) => engagement.label },
    {
      key: 'state',
      title: 'Status',
      width: 120,
      sortable: false,
      render: ({ table, state }) => <ChoiceName field={(table === 'meeting' ? meeting : touchpoint).state} value={state} />,
    },
  ];
}
