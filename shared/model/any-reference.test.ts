import { expect, test } from 'vitest';
import { parseRef, refsIn, refTo, tablesOfField } from './any-reference.ts';
import { tableNames } from './dictionary.ts';
import { f } from './field.ts';

test('REC-21 a record of any type is named by type and ID in one text', () => {
  expect(refTo('engagement', 'e1')).toBe('engagement/e1');
  expect(parseRef('engagement/e1')).toEqual({ table: 'engagement', id: 'e1' });
  expect(parseRef('engagement/a/b')).toEqual({ table: 'engagement', id: 'a/b' });
  for (const wrong of [undefined, '', 'engagement', 'engagement/', '/e1', 'unheardOf/e1', '__proto__/e1', 7])
    expect(parseRef(wrong)).toBeUndefined();
});

test('the record types that a field leads to follow from its declaration', () => {
  expect(tablesOfField(f.reference('Owner', 'user'))).toEqual(['user']);
  expect(tablesOfField(f.anyReference('About', { to: ['engagement', 'touchpoint'] }))).toEqual(['engagement', 'touchpoint']);
  expect(tablesOfField(f.anyReference('About'))).toEqual(tableNames);
  expect(tablesOfField(f.text('Name'))).toEqual([]);
  expect(f.anyReference('About', { mandatory: true }).isMandatory).toBe(true);
});

test('the records that a value names are found for every kind of reference', () => {
  expect(refsIn(f.reference('Owner', 'user'), 'u1')).toEqual([{ table: 'user', id: 'u1' }]);
  expect(refsIn(f.references('People', 'user'), ['u1', 'u2'])).toHaveLength(2);
  expect(refsIn(f.anyReference('About'), 'account/a1')).toEqual([{ table: 'account', id: 'a1' }]);
  expect(refsIn(f.anyReference('About'), 'u1')).toEqual([]);
  expect(refsIn(f.reference('Owner', 'user'), undefined)).toEqual([]);
});
