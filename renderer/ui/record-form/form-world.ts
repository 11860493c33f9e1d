import { createContext, use } from 'react';
import { SHIPPED_CHOICES, type ChoiceView } from '#shared/domain/choices.ts';
import type { Condition } from '#shared/model/condition.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import type { Lookup } from '../reference.ts';
import type { Reading } from './raw-values.ts';

/** What forms and values need from the screen around them. */
export type FormWorld = {
  readonly reading: Reading;
  readonly lookup: Lookup;
  /** Label of a record that is referred to, where the screen knows it. */
  readonly nameOf: (table: TableName, id: string) => string | undefined;
  /** Address of a record's page. */
  readonly addressOf: (table: TableName, id: string) => string;
  /** What administrators changed of the lists that choices come from. */
  readonly choices: ChoiceView;
  /** A condition in words. */
  readonly wordsOf: (table: TableName, condition: Condition) => string;
};

const nowhere: FormWorld = {
  reading: { today: '1970-01-01', currency: 'USD', timeZone: 'UTC' },
  lookup: async () => [],
  nameOf: () => undefined,
  addressOf: () => '#/',
  choices: SHIPPED_CHOICES,
  wordsOf: () => '',
};

export const FormWorldContext = createContext<FormWorld>(nowhere);

export function useFormWorld(): FormWorld {
  return use(FormWorldContext);
}
