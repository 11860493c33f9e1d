import { useEffect, useState } from 'react';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import type { FormDraft } from '../../ui/record-form/form-draft.ts';
import { readDraft } from '../../ui/record-form/raw-values.ts';

type Values = Readonly<Record<string, unknown>>;

/** How long typing rests before the engine is asked what follows from it. */
const REST_MS = 250;
const NOTHING = { follows: {}, followNames: {} };

/** What rules will fill in once a draft is saved (an account with its engagement, a unit with its indicator …). */
export function useFollows(table: TableName, row: AnyRow | undefined, draft: FormDraft) {
  const workspace = useWorkspace();
  const [asked, setAsked] = useState<{ readonly key: string; readonly values: Values }>();
  const typed = Object.keys(draft.values).length > 0;
  const reading = workspace && { today: workspace.today, currency: workspace.settings.currency, timeZone: workspace.settings.timeZone };
  const values = typed && reading ? readDraft(table, draft.values, row, reading).patch : undefined;
  const key = values === undefined ? undefined : JSON.stringify(values);
  useEffect(() => {
    if (key === undefined) return undefined;
    // it was made by JSON.stringify just before
    const timer = setTimeout(() => setAsked({ key, values: JSON.parse(key) as Values }), REST_MS);
    return () => clearTimeout(timer);
  }, [key]);
  const input =
    asked === undefined || key === undefined
      ? undefined
      : { table, values: { ...asked.values }, ...(row === undefined ? {} : { id: row.id }) };
  const { data } = useLive('records.prepare', input);
  if (data === undefined) return NOTHING;
  return { follows: data.follows, followNames: Object.fromEntries(Object.entries(data.refs).map(([id, { label }]) => [id, label])) };
}
