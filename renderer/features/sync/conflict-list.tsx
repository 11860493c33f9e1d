import { Button } from '@mantine/core';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { isTableName, tableOf } from '#shared/model/dictionary.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { useNow } from '../../state/use-now.ts';
import { formatNumber } from '../../ui/format.ts';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { useWorld } from '../common/use-form-world.ts';
import { ConflictCard } from './conflict-card.tsx';
import { afterGoing, besideOf, byRecord, type Choice } from './conflict-groups.ts';
import { RecordLink } from './deed-words.tsx';
import { writableField } from './merge-editor.tsx';
import type { ConflictLine } from './sync-types.ts';
import { momentWords } from './sync-words.ts';
import names from './sync.module.css';

type Props = {
  readonly lines: readonly ConflictLine[];
  readonly isOwn: (line: ConflictLine) => boolean;
  readonly onSettle: (lines: readonly ConflictLine[], choice: Choice, value?: unknown) => void;
};

type Deeds = {
  readonly settle: (choice: Choice) => void;
  readonly edit: () => void;
  readonly pick: () => void;
  readonly pickAll: () => void;
};

const actionsOf = ({ settle, edit, pick, pickAll }: Deeds): readonly Action[] => [
  { id: 'conflict-mine', label: 'Take mine', group: 'This screen', icon: 'check', keys: 'm', words: 'conflict', run: () => settle('mine') },
  {
    id: 'conflict-theirs',
    label: 'Keep theirs',
    group: 'This screen',
    icon: 'check',
    keys: 't',
    words: 'conflict',
    run: () => settle('theirs'),
  },
  { id: 'conflict-edit', label: 'Write what counts', group: 'This screen', icon: 'pencil', keys: 'e', words: 'conflict merge', run: edit },
  { id: 'conflict-pick', label: 'Choose this conflict', group: 'This screen', icon: 'list', keys: 'x', run: pick },
  { id: 'conflict-all', label: 'Choose all conflicts', group: 'This screen', icon: 'list', keys: 'ctrl+a', run: pickAll },
];

/** Conflicts by record. Arrow keys move, M and T choose, E writes another value, X picks several to settle at once. */
export function ConflictList({ lines, isOwn, onSettle }: Props) {
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const now = useNow(60_000);
  const world = useWorld(undefined);
  const [wanted, setWanted] = useState<string>();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<string>();

  const groups = useMemo(() => byRecord(lines), [lines]);
  const ordered = useMemo(() => groups.flatMap((group) => group.lines), [groups]);
  const ids = ordered.map(({ id }) => id);
  const current = ordered.find(({ id }) => id === wanted) ?? ordered[0];
  const chosen = ordered.filter(({ id }) => picked.has(id));

  // the card that takes the focus is drawn already: nothing new appears by settling another one
  const focusOn = (id: string | undefined) => {
    const card = id === undefined ? null : document.querySelector<HTMLElement>(`[data-conflict="${CSS.escape(id)}"]`);
    (card ?? document.querySelector<HTMLElement>('main h1'))?.focus();
    setWanted(id);
  };
  const pick = (id: string) =>
    setPicked((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const settle = (settled: readonly ConflictLine[], choice: Choice, value?: unknown) => {
    if (settled.length === 0) return;
    const going = new Set(settled.map(({ id }) => id));
    focusOn(afterGoing(ids, going, current?.id));
    setEditing(undefined);
    setPicked((before) => new Set([...before].filter((id) => !going.has(id))));
    onSettle(settled, choice, value);
  };
  // the keys speak of those that are picked, else of the one in focus
  const meant = chosen.length > 0 ? chosen : current === undefined ? [] : [current];

  // made anew with what is current, as the screen is drawn anew only when that changes
  useActions(
    actionsOf({
      settle: (choice) => settle(meant, choice),
      edit: () => {
        if (current && writableField(current)) setEditing(current.id);
      },
      pick: () => {
        if (current) pick(current.id);
      },
      pickAll: () => setPicked(new Set(ids)),
    }),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1 as const, ArrowUp: -1 as const }[event.key];
    const isCard = event.target instanceof HTMLElement && event.target.dataset['conflict'] !== undefined;
    if (step === undefined || !isCard) return;
    event.preventDefault();
    focusOn(besideOf(ids, current?.id, step));
  };

  return (
    <FormWorldContext value={world}>
      <div className={names.bar}>
        <span role="status">
          {chosen.length === 0
            ? `${formatNumber(ordered.length, 0)} to settle. M takes mine, T keeps theirs, E writes another value, X chooses several.`
            : `${formatNumber(chosen.length, 0)} chosen`}
        </span>
        {chosen.length > 0 && (
          <>
            <Button onClick={() => settle(chosen, 'mine')}>Take mine in all</Button>
            <Button onClick={() => settle(chosen, 'theirs')}>Keep theirs in all</Button>
            <Button onClick={() => setPicked(new Set())}>Choose none</Button>
          </>
        )}
        {chosen.length === 0 && ordered.length > 1 && <Button onClick={() => setPicked(new Set(ids))}>Choose all</Button>}
      </div>
      <div className={names.list} onKeyDown={onKeyDown}>
        {groups.map(({ key, lines: [first, ...others] }) => (
          <section key={key} className={names.card} aria-label={first.title}>
            <header className={names.head}>
              <h2>
                <RecordLink table={first.table} id={first.recordId} title={first.title} />
              </h2>
              <span className={names.quiet}>{isTableName(first.table) ? tableOf(first.table).label : ''}</span>
            </header>
            {[first, ...others].map((line) => (
              <ConflictCard
                key={line.id}
                line={line}
                isOwn={isOwn(line)}
                when={momentWords(line.at, now, timeZone)}
                isCurrent={line.id === current?.id}
                isChosen={picked.has(line.id)}
                isEditing={line.id === editing}
                field={writableField(line)}
                onFocus={() => setWanted(line.id)}
                onChoose={() => pick(line.id)}
                onEdit={(open) => {
                  setEditing(open ? line.id : undefined);
                  if (!open) focusOn(line.id);
                }}
                onSettle={(choice, value) => settle([line], choice, value)}
              />
            ))}
          </section>
        ))}
      </div>
    </FormWorldContext>
  );
}
