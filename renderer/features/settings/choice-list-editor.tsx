import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import names from './settings.module.css';

type Listed = Output<'choices.list'>['choices'][number];
type Wanted = { readonly value?: string; readonly label: string; readonly active: boolean };

const wantedOf = ({ value, label, active }: Listed): Wanted => ({ value, label, active });

/** One element moved by one place. */
function moved<T>(all: readonly T[], from: number, to: number): readonly T[] {
  const one = all[from];
  return one === undefined ? all : all.toSpliced(from, 1).toSpliced(to, 0, one);
}

/** One list: each change is saved at once and can be taken back. */
export function ChoiceListEditor({ list, choices }: { readonly list: string; readonly choices: readonly Listed[] }) {
  const { run, error, busy } = useCommand('choices.save');
  const { toastSaved } = useUndo();
  const [added, setAdded] = useState('');
  const save = (wanted: readonly Wanted[], what: string, done?: () => void) =>
    run({ list, choices: [...wanted] }, ({ changeSetId }) => {
      toastSaved(what, changeSetId);
      done?.();
    });
  const all = choices.map(wantedOf);
  const put = (at: number, change: Partial<Wanted>, what: string) =>
    save(
      all.map((one, index) => (index === at ? { ...one, ...change } : one)),
      what,
    );
  const add = () => {
    const label = added.trim();
    if (label !== '') save([...all, { label, active: true }], `“${label}” added`, () => setAdded(''));
  };
  return (
    <>
      {error && <Failure failure={error} />}
      <ol className={names.choiceRows} aria-label="Choices in order">
        {choices.map(({ value, label, active, shipped, uses }, at) => (
          <li key={value} data-retired={!active || undefined}>
            <TextInput
              // a label that was refused goes back to what it is
              key={`${label} ${String(error?.message)}`}
              aria-label={`Label of ${label}`}
              defaultValue={label}
              onBlur={(event) => {
                const next = event.currentTarget.value.trim();
                if (next !== '' && next !== label) put(at, { label: next }, `“${label}” is now “${next}”`);
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter') event.currentTarget.blur();
              }}
            />
            <span className={names.choiceNote}>
              {active ? '' : 'retired · '}
              {uses === 0 ? 'not used' : `${formatNumber(uses, 0)} ${uses === 1 ? 'record' : 'records'}`}
            </span>
            <IconButton
              icon="chevronUp"
              label={`Move ${label} up`}
              disabled={at === 0 || busy}
              onClick={() => save(moved(all, at, at - 1), `“${label}” moved`)}
            />
            <IconButton
              icon="chevronDown"
              label={`Move ${label} down`}
              disabled={at === choices.length - 1 || busy}
              onClick={() => save(moved(all, at, at + 1), `“${label}” moved`)}
            />
            <Button
              size="compact-xs"
              aria-label={active ? `Retire ${label}` : `Offer again: ${label}`}
              onClick={() => put(at, { active: !active }, active ? `“${label}” retired` : `“${label}” is offered again`)}
            >
              {active ? 'Retire' : 'Offer again'}
            </Button>
            {!shipped && uses === 0 ? (
              <IconButton icon="trash" label={`Delete ${label}`} onClick={() => save(all.toSpliced(at, 1), `“${label}” deleted`)} />
            ) : (
              <span />
            )}
          </li>
        ))}
      </ol>
      <form
        className={names.addChoice}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextInput
          aria-label="New choice"
          placeholder="New choice"
          value={added}
          onChange={(event) => setAdded(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          Add
        </Button>
      </form>
    </>
  );
}
