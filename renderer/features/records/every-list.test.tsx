// What the end-to-end tests show of a few record types, for all of them: the list's cells, the values of the page, the form.
import { MantineProvider } from '@mantine/core';
import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { SHIPPED_CHOICES, choicesIn } from '#shared/domain/choices.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { valuesOf, type KnownIds } from '../../../test/support/row-arbitrary.ts';
import { fieldSections } from '../../ui/record-form/field-order.ts';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { FormWorldContext, type FormWorld } from '../../ui/record-form/form-world.ts';
import { RecordForm } from '../../ui/record-form/record-form.tsx';
import { wordsOfCondition } from '../common/condition-words.ts';
import { defaultColumns, labelColumn, recordColumns, type ListLine } from './record-columns.tsx';

const nameOf = (table: TableName, id: string) => `${tableOf(table).label} ${id}`;
const world: FormWorld = {
  reading: { today: '2025-06-15', currency: 'USD', timeZone: 'UTC' },
  lookup: async () => [],
  nameOf,
  addressOf: (table, id) => `#/records/${table}/${id}`,
  choices: SHIPPED_CHOICES,
  wordsOf: (table, condition) => wordsOfCondition(condition, table, (id) => id, SHIPPED_CHOICES),
};
const drawn = (children: React.ReactNode) =>
  renderToStaticMarkup(
    <MantineProvider>
      <FormWorldContext value={world}>{children}</FormWorldContext>
    </MantineProvider>,
  );

// Object.fromEntries loses the names; every table has one known record
const ids = Object.fromEntries(tableNames.map((table) => [table, [`${table}-1`]])) as KnownIds;
const kept = {
  id: 'row-1',
  number: 'X0000001',
  createdAt: '2025-01-01T00:00:00.000Z',
  createdBy: 'u',
  updatedAt: '2025-01-02T00:00:00.000Z',
  updatedBy: 'u',
  rev: 1,
};
const rows = (table: TableName): readonly AnyRow[] =>
  fc.sample(valuesOf(table, ids), { numRuns: 3, seed: 7 }).map((values) => ({ ...values, ...kept }));
const lineOf = (row: AnyRow): ListLine => ({ kind: 'row', row, label: 'The label', derived: {} });

describe.each(tableNames)('%s', (table) => {
  test('its list leads with the label and draws every column of any row', () => {
    const columns = recordColumns(table);
    const standard = defaultColumns(table);
    expect(labelColumn(columns)?.key).toBe(standard[0]);
    expect(standard.filter((key) => !columns.some((column) => column.key === key))).toEqual([]);
    for (const row of rows(table)) {
      const html = drawn(columns.map((column) => <p key={column.key}>{column.render(lineOf(row))}</p>));
      expect(html).toContain('The label');
      for (const [key, field] of Object.entries(tableOf(table).fields)) {
        const value = row[key];
        if (field.kind === 'choice' && columns.some((column) => column.key === key) && typeof value === 'string')
          expect(html).toContain(
            renderToStaticMarkup(<>{choicesIn(SHIPPED_CHOICES, field).find((choice) => choice.value === value)?.label}</>),
          );
      }
    }
  });

  test('its page and its peek show every field of any row by its label', () => {
    for (const row of rows(table))
      for (const { fields } of fieldSections(table))
        for (const { name, field } of fields) expect(drawn(<FieldValue field={field} value={row[name]} table={table} />)).not.toBe('');
  });

  test('its form has every field that people fill in', () => {
    const html = drawn(<RecordForm table={table} draft={EMPTY_DRAFT} onDraft={() => undefined} onSave={() => undefined} saving={false} />);
    const wanted = fieldSections(table, { isNew: true }).flatMap(({ fields }) => fields);
    for (const { field } of wanted.filter((one) => one.field.readOnly !== true))
      expect(html).toContain(renderToStaticMarkup(<>{field.label}</>));
  });
});
