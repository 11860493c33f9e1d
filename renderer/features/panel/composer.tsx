import { Button } from '@mantine/core';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useMay } from '../../data/use-me.ts';
import { journalsOf, type Audience } from '#shared/domain/activity/journal-audience.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { useLayout } from '../../state/layout.ts';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icon.tsx';
import { MentionArea } from '../../ui/mention-area.tsx';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { Answers } from './answers.tsx';
import names from './composer.module.css';

const WORDS = {
  internal: {
    tab: 'Work note',
    icon: 'lock',
    hint: 'Internal only',
    verb: 'Add work note',
    done: 'Work note added',
    keys: 'w',
  },
  customer: {
    tab: 'Comment',
    icon: 'person',
    hint: 'The customer reads it',
    verb: 'Post to customer',
    done: 'Comment posted',
    keys: 'c',
  },
} as const satisfies Readonly<Record<Audience, unknown>>;

type Journal = ReturnType<typeof journalsOf>[number];

/** One journal's field. Each has a draft of its own, so that a note never becomes a comment by the wrong button. */
function Field({ table, row, journal, focus }: { table: TableName; row: AnyRow; journal: Journal; focus: boolean }) {
  const { id } = row;
  const place = `${journal.field} of ${table} ${id}`;
  const { draft } = useDraft(place);
  const { lookup } = useFormWorld();
  const { run, busy, error } = useCommand('records.update');
  const { toastSaved } = useUndo();
  const { hint, icon, verb, done } = WORDS[journal.audience];
  const text = typeof draft.values['text'] === 'string' ? draft.values['text'] : '';
  const change = (next: string) => setDraft(place, { ...EMPTY_DRAFT, values: next === '' ? {} : { text: next } });
  const send = () => {
    if (text.trim() === '' || busy) return;
    run({ table, id, patch: { [journal.field]: text.trim() } }, ({ changeSetId }) => {
      setDraft(place, EMPTY_DRAFT);
      toastSaved(done, changeSetId);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <div onKeyDown={onKeyDown}>
      {error && <Failure failure={error} />}
      <MentionArea
        label={`${journal.label}: ${hint}`}
        value={text}
        onChange={change}
        lookup={lookup}
        autoFocus={focus}
        placeholder={journal.audience === 'customer' ? 'Write to the customer …' : 'Note for the team … @ mentions someone'}
      />
      <div className={names.foot}>
        <span className={names.hint}>
          <Icon name={icon} size={12} /> {hint}
        </span>
        <Answers table={table} row={row} onInsert={(words) => change(text === '' ? words : `${text.trimEnd()}\n${words}`)} />
        <Button
          variant="filled"
          disabled={text.trim() === ''}
          loading={busy}
          onClick={send}
          title={`${verb} (Ctrl+Enter)`}
          className={names.send ?? ''}
        >
          {verb}
        </Button>
      </div>
    </div>
  );
}

/** Writes a work note or a comment: two fields that cannot be taken for each other. */
export function Composer({ table, row }: { readonly table: TableName; readonly row: AnyRow }) {
  const mayWrite = useMay()(table, 'comment');
  const journals = useMemo(() => (mayWrite ? journalsOf(table).toReversed() : []), [table, mayWrite]);
  const { composeFor, setComposeFor } = useLayout();
  const [focus, setFocus] = useState(false);
  const box = useRef<HTMLElement>(null);
  const current = journals.find(({ audience }) => audience === composeFor) ?? journals[0];

  const actions = useMemo<readonly Action[]>(
    () =>
      journals.map(({ audience }): Action => ({
        id: `compose-${audience}`,
        label: audience === 'customer' ? 'Comment for the customer' : 'Write a work note',
        group: 'This screen',
        icon: WORDS[audience].icon,
        keys: WORDS[audience].keys,
        run: () => {
          setComposeFor(audience);
          setFocus(true);
          box.current?.querySelector('textarea')?.focus();
        },
      })),
    [journals, setComposeFor],
  );
  useActions(actions);
  if (current === undefined) return null;
  return (
    <section ref={box} className={names.composer} data-audience={current.audience} aria-label="Write">
      {journals.length > 1 && (
        <div role="tablist" aria-label="Who reads it" className={names.tabs}>
          {journals.map((journal) => (
            <button
              key={journal.field}
              type="button"
              role="tab"
              aria-selected={journal === current}
              tabIndex={journal === current ? 0 : -1}
              className={names.tab}
              data-audience={journal.audience}
              onClick={() => setComposeFor(journal.audience)}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
                event.preventDefault();
                const other = journals.find((one) => one !== journal);
                if (other === undefined) return;
                setComposeFor(other.audience);
                const tab = event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-audience="${other.audience}"]`);
                tab?.focus();
              }}
            >
              <Icon name={WORDS[journal.audience].icon} size={12} />
              {WORDS[journal.audience].tab}
            </button>
          ))}
        </div>
      )}
      <Field key={current.field} table={table} row={row} journal={current} focus={focus} />
    </section>
  );
}
