import { NativeSelect } from '@mantine/core';

type Props<C extends Readonly<Record<string, string>>> = {
  readonly label: string;
  readonly choices: C;
  readonly value: string;
  readonly onChange: (value: (keyof C & string) | undefined) => void;
  readonly disabled?: boolean;
  /** Offered as "no choice"; absent: a choice must be made. */
  readonly none?: string;
  readonly description?: string;
};

/** One of the dictionary's choices. */
export function ChoiceSelect<const C extends Readonly<Record<string, string>>>({
  label,
  choices,
  value,
  onChange,
  disabled = false,
  none,
  description,
}: Props<C>) {
  const isChoice = (key: string): key is keyof C & string => Object.hasOwn(choices, key);
  return (
    <NativeSelect
      label={label}
      {...(description === undefined ? {} : { description })}
      disabled={disabled}
      value={value}
      onChange={(event) => {
        const key = event.currentTarget.value;
        onChange(isChoice(key) ? key : undefined);
      }}
      data={[
        ...(none === undefined && isChoice(value) ? [] : [{ value: '', label: none ?? 'Choose…' }]),
        ...Object.entries(choices).map(([key, text]) => ({ value: key, label: text })),
      ]}
    />
  );
}
