import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isTableName, tableNames, tableOf } from './dictionary.ts';
import { RETIRED_FIELDS } from './retired.ts';

/*
 * What devices and servers in use know: a line for each field with its kind. A field may be added; one that is listed may not go, change
 * its kind or come back as something else, for there are devices that send it (S14). One that is given up moves to `retired.ts`. The list
 * is written anew, with what was added, whenever the schema's version grows.
 */
const path = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'schema-2.txt');
const known = readFileSync(path, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [field = '', kind = ''] = line.split(' ');
    const [table = '', name = ''] = field.split('.');
    return { field, kind, table, name };
  });
const kindNow = (table: string, name: string): string | undefined => (isTableName(table) ? tableOf(table).fields[name]?.kind : undefined);
const retired = new Set(RETIRED_FIELDS);

test('SYN-10 S14 the schema only grows: no field that devices know goes or changes its kind', () => {
  expect(known.length).toBeGreaterThan(400);
  const wrong = known.filter(({ field, kind, table, name }) => !retired.has(field) && kindNow(table, name) !== kind);
  expect(wrong.map(({ field, kind, table, name }) => `${field} was ${kind}, is ${kindNow(table, name) ?? 'gone'}`)).toEqual([]);
});

test('SYN-10 S14 retired names are never used again', () => {
  const now = new Set(tableNames.flatMap((table) => Object.keys(tableOf(table).fields).map((name) => `${table}.${name}`)));
  expect(RETIRED_FIELDS.filter((field) => now.has(field))).toEqual([]);
});
