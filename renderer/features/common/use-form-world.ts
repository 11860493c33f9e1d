import { useMemo } from 'react';
import { useChoices } from '../../data/use-choices.ts';
import { useLookup } from '../../data/use-lookup.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { recordAddress } from '../../state/addresses.ts';
import type { FormWorld } from '../../ui/record-form/form-world.ts';
import type { Reference } from '../../ui/reference.ts';
import { wordsOfCondition } from './condition-words.ts';

/** What forms and values of a screen need: today, currency, zone, look-ups, and the names of records in `refs`. */
export function useWorld(refs: Readonly<Record<string, Reference>> | undefined): FormWorld {
  const lookup = useLookup();
  const choices = useChoices();
  const status = useWorkspace();
  const today = status?.today ?? '1970-01-01';
  const currency = status?.settings.currency ?? 'USD';
  const timeZone = status?.settings.timeZone ?? 'UTC';
  return useMemo(
    () => ({
      reading: { today, currency, timeZone },
      lookup,
      choices,
      nameOf: (_table, id) => refs?.[id]?.label,
      addressOf: recordAddress,
      wordsOf: (table, condition) => wordsOfCondition(condition, table, (id) => refs?.[id]?.label, choices),
    }),
    [lookup, choices, refs, today, currency, timeZone],
  );
}
