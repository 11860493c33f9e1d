import { Textarea } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { mentionText } from '#shared/domain/mentions/find-mentions.ts';
import { Icon } from './icon.tsx';
import names from './mention-area.module.css';
import type { Lookup, Reference } from './reference.ts';

type Props = {
  readonly label: string;
  /** Above the field; without it the label is for screen readers only. */
  readonly showLabel?: boolean;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly lookup: Lookup;
  readonly placeholder?: string;
  readonly minRows?: number;
  readonly autoFocus?: boolean;
  readonly error?: string | undefined;
  readonly ref?: Ref<HTMLTextAreaElement>;
};

/** An @ that begins a word, and what has been typed behind it up to the caret. */
const OPEN = /(?:^|[\s([])@([^@\n]{0,40})$/u;
const MOST = 6;

type Asked = { readonly start: number; readonly text: string };

function askedAt(value: string, caret: number): Asked | undefined {
  const match = OPEN.exec(value.slice(0, caret));
  return match?.[1] === undefined ? undefined : { start: caret - match[1].length - 1, text: match[1] };
}

/** People that match what follows the @; an answer that comes after a newer question is dropped. */
function usePeople(asked: Asked | undefined, lookup: Lookup): readonly Reference[] {
  const [found, setFound] = useState<readonly Reference[]>([]);
  const text = asked?.text;
  useEffect(() => {
    if (text === undefined) return undefined;
    let dropped = false;
    const take = (people: readonly Reference[]) => {
      if (!dropped) setFound(people.slice(0, MOST));
    };
    const timer = setTimeout(() => lookup('user', text).then(take, () => take([])), 60);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [text, lookup]);
  return text === undefined ? [] : found;
}

/** A field for text in which @ offers people: arrow keys choose, Enter or Tab takes, Escape closes. */
export function MentionArea({
  label,
  showLabel = false,
  value,
  onChange,
  lookup,
  placeholder = '',
  minRows = 2,
  autoFocus = false,
  error,
  ref,
}: Props) {
  const listId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [closedFor, setClosedFor] = useState<number>();
  const asked = askedAt(value, caret);
  const isOpen = asked !== undefined && asked.start !== closedFor;
  const people = usePeople(isOpen ? asked : undefined, lookup);
  const current = people[Math.min(at, people.length - 1)];

  const take = (person: Reference) => {
    if (asked === undefined) return;
    const hasNamesake = people.some((other) => other.id !== person.id && other.label === person.label);
    const written = `${mentionText({ id: person.id, name: person.label, number: person.number }, hasNamesake)} `;
    const next = asked.start + written.length;
    onChange(value.slice(0, asked.start) + written + value.slice(caret));
    setCaret(next);
    setAt(0);
    // once the new text is in the field
    requestAnimationFrame(() => area.current?.setSelectionRange(next, next));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || current === undefined) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isTaking = (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab';
    if (step !== undefined) setAt((Math.min(at, people.length - 1) + step + people.length) % people.length);
    else if (isTaking) take(current);
    else if (event.key === 'Escape') setClosedFor(asked.start);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const follow = () => setCaret(area.current?.selectionStart ?? 0);
  return (
    <div className={names.area} onKeyDown={onKeyDown}>
      <Textarea
        ref={(element) => {
          area.current = element;
          if (typeof ref === 'function') ref(element);
          else if (ref) ref.current = element;
        }}
        {...(showLabel ? { label } : { 'aria-label': label })}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={people.length > 0 ? listId : undefined}
        aria-activedescendant={current === undefined ? undefined : `${listId}-${current.id}`}
        placeholder={placeholder}
        minRows={minRows}
        error={error}
        {...(autoFocus ? { autoFocus, 'data-autofocus': true } : {})}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
          setAt(0);
        }}
        onSelect={follow}
        onBlur={() => setClosedFor(asked?.start)}
        onFocus={() => setClosedFor(undefined)}
      />
      {isOpen && people.length > 0 && (
        <div role="listbox" id={listId} aria-label="People" className={names.people}>
          {people.map((person) => (
            <div
              key={person.id}
              id={`${listId}-${person.id}`}
              role="option"
              aria-selected={person === current}
              className={names.person}
              // before the field loses the focus
              onPointerDown={(event) => {
                event.preventDefault();
                take(person);
              }}
            >
              <Icon name="person" size={14} />
              <span>{person.label}</span>
              {person.number !== undefined && <span className={names.number}>{person.number}</span>}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
