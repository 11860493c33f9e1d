import { TODAY_KINDS, type TodayKind } from '#shared/domain/today/formula.ts';
import { recordAddress } from '../../state/addresses.ts';
import type { Column } from '../../ui/data-list/types.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-paths.ts';
import names from './today.module.css';
import { formatMinutes, reasonWords, type TodayLine } from './today-words.ts';

/** A line, or the head above those that fit into the day and those that do not. */
export type TodayRow = { readonly line: TodayLine } | { readonly head: 'fits' | 'beyond'; readonly count: number };

const KIND_ICONS: Readonly<Record<TodayKind, IconName>> = {
  meeting: 'calendar',
  touchpoint: 'phone',
  task: 'check',
  risk: 'risks',
  renewal: 'refresh',
  cadence: 'clock',
};

const LATE: ReadonlySet<string> = new Set(['late', 'unwritten']);

/** What stands in a line of Today; `timeZone` and `today` are the workspace's. */
export function todayColumns(timeZone: string, today: string): readonly Column<TodayRow>[] {
  const cell = (render: (line: TodayLine) => React.ReactNode) => (row: TodayRow) => ('line' in row ? render(row.line) : null);
  return [
    {
      key: 'title',
      title: 'What',
      width: 250,
      sortable: false,
      render: cell((line) => (
        <span className={names.what}>
          <Icon name={KIND_ICONS[line.kind]} size={15} />
          <a href={recordAddress(line.table, line.id)} tabIndex={-1} className={names.title}>
            {line.title}
          </a>
        </span>
      )),
    },
    { key: 'kind', title: 'Kind', width: 90, sortable: false, render: cell((line) => TODAY_KINDS[line.kind]) },
    {
      key: 'why',
      title: 'Why now',
      width: 466,
      sortable: false,
      render: cell((line) => (
        <span className={names.clip}>
          {line.reasons.map((reason, at) => (
            <span key={reason.why} className={LATE.has(reason.why) ? names.late : undefined}>
              {at > 0 && ' · '}
              {reasonWords(reason, timeZone, today)}
            </span>
          ))}
        </span>
      )),
    },
    {
      key: 'account',
      title: 'Account',
      width: 150,
      sortable: false,
      render: cell((line) => <span className={names.clip}>{line.account}</span>),
    },
    { key: 'minutes', title: 'Takes', width: 74, align: 'end', sortable: false, render: cell((line) => formatMinutes(line.minutes)) },
    {
      key: 'score',
      title: 'Weight',
      width: 76,
      align: 'end',
      sortable: false,
      help: 'How far up it stands: Space shows how it comes about',
      render: cell((line) => formatNumber(line.score, 0)),
    },
  ];
}

/** The words of a head. */
export const HEADS = { fits: 'Fits into today', beyond: 'More than the day holds' } as const;
