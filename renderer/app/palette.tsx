import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { readNumber } from '#shared/domain/labels/record-number.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import { useSearch, type SearchAnswer } from '../data/use-search.ts';
import { SnippetText } from '../features/search/snippet.tsx';
import { useCurrentActions, type Action } from '../state/actions.ts';
import { recordPath } from '../state/addresses.ts';
import { recordIcon } from '../state/record-icons.ts';
import { handTyped } from '../state/early-typing.ts';
import { useRecent } from '../state/recent.ts';
import { BareDialog } from '../ui/dialog.tsx';
import { plural } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { Reference } from '../ui/reference.ts';
import { useDialogs } from './dialogs.ts';
import { Keys } from './keys-help.tsx';
import { matchingActions } from './palette-matches.ts';
import names from './palette.module.css';

type Hit = SearchAnswer['hits'][number];
type Line =
  | { readonly id: string; readonly kind: 'record'; readonly record: Reference & Partial<Hit> }
  | { readonly id: string; readonly kind: 'action'; readonly action: Action }
  | { readonly id: string; readonly kind: 'all'; readonly text: string; readonly total: number | undefined; readonly capped: boolean };

function LineContent({ line }: { line: Line }) {
  if (line.kind === 'action') {
    return (
      <>
        <Icon name={line.action.icon ?? 'chevronRight'} />
        <span className={names.label}>{line.action.label}</span>
        {line.action.keys !== undefined && <Keys keys={line.action.keys} />}
      </>
    );
  }
  if (line.kind === 'all') {
    return (
      <>
        <Icon name="search" />
        <span className={names.label}>Search everything for “{line.text}”</span>
        <span className={names.kind}>{line.total !== undefined && `${plural(line.total, 'record')}${line.capped ? ' or more' : ''}`}</span>
      </>
    );
  }
  const { snippet } = line.record;
  return (
    <>
      <Icon name={recordIcon(line.record.table)} />
      <span className={names.label}>
        {line.record.label}
        {line.record.context !== undefined && <span className={names.place}> · {line.record.context}</span>}
        {line.record.about !== undefined && <span className={names.place}> in {line.record.about.label}</span>}
        {snippet !== undefined && !tableOf(line.record.table).title.includes(snippet.field) && (
          <span className={names.place}>
            {' '}
            <SnippetText snippet={snippet} />
          </span>
        )}
      </span>
      <span className={names.kind}>
        {tableOf(line.record.table).label}
        {line.record.number !== undefined && ` · ${line.record.number}`}
      </span>
    </>
  );
}

function PaletteBody({ close }: { close: () => void }) {
  const listId = useId();
  const navigate = useNavigate();
  const actions = useCurrentActions();
  const recent = useRecent((state) => state.records);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  /** Enter was pressed before the field was there: what is found first is meant. */
  const entered = useRef(false);
  const pointer = useRef<{ clientX: number; clientY: number }>(undefined);
  const { answer, looking } = useSearch({ text: typed, limit: 20 });
  const found = answer?.hits ?? [];

  const named = readNumber(typed)?.number;
  const records = typed.trim() === '' ? recent : found;
  const offered = matchingActions(actions, typed, typed.trim() === '' ? 30 : 8);
  const recordLines: Line[] = records.map((record) => ({ id: `${listId}-${record.id}`, kind: 'record', record }));
  const all: Line[] =
    typed.trim() === ''
      ? []
      : [
          {
            id: `${listId}-all`,
            kind: 'all',
            text: typed.trim(),
            total: answer === undefined || looking ? undefined : answer.total,
            capped: answer?.capped === true,
          },
        ];
  const actionLines: Line[] = offered.map((action) => ({ id: `${listId}-${action.id}`, kind: 'action', action }));
  const lines = [...recordLines, ...actionLines, ...all];
  const current = lines[Math.min(at, lines.length - 1)];

  useEffect(() => {
    if (current) document.querySelector(`#${CSS.escape(current.id)}`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  /** A pointer that lies still under a list that opens or changes has chosen nothing. */
  const hasMoved = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const before = pointer.current;
    pointer.current = { clientX, clientY };
    return before !== undefined && (before.clientX !== clientX || before.clientY !== clientY);
  };
  const choose = (line: Line) => {
    close();
    if (line.kind === 'action') line.action.run();
    else if (line.kind === 'all') void navigate({ to: '/search', search: { q: line.text } });
    else {
      // of a file that was found, its record is opened
      const { table, id, about } = line.record;
      const place = table === 'attachment' && about !== undefined ? about : { table, id };
      void navigate({ to: recordPath(place.table, place.id) });
    }
  };
  const take = () => {
    if (named !== undefined && at === 0) {
      // a number says where to without waiting for the search
      close();
      void navigate({ to: '/r/$name', params: { name: named } });
    } else if (current) choose(current);
  };
  useEffect(() => {
    if (!entered.current || (looking && named === undefined)) return;
    entered.current = false;
    take();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined && lines.length > 0) {
      event.preventDefault();
      const next = Math.min(at, lines.length - 1) + step;
      setAt(Math.abs(step) === 1 ? (next + lines.length) % lines.length : Math.max(0, Math.min(lines.length - 1, next)));
    } else if (event.key === 'Enter' && (current || named !== undefined)) {
      event.preventDefault();
      take();
    }
  };
  const group = (title: string, group: readonly Line[]) =>
    group.length === 0 ? null : (
      <div role="group" aria-label={title} className={names.group}>
        <div className={names.title} aria-hidden="true">
          {title}
        </div>
        {group.map((line) => (
          <div
            key={line.id}
            id={line.id}
            role="option"
            aria-selected={line === current}
            className={names.line}
            onPointerMove={(event) => {
              if (hasMoved(event)) setAt(lines.indexOf(line));
            }}
            onClick={() => choose(line)}
          >
            <LineContent line={line} />
          </div>
        ))}
      </div>
    );

  return (
    <div className={names.palette}>
      <div className={names.field}>
        <Icon name="search" size={18} />
        <input
          data-autofocus
          role="combobox"
          aria-label="Search records, actions and screens"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={current?.id}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Search records, actions, screens"
          className={names.input}
          value={typed}
          onFocus={() =>
            handTyped((text, isEntered) => {
              setTyped((before) => before + text);
              entered.current = isEntered;
            })
          }
          onChange={(event) => {
            entered.current = false;
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div role="listbox" id={listId} aria-label="Results" className={names.list}>
        {group(typed.trim() === '' ? 'Opened lately' : 'Records', recordLines)}
        {group('Actions and screens', actionLines)}
        {recordLines.length + actionLines.length === 0 && (
          <div role="option" aria-selected="false" aria-disabled="true" className={names.none}>
            {looking ? 'Looking…' : `Nothing is called “${typed.trim()}”.`}
          </div>
        )}
        {group('Everywhere', all)}
      </div>
      <div role="status" className={names.status}>
        {looking ? '' : `${lines.length} results`}
      </div>
    </div>
  );
}

/** Ctrl+K: any record, action or screen by a few letters. */
export function Palette() {
  const { open, show } = useDialogs();
  const close = () => show(undefined);
  return (
    <BareDialog opened={open === 'palette'} onClose={close} label="Search and commands">
      <PaletteBody close={close} />
    </BareDialog>
  );
}
