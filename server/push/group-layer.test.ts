import { expect, test } from 'vitest';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { openRecordCache, type ReadCache } from '../records/record-cache.ts';
import type { ScopedRecord } from '../records/scope-changes.ts';
import { openGroupLayer } from './group-layer.ts';

const AT = '2026-11-01T08:00:00.000Z';
const account = (id: string, values: object): AnyRow => ({
  id,
  createdAt: AT,
  createdBy: 'kim',
  updatedAt: AT,
  updatedBy: 'kim',
  rev: 0,
  ...values,
});
const changed = (id: string, row: AnyRow | undefined): ScopedRecord => ({
  table: 'account',
  id,
  row,
  scope: `account:${id}`,
  left: undefined,
});
const nothing = { rows: [], keys: ['account.owner=kim'], tables: [], works: [], scopes: [], users: [] };
const names = ({ view }: ReadCache) => view.by('account', 'owner', 'kim').map(({ id, name }) => `${id} ${name}`);

/** The cache as the database has it: `a` and `b`. */
function opened() {
  const cache = openRecordCache();
  cache.put(
    ['a', 'b'].map((id) => ({
      table: 'account',
      id,
      version: 1,
      scope: `account:${id}`,
      row: account(id, { name: 'Old', owner: 'kim', rev: 1 }),
    })),
  );
  cache.loaded(nothing, new Map(), new Map());
  return cache;
}

test('S7 a group stands on the one before it, and once that is written on what the database has: with the same records and versions', () => {
  const cache = opened();
  const first = openGroupLayer(cache);
  first.put({ records: [changed('a', account('a', { name: 'New', owner: 'kim' })), changed('b', undefined)], members: [] });
  const second = openGroupLayer(first);
  second.put({ records: [changed('a', account('a', { name: 'Newer', owner: 'kim' }))], members: [] });
  expect([names(first), names(second)]).toEqual([['a New'], ['a Newer']]);

  const written = first
    .changes()
    .records.map(({ table, id, scope }) => first.stored(table, id) ?? { table, id, scope, version: 2, row: undefined });
  cache.committed(written, []);
  second.moveOnto(cache);
  first.put({ records: [changed('a', account('a', { name: 'Not looked at any more', owner: 'kim' }))], members: [] });
  expect(names(second)).toEqual(['a Newer']);
  expect(second.stored('account', 'a')?.version).toBe(3);
  expect(second.view.get('account', 'b')).toBeUndefined();
  expect(second.changes().records.map(({ id, row }) => [id, row?.rev])).toEqual([['a', 3]]);
});
