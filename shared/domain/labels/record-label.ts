import { parseRef } from '../../model/any-reference.ts';
import { isTableName, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { choiceLabel, type ChoiceField } from '../choices.ts';
import type { ReadView } from '../view.ts';

const MAX_DEPTH = 3;

/**
 * What a record is called on screens and in messages: its title fields, with references and choices by their labels, joined
 * by a middle dot; where all are empty the number, else `Untitled` and the type.
 */
export function labelOf(table: TableName, row: AnyRow, view: ReadView, depth = 0): string {
  const { title, fields, label } = tableOf(table);
  const parts = title.map((key) => partOf(fields[key], row[key], view, depth)).filter((part) => part !== '');
  if (parts.length > 0) return parts.join(' · ');
  return row.number ?? `Untitled ${label.toLowerCase()}`;
}

type TitleField = ({ readonly kind: string; readonly to?: string } & ChoiceField) | undefined;

function partOf(field: TitleField, value: unknown, view: ReadView, depth: number): string {
  if (field === undefined || value === undefined || value === null) return '';
  if (field.kind === 'reference') return depth >= MAX_DEPTH || typeof value !== 'string' ? '' : labelOfId(field.to, value, view, depth + 1);
  if (field.kind === 'anyReference') return depth >= MAX_DEPTH ? '' : labelOfRef(value, view, depth + 1);
  if (field.choices && typeof value === 'string') return choiceLabel(view, field, value);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The label of a referenced record; empty where the table or the record does not exist. */
export function labelOfId(table: string | undefined, id: string, view: ReadView, depth = 0): string {
  if (table === undefined || !isTableName(table)) return '';
  const row: AnyRow | undefined = view.get(table, id);
  return row ? labelOf(table, row, view, depth) : '';
}

/** The label of the record that an `anyReference` field's value names; empty where there is none. */
export function labelOfRef(value: unknown, view: ReadView, depth = 0): string {
  const ref = parseRef(value);
  return ref === undefined ? '' : labelOfId(ref.table, ref.id, view, depth);
}
