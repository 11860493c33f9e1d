import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace, type WorkspaceStatus } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordPath } from '../../state/addresses.ts';
import { useShowsEngagement } from '../../state/current-engagement.ts';
import { useColumnLayout, useLayout } from '../../state/layout.ts';
import { recallPlace, rememberPlace } from '../../state/places.ts';
import { useScreen } from '../../state/screen.ts';
import { DataList } from '../../ui/data-list/data-list.tsx';
import { laidOut, type Grouping, type ListHandle } from '../../ui/data-list/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { ViewTabs } from '../../ui/view-tabs.tsx';
import { UnansweredLink } from '../mail/unanswered-link.tsx';
import { StartScreen } from '../start/start-screen.tsx';
import { DayDialog } from './day-dialog.tsx';
import { LinePanel } from './line-panel.tsx';
import { HEADS, todayColumns, type TodayRow } from './today-columns.tsx';
import type { TodaySearch } from './today-search.ts';
import { contactOf, formatMinutes, lineKey, type TodayLine } from './today-words.ts';
import names from './today.module.css';
import { useLineCommands } from './use-line-commands.ts';

const route = getRouteApi('/today');
const LIST = 'today';
const LIMIT = 300;
const NO_SORT = [] as const;

/** The lines with a head above those that fit and those that do not; what is folded away is left out. */
function rowsOf(
  lines: readonly TodayLine[],
  { total, fitting }: { readonly total: number; readonly fitting: number },
  folded: ReadonlySet<string>,
): readonly TodayRow[] {
  const fits = lines.filter((line) => line.fits);
  const beyond = lines.filter((line) => !line.fits);
  const part = (head: 'fits' | 'beyond', of: readonly TodayLine[], count: number): readonly TodayRow[] =>
    of.length === 0 ? [] : [{ head, count }, ...(folded.has(head) ? [] : of.map((line) => ({ line })))];
  // lines beyond the limit are counted, too; what is on its way out is not
  const hidden = Math.max(0, total - LIMIT);
  return [...part('fits', fits, Math.min(fits.length, fitting)), ...part('beyond', beyond, beyond.length + hidden)];
}

/** The line that a row is now; until the list is entered its first one is meant. */
function lineAt(lines: readonly TodayLine[] | undefined, row: TodayRow | undefined): TodayLine | undefined {
  if (row === undefined) return lines?.[0];
  return 'line' in row ? lines?.find((line) => lineKey(line) === lineKey(row.line)) : undefined;
}

const keyOf = (row: TodayRow): string => ('line' in row ? lineKey(row.line) : row.head);

/** Whoever opens Today goes through it: the arrow keys move from its first line at once. */
const placeIn = (queryKey: string) => recallPlace(queryKey) ?? { scrollTop: 0, row: 1, hadFocus: true };

type Asked = { readonly what: 'plan' | 'snooze'; readonly line: TodayLine };

function Today({ status }: { status: WorkspaceStatus | undefined }) {
  const heading = useScreen('Today');
  const navigate = useNavigate();
  const { whose }: TodaySearch = route.useSearch();
  const { data, error } = useLive('today.list', { whose: whose ?? 'mine', limit: LIMIT });
  const shown = useMemo(() => data && new Set(data.lines.map(lineKey)), [data]);
  const commands = useLineCommands(data?.asOf, shown);
  const { gone, finish, putOff, planOn } = commands;
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<TodayRow>();
  const at = useRef<TodayRow>(undefined);
  const handle = useRef<ListHandle>(null);
  const isUsed = useRef(false);
  const use = () => {
    isUsed.current = true;
  };
  // keys come faster than what is drawn: they mean the line that the keyboard is on
  const onCurrent = useCallback((row: TodayRow | undefined) => {
    at.current = row;
    setCurrent(row);
  }, []);
  const [peeked, setPeeked] = useState<TodayLine>();
  // what is asked stays while its dialog goes, so that the dialog can give the focus back
  const [asked, setAsked] = useState<Asked>();
  const [isAsking, setAsking] = useState(false);
  const ask = useCallback((next: Asked) => {
    setAsked(next);
    setAsking(true);
  }, []);
  const lines = useMemo(() => data?.lines.filter((line) => !gone.has(lineKey(line))), [data, gone]);
  const rows = useMemo(() => data && lines && rowsOf(lines, data, folded), [data, lines, folded]);
  const timeZone = status?.settings.timeZone ?? 'UTC';
  const today = data?.asOf ?? status?.today ?? '';
  const layout = useColumnLayout(LIST);
  const setColumns = useLayout((state) => state.setColumns);
  const columns = useMemo(() => laidOut(todayColumns(timeZone, today), layout), [timeZone, today, layout]);
  const line = lineAt(lines, current);
  const known = useRef(lines);
  useLayoutEffect(() => {
    known.current = lines;
    // where lines come or go above it, the keyboard stays on its line; who has done nothing yet stays at the top
    const on = isUsed.current ? at.current : undefined;
    const row = on === undefined ? -1 : (rows?.findIndex((one) => keyOf(one) === keyOf(on)) ?? -1);
    if (row >= 0) handle.current?.toRow(row);
  }, [lines, rows]);
  useShowsEngagement(line?.engagement?.id, line?.engagement?.label, line && contactOf(line));

  const actions = useMemo<readonly Action[]>(() => {
    const withLine = (run: (line: TodayLine) => void) => () => {
      const on = lineAt(known.current, at.current);
      if (on !== undefined) run(on);
    };
    return [
      {
        id: 'today-brief',
        label: 'Brief for it',
        group: 'This screen',
        icon: 'template',
        keys: 'b',
        words: 'prepare meeting',
        run: withLine(({ engagement, kind, id }) => {
          if (engagement)
            void navigate({ to: '/brief/$id', params: { id: engagement.id }, search: kind === 'meeting' ? { meeting: id } : {} });
        }),
      },
      {
        id: 'today-done',
        label: 'Done',
        group: 'This screen',
        icon: 'check',
        keys: 'e',
        words: 'finish close held',
        run: withLine(finish),
      },
      {
        id: 'today-snooze',
        label: 'Snooze until tomorrow',
        group: 'This screen',
        icon: 'clock',
        keys: 's',
        run: withLine((on) => putOff(on)),
      },
      {
        id: 'today-snooze-until',
        label: 'Snooze until …',
        group: 'This screen',
        icon: 'clock',
        keys: 'shift+s',
        run: withLine((on) => ask({ what: 'snooze', line: on })),
      },
      {
        id: 'today-plan',
        label: 'Plan for a day',
        group: 'This screen',
        icon: 'calendar',
        keys: 'p',
        run: withLine((on) => ask({ what: 'plan', line: on })),
      },
    ];
  }, [finish, putOff, ask, navigate]);
  useActions(actions);

  const listRows = useMemo(() => ({ total: rows?.length, rowAt: (index: number) => rows?.[index], onRange: () => undefined }), [rows]);
  const grouping = useMemo<Grouping<TodayRow>>(
    () => ({
      headOf: (row) =>
        'head' in row ? { label: HEADS[row.head], count: row.count, closed: folded.has(row.head), sumOf: () => null } : undefined,
      onToggle: (row) => {
        if (!('head' in row)) return;
        setFolded((before) => new Set(before.has(row.head) ? [...before].filter((head) => head !== row.head) : [...before, row.head]));
      },
    }),
    [folded],
  );
  const peek = useCallback((row: TodayRow) => setPeeked('line' in row ? row.line : undefined), []);
  const open = useCallback(
    (row: TodayRow) => {
      if ('line' in row) void navigate({ to: recordPath(row.line.table, row.line.id) });
    },
    [navigate],
  );
  const failure = error ?? commands.error;
  const used = data === undefined ? 0 : data.minutes.meetings + data.minutes.planned;
  return (
    <Page fixed title="Today" headingRef={heading} note={data && formatDate(data.asOf)}>
      <div className={names.tools}>
        {data?.personal === true || whose === 'all' ? (
          <ViewTabs
            label="Whose work"
            value={whose ?? 'mine'}
            onChange={(next) => void navigate({ to: '/today', search: next === 'all' ? { whose: 'all' } : {}, replace: true })}
            views={[
              { value: 'mine', label: 'Mine' },
              { value: 'all', label: 'Everyone’s' },
            ]}
          />
        ) : null}
        {data && (
          <span className={names.day}>
            <span className={names.track} aria-hidden="true">
              <span className={names.fill} style={{ width: `${Math.min(100, (100 * used) / data.minutes.day)}%` }} />
            </span>
            <span>
              {formatMinutes(used)} of {formatMinutes(data.minutes.day)}
              {data.minutes.meetings > 0 && `, ${formatMinutes(data.minutes.meetings)} in meetings`}
            </span>
          </span>
        )}
        <div className={names.toolsEnd}>
          <UnansweredLink whose={whose ?? 'mine'} />
          <span role="status" className={names.quiet}>
            {data &&
              [
                plural(data.total, 'line'),
                ...(data.total > data.lines.length ? [`the first ${data.lines.length} shown`] : []),
                ...(data.snoozed > 0 ? [`${data.snoozed} snoozed`] : []),
              ].join(', ')}
          </span>
        </div>
      </div>
      {failure && <Failure failure={failure} />}
      <div className={names.work}>
        <div className={names.list} onKeyDownCapture={use} onMouseDownCapture={use}>
          <DataList
            label="What to do today"
            columns={columns}
            rows={listRows}
            queryKey={`today ${whose ?? 'mine'}`}
            sort={NO_SORT}
            onSort={() => undefined}
            onResize={(key, width) => setColumns(LIST, { ...layout, widths: { ...layout.widths, [key]: width } })}
            onOpen={open}
            onPeek={peek}
            peeking={peeked !== undefined}
            onEndPeek={() => setPeeked(undefined)}
            onCurrent={onCurrent}
            handle={handle}
            grouping={grouping}
            recall={placeIn}
            remember={rememberPlace}
            empty={
              <EmptyState icon="check" title="Nothing is waiting">
                No meeting, touchpoint, task, risk, renewal or cadence asks for anything today.
              </EmptyState>
            }
          />
        </div>
        {peeked && (
          <LinePanel
            line={lines?.find((known) => lineKey(known) === lineKey(peeked)) ?? peeked}
            timeZone={timeZone}
            today={today}
            onClose={() => setPeeked(undefined)}
          />
        )}
      </div>
      <DayDialog
        opened={isAsking}
        title={`${asked?.what === 'snooze' ? 'Snooze' : 'Plan'}: ${asked?.line.title ?? ''}`}
        verb={asked?.what === 'snooze' ? 'Snooze' : 'Plan'}
        today={today}
        least={asked?.what === 'snooze' ? 1 : 0}
        busy={commands.plan.busy}
        failure={asked?.what === 'plan' ? commands.plan.error : undefined}
        onClose={() => {
          commands.plan.clearError();
          setAsking(false);
        }}
        onChoose={(date) => {
          if (asked?.what === 'snooze') {
            putOff(asked.line, date);
            setAsking(false);
          } else if (asked !== undefined)
            planOn(asked.line, date).then(
              () => setAsking(false),
              () => undefined,
            );
        }}
      />
    </Page>
  );
}

/** T1, DSH-13: what to do now, in one ranked list with the reason on each line. */
export function TodayScreen() {
  const status = useWorkspace();
  return status?.empty === true ? <StartScreen /> : <Today status={status} />;
}
