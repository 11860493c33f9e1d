import { useCallback } from 'react';
import { refsIn } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { useResolve } from '../../data/use-resolve.ts';
import { typed, type FormDraft } from '../../ui/record-form/form-draft.ts';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { toRaw } from '../../ui/record-form/raw-values.ts';
import type { Reference } from '../../ui/reference.ts';

type Values = Readonly<Record<string, unknown>>;
export type Template = { readonly id: string; readonly label: string; readonly values: Values; readonly description: string };

const MOST = 200;
const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

/** REC-38: forms of a record type that are filled in beforehand. */
export function useTemplates(table: TableName): readonly Template[] | undefined {
  const { data } = useLive('records.list', {
    table: 'recordTemplate',
    condition: {
      all: [
        { field: 'intoTable', op: 'is', value: table },
        { field: 'active', op: 'is', value: true },
      ],
    },
    sort: [{ field: 'name', direction: 'up' }],
    window: { offset: 0, limit: MOST },
  });
  return data?.rows.flatMap(({ row, label }) => {
    const { values, description } = row;
    return isValues(values) ? [{ id: row.id, label, values, description: typeof description === 'string' ? description : '' }] : [];
  });
}

/** Puts a template's values into a draft, with the names of the records among them. Nothing is saved by it. */
export function useApplyTemplate(table: TableName, row: AnyRow | undefined) {
  const { reading } = useFormWorld();
  const resolve = useResolve();
  return useCallback(
    async (draft: FormDraft, values: Values): Promise<FormDraft> => {
      const { fields } = tableOf(table);
      let next = draft;
      for (const [name, value] of Object.entries(values)) {
        const field = fields[name];
        if (field === undefined || field.readOnly === true || field.kind === 'journal') continue;
        const found = await Promise.all(refsIn(field, value).map(({ id }) => resolve(id)));
        const picked = found.filter((one): one is Reference => one !== undefined);
        const stored = toRaw(field, row === undefined ? field.default : row[name], reading);
        next = typed(next, name, { raw: toRaw(field, value, reading), stored, row, picked });
      }
      return next;
    },
    [table, row, reading, resolve],
  );
}

/** What of a record is worth having again: not its name, its dates and whatever is its own. */
export function valuesForTemplate(table: TableName, row: AnyRow): Values {
  const { fields, title } = tableOf(table);
  const own = new Set(['journal', 'date', 'instant', 'json', 'condition']);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const { kind, readOnly } = field;
      const keep =
        readOnly !== true &&
        !own.has(kind) &&
        !title.includes(name) &&
        name !== 'externalId' &&
        row[name] !== undefined &&
        row[name] !== field.default;
      return keep ? [[name, row[name]]] : [];
    }),
  );
}
