import { choiceLabel } from '#shared/domain/choices.ts';
import { labelOf, labelOfId, labelOfRef } from '#shared/domain/labels/record-label.ts';
import { fieldAt } from '#shared/domain/derived/field-path.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { isTableName, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { entriesOf, readJournalChange } from '#shared/sync-core/journal-change.ts';
import { decimalOf } from '#shared/util/money.ts';
import type { Money } from '#shared/model/field.ts';

const MOST_LETTERS = 2_000;

function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'currency' in value && 'amount' in value;
}

function words(view: ReadView, table: TableName, field: string, value: unknown): string {
  const { kind, to } = tableOf(table).fields[field] ?? {};
  if (value === undefined || value === null) return '';
  if (kind === 'journal')
    return (Array.isArray(value) ? entriesOf(value) : (readJournalChange(undefined, value).add ?? [])).map(({ text }) => text).join('\n');
  if (Array.isArray(value)) return value.map((one: unknown) => words(view, table, field, one)).join(', ');
  if (isMoney(value)) return `${decimalOf(value)} ${value.currency}`;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value !== 'string') return JSON.stringify(value);
  if (kind === 'choice') return choiceLabel(view, fieldAt(table, field), value);
  if ((kind === 'reference' || kind === 'references') && to !== undefined && isTableName(to)) return labelOfId(to, value, view);
  return kind === 'anyReference' ? labelOfRef(value, view) : value;
}

/** A value in words, as it is shown beside other ones; empty where it is empty. */
export function fieldText(view: ReadView, table: TableName, field: string, value: unknown): string {
  return words(view, table, field, value).slice(0, MOST_LETTERS);
}

/** What a record is called; where it is not here, what its type is. */
export function titleOf(view: ReadView, table: string, id: string, last?: AnyRow): string {
  if (!isTableName(table)) return table;
  const row: AnyRow | undefined = view.get(table, id) ?? last;
  return row === undefined ? tableOf(table).label : labelOf(table, row, view);
}
