import { Combobox, InputBase, Pill, PillsInput, useCombobox } from '@mantine/core';
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { TableName } from '#shared/model/dictionary.ts';
import names from './reference-picker.module.css';
import type { Lookup, Reference } from './reference.ts';

type Found = { readonly text: string; readonly choices: readonly Reference[] };

/** Asks as the person types; an answer that comes after a newer question is dropped. */
function useChoices(table: TableName, text: string, lookup: Lookup, active: boolean): Found | undefined {
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    if (!active) return undefined;
    let dropped = false;
    const timer = setTimeout(() => {
      lookup(table, text).then(
        (choices) => {
          if (!dropped) setFound({ text, choices });
        },
        () => {
          if (!dropped) setFound({ text, choices: [] });
        },
      );
    }, 80);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [table, text, lookup, active]);
  return found;
}

/**
 * Enter that is quicker than the answer: it waits for the answer to what was typed and takes the first of it, never one that
 * an older answer still shows. Ctrl+Enter, which saves the form around it, waits with it, and goes on once the choice is in the form.
 */
function useEarlyEnter(text: string, found: Found | undefined, onTake: (choice: Reference) => void) {
  const awaited = useRef<string>(undefined);
  const saving = useRef<Element>(undefined);
  const [taken, setTaken] = useState(0);
  const save = () => {
    const from = saving.current;
    saving.current = undefined;
    from?.dispatchEvent(new globalThis.KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
  };
  const take = (choice: Reference) => {
    onTake(choice);
    if (saving.current) setTaken((before) => before + 1);
  };
  useEffect(save, [taken]);
  const takeFirst = useEffectEvent(take);
  useEffect(() => {
    if (found === undefined || found.text !== awaited.current) return;
    awaited.current = undefined;
    const [first] = found.choices;
    if (first) takeFirst(first);
    else save();
  }, [found]);
  return {
    /** Enter while the choices are open; answers whether it saves and nothing was chosen, so that nothing is to be taken. */
    press: (event: KeyboardEvent): boolean => {
      const isSave = event.ctrlKey || event.metaKey;
      const isLate = found?.text !== text;
      if (isLate && !isSave) awaited.current = text;
      const comes = isLate ? awaited.current !== undefined : text !== '' && found.choices.length > 0;
      if (!isSave || !comes) return isSave;
      event.stopPropagation();
      saving.current = event.currentTarget;
      return false;
    },
    /** A choice that was pointed at. */
    pick: (choice: Reference | undefined) => {
      if (choice && awaited.current === undefined) take(choice);
    },
    forget: () => {
      awaited.current = undefined;
      saving.current = undefined;
    },
  };
}

function Choices({ found, listId }: { found: Found | undefined; listId: string }) {
  return (
    <Combobox.Dropdown>
      <Combobox.Options id={listId} className={names.options} aria-label="Choices">
        {found === undefined && <Combobox.Empty>Looking…</Combobox.Empty>}
        {found?.choices.length === 0 && <Combobox.Empty>Nothing named “{found.text}”</Combobox.Empty>}
        {found?.choices.map((choice) => (
          <Combobox.Option key={choice.id} value={choice.id}>
            <span className={names.option}>
              <span>{choice.label}</span>
              {choice.number !== undefined && <span className={names.number}>{choice.number}</span>}
            </span>
          </Combobox.Option>
        ))}
      </Combobox.Options>
    </Combobox.Dropdown>
  );
}

type Common = {
  readonly table: TableName;
  readonly lookup: Lookup;
  readonly label?: ReactNode;
  readonly ariaLabel?: string;
  readonly error?: ReactNode;
  readonly required?: boolean;
  readonly autoFocus?: boolean;
  readonly describedBy?: string | undefined;
};
type OneProps = Common & {
  readonly value: Reference | undefined;
  readonly onChange: (value: Reference | undefined) => void;
  readonly clearable?: boolean;
};

/** Picks one record by typing part of its name or number. */
export function ReferencePicker({
  table,
  lookup,
  value,
  onChange,
  label,
  ariaLabel,
  error,
  required,
  autoFocus,
  clearable = true,
  describedBy,
}: OneProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState<string>();
  const listId = useId();
  const found = useChoices(table, typed ?? '', lookup, combobox.dropdownOpened);
  const selectFirst = useEffectEvent(() => combobox.selectFirstOption());
  useEffect(() => {
    if (found && found.choices.length > 0) selectFirst();
  }, [found]);

  const take = (choice: Reference) => {
    onChange(choice);
    setTyped(undefined);
    combobox.closeDropdown();
  };
  const early = useEarlyEnter(typed ?? '', found, take);
  const pick = (id: string) => early.pick(found?.choices.find((candidate) => candidate.id === id));
  const type = (text: string) => {
    early.forget();
    setTyped(text);
    if (text === '' && clearable) onChange(undefined);
    combobox.openDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.Target withExpandedAttribute>
        <InputBase
          size="xs"
          label={label}
          aria-label={ariaLabel}
          aria-describedby={describedBy}
          error={error}
          required={required ?? false}
          withAsterisk={required ?? false}
          autoFocus={autoFocus ?? false}
          role="combobox"
          aria-controls={listId}
          autoComplete="off"
          placeholder="Type a name"
          value={typed ?? value?.label ?? ''}
          onChange={(event) => type(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => combobox.openDropdown()}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && combobox.dropdownOpened) event.stopPropagation();
            if (event.key === 'Enter' && combobox.dropdownOpened && early.press(event)) combobox.resetSelectedOption();
          }}
          onBlur={() => {
            early.forget();
            combobox.closeDropdown();
            setTyped(undefined);
          }}
        />
      </Combobox.Target>
      <Choices found={found} listId={listId} />
    </Combobox>
  );
}

type ManyProps = Common & { readonly values: readonly Reference[]; readonly onChange: (values: readonly Reference[]) => void };

/** Picks several records; Backspace in the empty field takes the last one away. */
export function ReferencesPicker({ table, lookup, values, onChange, label, ariaLabel, error, autoFocus, describedBy }: ManyProps) {
  const combobox = useCombobox();
  const [typed, setTyped] = useState('');
  const listId = useId();
  const found = useChoices(table, typed, lookup, combobox.dropdownOpened);
  const left = found && { ...found, choices: found.choices.filter((choice) => !values.some((value) => value.id === choice.id)) };
  const selectFirst = useEffectEvent(() => combobox.selectFirstOption());
  // Enter takes the first of what was typed; an empty field leaves Enter to the form
  useEffect(() => {
    if (typed !== '' && found?.text === typed && found.choices.length > 0) selectFirst();
  }, [found, typed]);
  const take = (choice: Reference) => {
    onChange([...values, choice]);
    setTyped('');
  };
  const early = useEarlyEnter(typed, left, take);
  const pick = (id: string) => early.pick(left?.choices.find((candidate) => candidate.id === id));
  const remove = (id: string) => onChange(values.filter((value) => value.id !== id));
  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.DropdownTarget>
        <PillsInput size="xs" label={label} error={error}>
          <Pill.Group>
            {values.map((value) => (
              <Pill
                key={value.id}
                withRemoveButton
                onRemove={() => remove(value.id)}
                removeButtonProps={{ 'aria-label': `Take ${value.label} away`, 'aria-hidden': false, tabIndex: 0 }}
              >
                {value.label}
              </Pill>
            ))}
            <Combobox.EventsTarget withExpandedAttribute>
              <PillsInput.Field
                role="combobox"
                aria-label={ariaLabel}
                aria-describedby={describedBy}
                aria-controls={listId}
                autoFocus={autoFocus ?? false}
                placeholder={values.length === 0 ? 'Type a name' : ''}
                value={typed}
                onChange={(event) => {
                  early.forget();
                  setTyped(event.currentTarget.value);
                  combobox.openDropdown();
                }}
                onClick={() => combobox.openDropdown()}
                onBlur={() => {
                  early.forget();
                  combobox.closeDropdown();
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && combobox.dropdownOpened && early.press(event)) combobox.resetSelectedOption();
                  const last = values.at(-1);
                  if (event.key === 'Backspace' && typed === '' && last) remove(last.id);
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Choices found={left} listId={listId} />
    </Combobox>
  );
}
