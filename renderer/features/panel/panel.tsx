import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { tableNames, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { useLayout } from '../../state/layout.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { IconName } from '../../ui/icon-paths.ts';
import { Attachments } from '../common/attachments.tsx';
import { Related } from '../common/related.tsx';
import { PLAYED_TABLES } from '#shared/model/tables/playbook.ts';
import { RunLog } from '../playbooks/run-log.tsx';
import { RecordSyncNotice } from '../sync/record-sync-notice.tsx';
import { Composer } from './composer.tsx';
import { Discussions } from './discussions.tsx';
import { Information } from './information.tsx';
import names from './panel.module.css';
import { Stream } from './stream.tsx';
import { Timeline } from './timeline.tsx';
import { Templates } from './templates.tsx';

type PanelProps = { readonly table: TableName; readonly row: AnyRow; readonly label: string };
type Tool = {
  /** Only beside records of these types. */
  readonly only?: readonly TableName[];
  readonly name: string;
  readonly title: string;
  readonly icon: IconName;
  readonly show: (props: PanelProps) => ReactNode;
};

// One line a tool beside a record: its sign in the strip and what it shows.
const TOOLS: readonly Tool[] = [
  {
    name: 'stream',
    title: 'Activity',
    icon: 'history',
    show: ({ table, row }) => (
      <>
        <Composer key={row.id} table={table} row={row} />
        <Stream key={row.id} table={table} id={row.id} />
      </>
    ),
  },
  {
    name: 'timeline',
    title: 'Customer timeline',
    icon: 'calendar',
    only: ['engagement', 'account'],
    show: ({ table, row }) => (table === 'engagement' || table === 'account' ? <Timeline key={row.id} table={table} id={row.id} /> : null),
  },
  {
    name: 'discussions',
    title: 'Discussions',
    icon: 'chat',
    show: ({ table, row, label }) => <Discussions key={row.id} table={table} id={row.id} label={label} />,
  },
  {
    name: 'related',
    title: 'Related items',
    icon: 'records',
    show: ({ table, row, label }) => <Related table={table} id={row.id} label={label} narrow />,
  },
  { name: 'attachments', title: 'Attachments', icon: 'clip', show: ({ table, row }) => <Attachments about={{ table, id: row.id }} /> },
  { name: 'templates', title: 'Templates', icon: 'template', show: ({ table, row }) => <Templates table={table} row={row} /> },
  { name: 'information', title: 'Record information', icon: 'info', show: ({ table, row }) => <Information table={table} row={row} /> },
  {
    name: 'playbook',
    title: 'Playbook log',
    icon: 'list',
    only: PLAYED_TABLES,
    show: ({ table, row }) => <RunLog key={row.id} table={table} row={row} />,
  },
];

function Edge() {
  const { panelWidth: width, setPanelWidth } = useLayout();
  const startDrag = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    const handle = event.currentTarget;
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (next: globalThis.PointerEvent) => setPanelWidth(width + from - next.clientX);
    const end = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: 24, ArrowRight: -24 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setPanelWidth(width + by);
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={width}
      aria-valuemin={280}
      aria-valuemax={640}
      tabIndex={0}
      className={names.edge}
      onPointerDown={startDrag}
      onKeyDown={onKeyDown}
    />
  );
}

/** In a narrow window the panel lies over the page, so there it is open only while someone wants it. */
const NARROW = '(max-width: 1080px)';

function usePanel() {
  const { panel, panelWidth, setPanel } = useLayout();
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const [overlay, setOverlay] = useState<string>();
  return isNarrow ? { panel: overlay, panelWidth, setPanel: setOverlay } : { panel, panelWidth, setPanel };
}

const byTable = new Map(tableNames.map((table) => [table, TOOLS.filter(({ only }) => only === undefined || only.includes(table))]));
const toolsFor = (table: TableName): readonly Tool[] => byTable.get(table) ?? TOOLS;

/** Whether Escape belongs to something in the panel: a field, or what is open. */
function isOthers(target: EventTarget): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [role="menu"], [role="dialog"], [aria-expanded="true"]') !== null
  );
}

/** What stands beside a record: its stream, related items, facts. Folded away it leaves a strip of signs; both are remembered. */
function Panel(props: PanelProps) {
  const { table } = props;
  const tools = toolsFor(table);
  const { panel, panelWidth, setPanel } = usePanel();
  const open = tools.find(({ name }) => name === panel);
  const kind = tableOf(table).label.toLowerCase();
  const actions = useMemo<readonly Action[]>(
    () =>
      toolsFor(table).map(({ name, title, icon }, at): Action => ({
        id: `panel-${name}`,
        label: `${title} beside this record`,
        group: 'This screen',
        icon,
        keys: `b ${at + 1}`,
        words: 'panel side',
        run: () => setPanel(panel === name ? undefined : name),
      })),
    [table, panel, setPanel],
  );
  useActions(actions);
  return (
    <aside className={names.side} aria-label={`Beside this ${kind}`} data-open={open ? true : undefined}>
      {open && (
        <div
          className={names.panel}
          style={{ width: panelWidth }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.defaultPrevented || isOthers(event.target)) return;
            event.preventDefault();
            setPanel(undefined);
          }}
        >
          <Edge />
          <header className={names.head}>
            <h2 className={names.title}>{open.title}</h2>
            <IconButton icon="chevronRight" label="Fold the panel away" keys="Esc" onClick={() => setPanel(undefined)} />
          </header>
          <div className={names.body} tabIndex={0} role="region" aria-label={open.title}>
            {open.show(props)}
          </div>
        </div>
      )}
      <div role="toolbar" aria-label="Panel" aria-orientation="vertical" className={names.strip}>
        {tools.map(({ name, title, icon }, at) => (
          <IconButton
            key={name}
            icon={icon}
            size={30}
            label={title}
            keys={`B then ${at + 1}`}
            pressed={open?.name === name}
            className={names.tool ?? ''}
            onClick={() => setPanel(open?.name === name ? undefined : name)}
          />
        ))}
      </div>
    </aside>
  );
}

/** A record's page with its panel beside it. */
export function WithPanel({ children, ...props }: PanelProps & { readonly children: ReactNode }) {
  return (
    <div className={names.layout}>
      <div className={names.content}>
        <RecordSyncNotice table={props.table} id={props.row.id} />
        {children}
      </div>
      <Panel {...props} />
    </div>
  );
}
