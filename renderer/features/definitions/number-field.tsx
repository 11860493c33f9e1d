import { TextInput } from '@mantine/core';
import { useState } from 'react';
import names from './definitions.module.css';

type Props = {
  readonly label: string;
  readonly hiddenLabel?: boolean;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly unit?: string | undefined;
  readonly disabled?: boolean;
};

const read = (text: string): number | undefined => {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return undefined;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : undefined;
};

/** A number as it is typed: an unfinished one ("-", "1.") stays on screen and counts as empty until it is one. */
export function NumberField({ label, hiddenLabel = false, value, onChange, unit, disabled = false }: Props) {
  const [typed, setTyped] = useState<string>();
  const shown = typed !== undefined && read(typed) === value ? typed : value === undefined ? (typed ?? '') : String(value);
  const isWrong = shown.trim() !== '' && read(shown) === undefined;
  return (
    <TextInput
      {...(hiddenLabel ? { 'aria-label': label } : { label })}
      inputMode="decimal"
      autoComplete="off"
      disabled={disabled}
      value={shown}
      error={isWrong ? 'A number, please.' : undefined}
      rightSection={unit !== undefined && <span className={names.unit}>{unit}</span>}
      rightSectionWidth={unit === undefined ? 0 : 14 + unit.length * 7}
      rightSectionPointerEvents="none"
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(read(event.currentTarget.value));
      }}
    />
  );
}
