import { expect, test } from 'vitest';
import { tableNames } from '#shared/model/dictionary.ts';
import { settableFields } from './settable-fields.ts';

test('REC-37 owner, state, priority and due date are offered before what is seldom changed for many', () => {
  const [often] = settableFields('touchpoint');
  expect(often?.group).toBe('Often changed');
  expect(often?.items.map(({ label }) => label)).toEqual(expect.arrayContaining(['Assigned to', 'Priority']));
  expect(often?.items.map(({ value }) => value)).not.toContain('subject');
});

test.each(tableNames)('REC-37 every field of %s that people may set is offered once', (table) => {
  const values = settableFields(table).flatMap(({ items }) => items.map(({ value }) => value));
  expect(new Set(values).size).toBe(values.length);
});
