import { describe, expect, test } from 'vitest';
import { attach } from '../../../test/support/attach.ts';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import { openEngine, type Engine } from '../engine.ts';
import { findRecords } from './record-search.ts';

async function withRecords() {
  const engine = await openEngine(memoryHost());
  const create = async (table: 'account' | 'engagement' | 'touchpoint' | 'contact', values: Record<string, unknown>) =>
    (await call(engine, 'records.create', { table, values })).id;
  const account = await create('account', { name: 'Northwind Traders' });
  const engagement = await create('engagement', { title: 'Northwind rollout', account });
  const touchpoint = await create('touchpoint', {
    subject: 'Call',
    engagement,
    description: 'They fear the migration of Northwind’s ledger.',
  });
  await create('contact', { name: 'Ada North', account });
  // waits until the index is made
  await call(engine, 'records.find', { text: 'anything', limit: 1 });
  return { engine, account, engagement, touchpoint, create };
}
const find = (engine: Engine, text: string, more: { tables?: ('account' | 'touchpoint')[] } = {}) =>
  call(engine, 'search.find', { text, limit: 20, ...more });
const labels = async (engine: Engine, text: string) => (await find(engine, text)).hits.map(({ label }) => label);

describe('UX-02 records are found by the names of whom they refer to', () => {
  test('below those whose own name it is, and by the new name as soon as there is one', async () => {
    const { engine, create } = await withRecords();
    const other = await create('account', { name: 'Zebra' });
    const contact = await create('contact', { name: 'Piet Vandermeer', account: other });
    const plan = await create('engagement', { title: 'Care plan', account: other });
    await create('touchpoint', { subject: 'Review', engagement: plan, contact });
    expect(await labels(engine, 'vandermeer')).toEqual(['Piet Vandermeer', 'Review']);
    const zebra = await find(engine, 'zebra');
    expect(zebra.hits.map(({ label }) => label)).toEqual(['Zebra', 'Care plan', 'Piet Vandermeer', 'Review']);
    expect(zebra.hits[1]?.snippet).toMatchObject({ field: 'account', label: 'Account' });
    await call(engine, 'records.update', { table: 'account', id: other, patch: { name: 'Quagga' } });
    expect(await labels(engine, 'zebra')).toEqual([]);
    expect(await labels(engine, 'quagga')).toEqual(['Quagga', 'Care plan', 'Piet Vandermeer', 'Review']);
    await call(engine, 'records.undo', {});
    expect(await labels(engine, 'zebra')).toEqual(['Zebra', 'Care plan', 'Piet Vandermeer', 'Review']);
    await engine.close();
  });
});

describe('UX-02 search over all records', () => {
  test('puts the title that was asked for first, counts by type, and shows where it was found', async () => {
    const { engine } = await withRecords();
    expect((await labels(engine, 'northwind traders'))[0]).toBe('Northwind Traders');
    const { hits, total, facets, complete } = await find(engine, 'northwind');
    expect(hits.map(({ label }) => label)).toEqual(['Northwind rollout', 'Northwind Traders', 'Ada North', 'Call']);
    expect([total, complete]).toEqual([4, true]);
    expect(facets).toEqual([
      { table: 'account', label: 'Accounts', count: 1 },
      { table: 'contact', label: 'Contacts', count: 1 },
      { table: 'engagement', label: 'Engagements', count: 1 },
      { table: 'touchpoint', label: 'Touchpoints', count: 1 },
    ]);
    expect(hits[3]?.snippet).toEqual({
      field: 'description',
      label: 'Description',
      parts: [
        { text: 'They fear the migration of ', hit: false },
        { text: 'Northwind’s', hit: true },
        { text: ' ledger.', hit: false },
      ],
    });
  });

  test('says what a record belongs to where many are called the same, unless the place where it was found does', async () => {
    const { engine, create } = await withRecords();
    const other = await create('account', { name: 'Zebra' });
    const plan = await create('engagement', { title: 'Care plan', account: other });
    await create('touchpoint', { subject: 'Call', engagement: plan });
    const hits = (await find(engine, 'call')).hits.map(({ label, context }) => [label, context]);
    expect(hits).toContainEqual(['Call', 'Northwind rollout']);
    expect(hits).toContainEqual(['Call', 'Care plan']);
    expect((await find(engine, 'care plan')).hits[0]).toMatchObject({ label: 'Care plan', context: 'Zebra' });
    expect((await find(engine, 'zebra')).hits.find(({ label }) => label === 'Care plan')).not.toHaveProperty('context');
  });

  test('can be narrowed to types, with the counts of all', async () => {
    const { engine } = await withRecords();
    const { hits, total, facets } = await find(engine, 'northwind', { tables: ['touchpoint'] });
    expect([hits.map(({ label }) => label), total, facets.length]).toEqual([['Call'], 1, 4]);
  });

  test('finds work notes, comments and names of attachments, and says what an attachment hangs on', async () => {
    const { engine, account, engagement, touchpoint } = await withRecords();
    await call(engine, 'records.update', { table: 'engagement', id: engagement, patch: { workNotes: 'The sponsor wavers' } });
    await call(engine, 'records.update', { table: 'touchpoint', id: touchpoint, patch: { comments: 'See you in Gothenburg' } });
    await attach(engine, `account/${account}`, { name: 'Blueprint 2026.pdf', bytes: new Uint8Array(3) });
    expect((await find(engine, 'wavers')).hits[0]).toMatchObject({ label: 'Northwind rollout', snippet: { field: 'workNotes' } });
    expect((await find(engine, 'gothenborg')).hits[0]).toMatchObject({ snippet: { field: 'comments' } });
    expect((await find(engine, 'bluepr')).hits[0]).toMatchObject({
      table: 'attachment',
      about: { table: 'account', label: 'Northwind Traders' },
    });
  });

  test('finds numbers, whole and by their figures', async () => {
    const { engine } = await withRecords();
    expect(await labels(engine, 'eng1')).toEqual(['Northwind rollout']);
    expect(await labels(engine, '1')).toContain('Northwind rollout');
  });

  test('follows every change, deletion and undo', async () => {
    const { engine, touchpoint } = await withRecords();
    expect(await labels(engine, 'migration')).toEqual(['Call']);
    await call(engine, 'records.delete', { table: 'touchpoint', id: touchpoint });
    expect(await labels(engine, 'migration')).toEqual([]);
    await call(engine, 'records.undo', {});
    expect(await labels(engine, 'migration')).toEqual(['Call']);
  });

  test('a closed record comes after an open one that fits as well', async () => {
    const { engine, engagement, create } = await withRecords();
    const first = await create('touchpoint', { subject: 'Kick-off', engagement });
    const second = await create('touchpoint', { subject: 'Kick-off', engagement });
    await call(engine, 'records.close', { table: 'touchpoint', id: first, closureCode: 'addressed', closeNotes: 'done' });
    expect((await find(engine, 'kick')).hits.map(({ id }) => id)).toEqual([second, first]);
  });

  test('the index goes on while it is made anew, and answers the same', async () => {
    const { engine, account } = await withRecords();
    await labels(engine, 'northwind');
    for (let change = 0; change < 60; change += 1)
      await call(engine, 'records.update', { table: 'account', id: account, patch: { name: `Northwind Traders ${change}` } });
    expect(await labels(engine, 'traders')).toEqual(['Northwind Traders 59', 'Northwind rollout', 'Ada North', 'Call']);
  });
});

test('UX-02 only what the caller sees is found and counted, and nothing by fields that are hidden from them', async () => {
  const { engine, account, engagement, create } = await withRecords();
  await call(engine, 'records.update', { table: 'engagement', id: engagement, patch: { workNotes: 'secretly leaving' } });
  await create('account', { name: 'Northwind Hidden' });
  await findRecords(engine.context, 'northwind', { limit: 10 });
  const whole = engine.context;
  // as the caller's context is made: hidden rows away, internal notes taken out
  const get = <T extends TableName>(table: T, id: string): Row<T> | undefined => {
    const row: AnyRow | undefined = whole.view.get(table, id);
    if (row === undefined || (table === 'account' && id !== account)) return undefined;
    return (table === 'engagement' ? { ...row, workNotes: undefined } : row) as Row<T>; // a row of that table, less one field
  };
  const view = { ...whole.view, get };
  const limited = { ...whole, whole, view };
  const { found, counts } = await findRecords(limited, 'northwind', { limit: 10 });
  expect(found.map(({ table, row }) => labelOf(table, row, view)).toSorted()).toEqual([
    'Ada North',
    'Call',
    'Northwind Traders',
    'Northwind rollout',
  ]);
  expect(counts.get('account')).toBe(1);
  expect((await findRecords(limited, 'secretly', { limit: 10 })).found).toEqual([]);
  expect((await findRecords(whole, 'secretly', { limit: 10 })).found.length).toBe(1);
});
