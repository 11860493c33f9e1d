import { isTableName, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { EMPTY_DRAFT, typed, type FormDraft } from '../../ui/record-form/form-draft.ts';
import { toRaw, type Reading } from '../../ui/record-form/raw-values.ts';
import type { Refused } from './sync-types.ts';

/** Kinds whose text is their value, where only the text is known. */
const TEXTS = new Set(['text', 'longText', 'email', 'url']);

/** The record whose form takes the refused values: there is one form only where the change was to one record. */
export function editableRecord({ records, recordCount, fields }: Refused): { readonly table: TableName; readonly id: string } | undefined {
  const [only] = records;
  if (recordCount !== 1 || only === undefined || fields.length === 0 || !isTableName(only.table)) return undefined;
  const known = tableOf(only.table).fields;
  // data points are in no form: saving one would lose them
  if (fields.some(({ field }) => known[field]?.readOnly === true && known[field].kind !== 'journal')) return undefined;
  return { table: only.table, id: only.id };
}

/** What was refused, as a form that has just been typed into: over the record as it is now (none: as a new one). */
export function refusedDraft({ fields }: Refused, table: TableName, row: AnyRow | undefined, reading: Reading): FormDraft {
  return fields.reduce((draft, { field: name, text, value }) => {
    const field = tableOf(table).fields[name];
    if (field === undefined || field.readOnly === true || field.kind === 'journal') return draft;
    if (value === undefined && text !== '' && !TEXTS.has(field.kind)) return draft;
    const raw = value === undefined ? text : toRaw(field, value, reading);
    // the engine's text of a reference is the record's name
    const picked =
      field.kind === 'reference' && typeof raw === 'string' && field.to !== undefined && isTableName(field.to)
        ? [{ table: field.to, id: raw, label: text }]
        : [];
    return typed(draft, name, { raw, stored: toRaw(field, row?.[name], reading), row, picked });
  }, EMPTY_DRAFT);
}
