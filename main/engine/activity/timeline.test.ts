import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { isTableName, tableOf } from '#shared/model/dictionary.ts';
import type { Input } from '#shared/contract/engine-contract.ts';
import { TIMELINE_TYPES } from '#shared/model/timeline-types.ts';
import { openEngine } from '../engine.ts';

test('WSP-09 23 activity types are there from the beginning, each of a record type and a date of it', () => {
  expect(new Set(TIMELINE_TYPES.map(({ key }) => key)).size).toBe(23);
  for (const { table, dateField } of TIMELINE_TYPES) {
    expect(isTableName(table)).toBe(true);
    if (dateField !== 'createdAt') expect(['date', 'instant']).toContain(tableOf(table).fields[dateField]?.kind);
  }
});

async function withCustomer() {
  const engine = await openEngine(memoryHost());
  const create = async (table: Input<'records.create'>['table'], values: Record<string, unknown>) =>
    (await call(engine, 'records.create', { table, values })).id;
  const account = await create('account', { name: 'Northwind' });
  const engagement = await create('engagement', { title: 'Rollout', account });
  const other = await create('engagement', { title: 'Upgrade', account });
  await create('touchpoint', { subject: 'Kick-off', engagement, heldOn: '2026-01-02' });
  await create('touchpoint', { subject: 'Review', engagement, heldOn: '2025-12-20' });
  await create('touchpoint', { subject: 'Elsewhere', engagement: other, heldOn: '2025-11-01' });
  await create('contract', { name: 'Yearly', account, startDate: '2025-06-01' });
  await create('riskSignal', { shortDescription: 'Seats unused', engagement, probability: 'high' });
  const list = (table: 'engagement' | 'account', more: Partial<Input<'timeline.list'>> = {}) =>
    call(engine, 'timeline.list', { table, id: table === 'account' ? account : engagement, limit: 50, ...more });
  const titles = async (...given: Parameters<typeof list>) => (await list(...given)).items.map(({ title }) => title);
  return { engine, list, titles };
}

test('WSP-09 the timeline brings together what happened with an engagement and its account, in order, searched and narrowed', async () => {
  const { engine, list, titles } = await withCustomer();
  expect(await titles('engagement')).toEqual(['Seats unused', 'Kick-off', 'Review', 'Yearly']);
  expect(await titles('account')).toEqual(['Seats unused', 'Kick-off', 'Review', 'Elsewhere', 'Yearly']);
  expect(await titles('engagement', { oldestFirst: true, limit: 2 })).toEqual(['Yearly', 'Review']);
  expect(await titles('engagement', { types: ['touchpoint', 'contractStarted'] })).toEqual(['Kick-off', 'Review', 'Yearly']);
  expect(await titles('engagement', { search: 'risk seats' })).toEqual(['Seats unused']);
  const { types } = await list('engagement', { types: [] });
  expect(types.find(({ key }) => key === 'touchpoint')).toMatchObject({ label: 'Touchpoint', count: 2 });
  await engine.close();
});

test('WSP-09 administrators rename, narrow, switch off and add activity types', async () => {
  const { engine, list, titles } = await withCustomer();
  expect(await call(engine, 'timeline.customise', {})).toEqual({ created: 23 });
  expect(await call(engine, 'timeline.customise', {})).toEqual({ created: 0 });
  const idOf = (key: string) => engine.context.view.by('activityType', 'key', key)[0]?.id ?? '';
  const change = (key: string, patch: Record<string, unknown>) =>
    call(engine, 'records.update', { table: 'activityType', id: idOf(key), patch });
  await change('contractStarted', { active: false });
  await change('touchpoint', { name: 'Call', condition: { field: 'subject', op: 'contains', value: 'Kick' } });
  await call(engine, 'records.create', {
    table: 'activityType',
    values: { name: 'Contract ends', key: 'ours', sourceTable: 'contract', dateField: 'startDate', position: 0 },
  });
  expect(await titles('engagement')).toEqual(['Seats unused', 'Kick-off', 'Yearly']);
  const { types } = await list('engagement');
  expect(types.map(({ label }) => label)).toEqual(expect.arrayContaining(['Call', 'Contract ends']));
  expect(types.map(({ key }) => key)).not.toContain('contractStarted');
  await engine.close();
});
