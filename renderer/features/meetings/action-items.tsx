import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { recordAddress } from '../../state/addresses.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, plural } from '../../ui/format.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { plainText } from '../../ui/record-form/plain-text.ts';
import { Section } from '../../ui/section.tsx';
import names from './meetings.module.css';

type Item = Output<'meetings.page'>['items'][number];
type Props = { readonly meeting: string; readonly items: readonly Item[]; readonly locked: boolean };

const factsOf = ({ assignedTo, contact, due, state, dropReason }: Item): string =>
  [
    assignedTo?.label,
    contact && `with ${contact.label}`,
    due !== undefined && `due ${formatDate(due)}`,
    state === 'dropped' && `dropped${dropReason === undefined ? '' : `: ${dropReason}`}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(' · ');

/** What is typed here is kept until it is added. */
function AddItem({ meeting }: { meeting: string }) {
  const key = `action items ${meeting}`;
  const { draft, onDraft } = useDraft(key);
  const { run, busy, error } = useCommand('meetings.agree');
  const text = plainText(draft.values['text']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '' || busy) return;
        // the next one can be typed while this one is kept
        setDraft(key, EMPTY_DRAFT);
        run({ meeting, text });
      }}
    >
      {error && <Failure failure={error} />}
      <TextInput
        size="xs"
        label="Add an action item"
        description="Enter adds it: send the deck @maria fri"
        value={text}
        onChange={(event) => onDraft({ ...draft, values: { ...draft.values, text: event.currentTarget.value } })}
      />
    </form>
  );
}

/** TCH-02: what was agreed; each item becomes a task or is dropped, and somebody says which. */
export function ActionItems({ meeting, items, locked }: Props) {
  const { run, busy, error } = useCommand('meetings.settle');
  const { toastSaved } = useUndo();
  const [dropping, setDropping] = useState<string>();
  const [reason, setReason] = useState('');
  const open = items.filter(({ state }) => state === 'open');
  const convert = (ids: readonly string[]) =>
    run({ items: [...ids], to: 'converted' }, ({ changeSetId, items: count }) =>
      toastSaved(`Made ${plural(count, 'task')} of ${count === 1 ? 'it' : 'them'}`, changeSetId),
    );
  const drop = (item: Item) =>
    run({ items: [item.id], to: 'dropped', reason: reason.trim() }, ({ changeSetId }) => {
      toastSaved(`Dropped: ${item.subject}`, changeSetId);
      setDropping(undefined);
      setReason('');
    });
  return (
    <Section
      title="Action items"
      note={open.length === 0 ? (items.length === 0 ? undefined : 'all settled') : `${open.length} open`}
      actions={
        !locked &&
        open.length > 1 && (
          <Button size="compact-xs" loading={busy} onClick={() => convert(open.map(({ id }) => id))}>
            Make tasks of all
          </Button>
        )
      }
    >
      {error && <Failure failure={error} />}
      <ul className={names.items}>
        {items.map((item) => (
          <li key={item.id} className={names.item} data-state={item.state}>
            <span className={names.who}>
              <span>{item.subject}</span>
              <span className={names.quiet}>
                {factsOf(item)}
                {item.task && <a href={recordAddress('successTask', item.task.id)}>{item.task.number ?? 'the task'}</a>}
              </span>
            </span>
            {!locked && item.state === 'open' && dropping !== item.id && (
              <span className={names.buttons}>
                <Button size="compact-xs" disabled={busy} aria-label={`Make a task of ${item.subject}`} onClick={() => convert([item.id])}>
                  Make a task
                </Button>
                <Button size="compact-xs" variant="subtle" aria-label={`Drop ${item.subject}`} onClick={() => setDropping(item.id)}>
                  Drop
                </Button>
              </span>
            )}
            {!locked && item.state === 'dropped' && (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Take up again: ${item.subject}`}
                onClick={() => run({ items: [item.id], to: 'open' })}
              >
                Take up again
              </Button>
            )}
            {dropping === item.id && (
              <form
                className={names.dropping}
                onSubmit={(event) => {
                  event.preventDefault();
                  drop(item);
                }}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape') return;
                  event.stopPropagation();
                  setDropping(undefined);
                }}
              >
                <TextInput
                  size="xs"
                  label={`Why ${item.subject} is dropped`}
                  autoFocus
                  maxLength={500}
                  value={reason}
                  onChange={(event) => setReason(event.currentTarget.value)}
                />
                <Button type="submit" size="compact-xs" loading={busy}>
                  Drop it
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {!locked && <AddItem meeting={meeting} />}
    </Section>
  );
}
