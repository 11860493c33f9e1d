import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordAddress } from '../../state/addresses.ts';
import { useShowsEngagement } from '../../state/current-engagement.ts';
import { useColumnLayout, useLayout } from '../../state/layout.ts';
import { recallPlace, rememberPlace } from '../../state/places.ts';
import { useScreen } from '../../state/screen.ts';
import { DataList } from '../../ui/data-list/data-list.tsx';
import { laidOut } from '../../ui/data-list/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { ViewTabs } from '../../ui/view-tabs.tsx';
import { DayDialog } from '../today/day-dialog.tsx';
import { unansweredColumns, type UnansweredLine } from './unanswered-columns.tsx';
import names from './mail.module.css';

const route = getRouteApi('/unanswered');
const LIST = 'unanswered';
const LIMIT = 300;
const NO_SORT = [] as const;
/** Whoever opens it goes through it: the arrow keys move from its first line at once. */
const placeIn = (queryKey: string) => recallPlace(queryKey) ?? { scrollTop: 0, row: 0, hadFocus: true };

type Patch = Readonly<Record<string, string>>;

/** Waiting and answered: the line goes at once and comes back where the engine refuses. */
function useSettling(lines: readonly UnansweredLine[] | undefined) {
  const { send, error } = useCommand('records.update');
  const { toastSaved } = useUndo();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  // what the engine no longer lists need not be hidden any more: an undo brings it back
  const [before, setBefore] = useState(lines);
  if (lines !== before) {
    setBefore(lines);
    const still = [...gone].filter((id) => lines?.some((line) => line.id === id) === true);
    if (still.length !== gone.size) setGone(new Set(still));
  }
  const settle = useCallback(
    (id: string, patch: Patch, message: string) => {
      setGone((ids) => new Set([...ids, id]));
      send({ table: 'outreach', id, patch }).then(
        ({ changeSetId }) => toastSaved(message, changeSetId),
        () => setGone((ids) => new Set([...ids].filter((one) => one !== id))),
      );
    },
    [send, toastSaved],
  );
  return { gone, settle, error };
}

/** T6: who did not answer, those first with whom most is at stake; Enter opens the next mail to them, W waits, E notes an answer. */
export function UnansweredScreen() {
  const heading = useScreen('Unanswered');
  const navigate = useNavigate();
  const status = useWorkspace();
  const { whose } = route.useSearch();
  const { data, error } = useLive('outreach.unanswered', { whose: whose ?? 'mine', limit: LIMIT });
  const { gone, settle, error: refused } = useSettling(data?.lines);
  const lines = useMemo(() => data?.lines.filter(({ id }) => !gone.has(id)), [data, gone]);
  const [current, setCurrent] = useState<UnansweredLine>();
  const [asked, setAsked] = useState<UnansweredLine>();
  const [isAsking, setAsking] = useState(false);
  const today = data?.asOf ?? status?.today ?? '';
  const timeZone = status?.settings.timeZone ?? 'UTC';
  const layout = useColumnLayout(LIST);
  const setColumns = useLayout((state) => state.setColumns);
  const columns = useMemo(() => laidOut(unansweredColumns(timeZone, today), layout), [timeZone, today, layout]);
  // until the list is entered its first line is meant; a line that is gone gives way to the first
  const line = lines?.find(({ id }) => id === current?.id) ?? lines?.[0];
  useShowsEngagement(line?.engagement?.id, line?.engagement?.label);
  const nameOf = ({ contact, subject }: UnansweredLine): string => contact?.label ?? subject;

  const actions = useMemo<readonly Action[]>(() => {
    const withLine = (run: (on: UnansweredLine) => void) => () => {
      if (line !== undefined) run(line);
    };
    return [
      {
        id: 'unanswered-wait',
        label: 'Wait until …',
        group: 'This screen',
        icon: 'clock',
        keys: 'w',
        words: 'snooze later put off',
        run: withLine((on) => {
          setAsked(on);
          setAsking(true);
        }),
      },
      {
        id: 'unanswered-answered',
        label: 'They have answered',
        group: 'This screen',
        icon: 'check',
        keys: 'e',
        words: 'done response reply',
        run: withLine((on) => settle(on.id, { result: 'answered', respondedOn: today }, `Answered: ${nameOf(on)}`)),
      },
      {
        id: 'unanswered-record',
        label: 'Open its record',
        group: 'This screen',
        icon: 'records',
        keys: 'o',
        run: withLine((on) => location.assign(recordAddress('outreach', on.id))),
      },
    ];
  }, [line, settle, today]);
  useActions(actions);

  const rows = useMemo(() => ({ total: lines?.length, rowAt: (index: number) => lines?.[index], onRange: () => undefined }), [lines]);
  const open = useCallback((on: UnansweredLine) => void navigate({ to: '/mails/new', search: { chases: on.id } }), [navigate]);
  const failure = error ?? refused;
  return (
    <Page
      fixed
      title="Unanswered"
      headingRef={heading}
      context={<a href="#/mails">Mails</a>}
      note={data && `no answer within ${plural(data.days, 'day')}`}
    >
      <div className={names.bar}>
        {(data?.personal === true || whose === 'all') && (
          <ViewTabs
            label="Whose"
            value={whose ?? 'mine'}
            onChange={(next) => void navigate({ to: '/unanswered', search: next === 'all' ? { whose: 'all' } : {}, replace: true })}
            views={[
              { value: 'mine', label: 'Mine' },
              { value: 'all', label: 'Everyone’s' },
            ]}
          />
        )}
        <span role="status" className={names.quiet}>
          {data &&
            lines &&
            `${data.total - (data.lines.length - lines.length)} unanswered${data.waiting > 0 ? `, ${data.waiting} put off` : ''}`}
        </span>
        <span className={names.quiet}>Enter: the next mail · W: wait until · E: they have answered</span>
      </div>
      {failure && <Failure failure={failure} />}
      <div className={names.chase}>
        <DataList
          label="Unanswered"
          columns={columns}
          rows={rows}
          queryKey={`unanswered ${whose ?? 'mine'}`}
          sort={NO_SORT}
          onSort={() => undefined}
          onResize={(key, width) => setColumns(LIST, { ...layout, widths: { ...layout.widths, [key]: width } })}
          onOpen={open}
          onCurrent={setCurrent}
          recall={placeIn}
          remember={rememberPlace}
          empty={
            <EmptyState icon="check" title="Everyone has answered, or may still take their time">
              A mail to a customer stands here once nobody has answered it for {plural(data?.days ?? 3, 'day')}. Drop their answers (.eml)
              on Mails, or log the call: both count. The days are among the <a href="#/settings">settings</a>.
            </EmptyState>
          }
        />
      </div>
      <DayDialog
        opened={isAsking}
        title={`Wait for ${asked === undefined ? '' : nameOf(asked)} until`}
        verb="Wait"
        today={today}
        least={1}
        busy={false}
        failure={undefined}
        onClose={() => setAsking(false)}
        onChoose={(date) => {
          setAsking(false);
          if (asked !== undefined) settle(asked.id, { waitUntil: date }, `Waiting until ${formatDate(date)}: ${nameOf(asked)}`);
        }}
      />
    </Page>
  );
}
