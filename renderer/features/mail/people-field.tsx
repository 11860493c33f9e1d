import { useCallback } from 'react';
import { fold } from '#shared/util/folding.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import type { Lookup } from '../../ui/reference.ts';
import { ReferencesPicker } from '../../ui/reference-picker.tsx';
import type { Begun } from './compose-draft.ts';

type People = Begun['people'];
const SHOWN = 30;

type Props = {
  readonly label: string;
  readonly people: People;
  /** As `contact/<id>` and `user/<id>`. */
  readonly value: readonly string[];
  readonly onChange: (refs: readonly string[]) => void;
  readonly autoFocus?: boolean;
};

/** Chooses among the people to whom a mail of this place may go: those of the customer and of our own teams (BR-44). */
export function PeopleField({ label, people, value, onChange, autoFocus = false }: Props) {
  const lookup: Lookup = useCallback(
    (_table: TableName, text: string) => {
      const wanted = fold(text);
      const fits = people.filter((person) => fold(`${person.label} ${person.email}`).includes(wanted));
      return Promise.resolve(
        fits.slice(0, SHOWN).map(({ ref, label: name, email }) => ({ table: 'contact', id: ref, label: name, number: email })),
      );
    },
    [people],
  );
  return (
    <ReferencesPicker
      table="contact"
      lookup={lookup}
      label={label}
      ariaLabel={label}
      autoFocus={autoFocus}
      values={value.map((ref) => ({
        table: 'contact',
        id: ref,
        label: people.find((person) => person.ref === ref)?.label ?? 'Someone without an address',
      }))}
      onChange={(chosen) => onChange(chosen.map(({ id }) => id))}
    />
  );
}
