import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type Ref } from 'react';
import { IconButton } from './icon-button.tsx';
import { Icon } from './icon.tsx';

type Props = {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly label: string;
  readonly width?: number;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** Enter and ↓ go on to what was filtered. */
  readonly onLeave?: () => void;
};

/** Filters a list while a person types; tells the list once the typing pauses. */
export function FilterBox({ value, onChange, label, width = 220, inputRef, onLeave }: Props) {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    // changed from outside: Back, or "clear the filter"
    if (value === sent.current) return;
    sent.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = typed;
      onChange(typed);
    }, 140);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <TextInput
      {...(inputRef === undefined ? {} : { ref: inputRef })}
      type="search"
      aria-label={label}
      placeholder={label}
      w={width}
      value={typed}
      autoComplete="off"
      leftSection={<Icon name="filter" size={14} />}
      rightSection={typed === '' ? undefined : <IconButton icon="close" size={22} label="Clear" onClick={() => setTyped('')} />}
      rightSectionPointerEvents="auto"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (onLeave !== undefined && (event.key === 'Enter' || event.key === 'ArrowDown')) {
          event.preventDefault();
          sent.current = typed;
          onChange(typed);
          onLeave();
        }
        if (event.key !== 'Escape' || typed === '') return;
        event.preventDefault();
        setTyped('');
      }}
    />
  );
}
