import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { tableNames } from '#shared/model/dictionary.ts';
import { openEngine } from '../engine.ts';
import { SCHEMA_VERSIONS, storesOf } from './schema.ts';

/** Versions that stores of users may have, as they were: tables of the store's own, and record types. Only ever add to this list. */
const KEPT: readonly { readonly version: number; readonly internal: Readonly<Record<string, string>>; readonly records: string }[] = [
  {
    version: 1,
    internal: {
      changeSets: 'seq, &id, *records, bulk',
      changeBodies: 'seq',
      changeParts: '[seq+table+last]',
      outbox: 'seq',
      commands: 'id, seq',
      segments: '[series+year]',
      meta: 'key',
    },
    records:
      'user account contact product capability soldProduct contract opportunity supportTicket outcomeEvent engagement engagementContract engagementSoldProduct touchpoint dataSource dataSourceContext dataPointSeries healthDefinition healthMetric colourBand riskDefinition thresholdOverride riskSignal riskOccurrence setting savedFilter importProfile heldRow',
  },
];

test('the schema has a table for every record type of the dictionary', () => {
  const declared = SCHEMA_VERSIONS.flatMap((version) => version.records);
  expect(declared.toSorted()).toEqual([...tableNames].toSorted());
});

test('a version of the schema that stores may have is never changed', () => {
  const now = SCHEMA_VERSIONS.slice(0, KEPT.length).map(({ version, internal, records }) => ({
    version,
    internal,
    records: records.join(' '),
  }));
  expect(now).toEqual(KEPT);
});

test('a store of every version is opened with its records', async () => {
  for (const { version, internal, records } of KEPT) {
    const host = memoryHost();
    const old = new Dexie(host.databaseName, { indexedDB: host.indexedDB, IDBKeyRange: host.keyRange });
    const tables = Object.fromEntries(records.split(' ').map((table) => [`r_${table}`, 'id']));
    old.version(version).stores({ ...internal, ...tables });
    await old.open();
    const row = { id: 'a', name: 'Acme', createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', rev: 1, unknown: 'kept' };
    await old.table('r_account').put(row);
    await old.table('meta').put({ key: 'head', seq: 0, stamp: '', blocks: {}, counters: {} });
    old.close();
    const engine = await openEngine(host);
    const command = { commandId: `schema-${version}`, actor: 'user-1', label: 'Rename' };
    await engine.context.records.run(command, (draft) => draft.update('account', 'a', { name: 'Acme Ltd' }));
    expect(engine.context.view.get('account', 'a')).toMatchObject({ name: 'Acme Ltd', unknown: 'kept' });
    await engine.close();
  }
});

test('a store of a newer version is left alone, and said to be so', async () => {
  const host = memoryHost();
  const newer = new Dexie(host.databaseName, { indexedDB: host.indexedDB, IDBKeyRange: host.keyRange });
  newer.version(SCHEMA_VERSIONS.length + 1).stores({ meta: 'key' });
  await newer.open();
  newer.close();
  await expect(openEngine(host)).rejects.toMatchObject({ code: 'storage', message: expect.stringContaining('newer version') });
});

test('versions follow on one another, and no table is declared twice', () => {
  expect(SCHEMA_VERSIONS.map((one) => one.version)).toEqual(SCHEMA_VERSIONS.map((_, at) => at + 1));
  const names = SCHEMA_VERSIONS.flatMap((one) => Object.keys(storesOf(one)));
  expect(new Set(names).size).toBe(names.length);
});

test('no table has more than five indexes', () => {
  for (const version of SCHEMA_VERSIONS)
    for (const [, keys] of Object.entries(storesOf(version))) expect(keys.split(',').length - 1).toBeLessThanOrEqual(5);
});
