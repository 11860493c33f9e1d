import { choiceLabel } from '#shared/domain/choices.ts';
import { labelOfId, labelOfRef } from '#shared/domain/labels/record-label.ts';
import { fillAnswer, placeOf } from '#shared/domain/templates/fill-answer.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';

function inWords(table: TableName, row: AnyRow, name: string, view: ReadView): string | undefined {
  const field = tableOf(table).fields[name];
  const value = row[name];
  if (field === undefined || value === undefined) return undefined;
  if (field.kind === 'anyReference') return labelOfRef(value, view);
  if (field.kind === 'reference') return typeof value === 'string' ? labelOfId(field.to, value, view) : undefined;
  if (field.choices && typeof value === 'string') return choiceLabel(view, field, value);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A text of a playbook, its words in braces filled in from the record; what is empty there stays in its braces. */
export function filled(text: string, table: TableName, row: AnyRow, view: ReadView): string {
  const { fields } = tableOf(table);
  const names = Object.fromEntries(Object.entries(fields).map(([name, { label }]) => [name, label]));
  return fillAnswer(text, (word) => {
    if (word === 'number') return row.number;
    const name = placeOf(word, names);
    return name === undefined ? undefined : inWords(table, row, name, view);
  });
}
