import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { openEngine } from '../engine.ts';

test('what rules would fill in is told while it is typed, with its names, and nothing is kept', async () => {
  const engine = await openEngine(memoryHost());
  const { id: account } = await call(engine, 'records.create', { table: 'account', values: { name: 'Northwind' } });
  const { id: engagement } = await call(engine, 'records.create', { table: 'engagement', values: { title: 'Rollout', account } });
  const prepared = await call(engine, 'records.prepare', { table: 'riskSignal', values: { engagement } });
  expect(prepared.follows).toMatchObject({ account });
  expect(prepared.refs[account]?.label).toBe('Northwind');
  expect(engine.context.view.count('riskSignal')).toBe(0);
  expect((await call(engine, 'records.prepare', { table: 'riskSignal', values: { engagement: 'gone' } })).follows).not.toHaveProperty(
    'account',
  );
  expect((await call(engine, 'records.prepare', { table: 'engagement', id: engagement, values: { title: 'Other' } })).follows).toEqual({});
  await engine.close();
});
