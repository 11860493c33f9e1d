import { expect, test } from 'vitest';
import { memoryHost } from '../../../test/support/memory-host.ts';
import type { CommandMeta, Draft } from '../context.ts';
import { openEngine, type Engine } from '../engine.ts';

let commands = 0;
const by = (label: string): CommandMeta => {
  commands += 1;
  return { commandId: `rules-${commands}`, actor: 'user-1', label };
};
const run = async <R>(engine: Engine, label: string, work: (draft: Draft) => R): Promise<R> =>
  (await engine.context.records.run(by(label), work)).result;
const undo = (engine: Engine) => {
  commands += 1;
  return engine.context.undo.undo({ commandId: `rules-${commands}`, actor: 'user-1' });
};

async function portfolio() {
  const engine = await openEngine(memoryHost());
  const ids = await run(engine, 'Set up', (draft) => {
    const account = draft.create('account', { name: 'Acme' });
    const contract = draft.create('contract', { name: 'Gold', account, renewalDate: '2099-12-01' });
    const engagement = draft.create('engagement', { title: 'Care', account });
    return { account, contract, engagement };
  });
  return { engine, ids, row: () => engine.context.view.get('engagement', ids.engagement) };
}

test('BR-24 what a rule sets goes with its cause when that is undone, and comes back with redo', async () => {
  const { engine, ids, row } = await portfolio();
  await run(engine, 'Link', (draft) => draft.create('engagementContract', { engagement: ids.engagement, contract: ids.contract }));
  expect(row()?.renewalDate).toBe('2099-12-01');
  await undo(engine);
  expect(row()).not.toHaveProperty('renewalDate');
  commands += 1;
  await engine.context.undo.redo({ commandId: `rules-${commands}`, actor: 'user-1' });
  expect(row()?.renewalDate).toBe('2099-12-01');
  await engine.close();
});

test('BR-22 a refusal leaves the records as they were and names rule, record and way out', async () => {
  const { engine, ids } = await portfolio();
  const link = () =>
    run(engine, 'Link', (draft) => draft.create('engagementContract', { engagement: ids.engagement, contract: ids.contract }));
  await link();
  await expect(link()).rejects.toMatchObject({
    code: 'rule',
    details: { rule: 'BR-22' },
    message: 'Contract “Gold” (CTR0000001) is linked to this engagement already.',
  });
  expect(engine.context.view.count('engagementContract')).toBe(1);
  await engine.close();
});

test('BR-02 BR-03 closing, undoing it, closing again and reopening', async () => {
  const { engine, ids, row } = await portfolio();
  await expect(run(engine, 'Close', (draft) => draft.close('engagement', ids.engagement, 'completed', ''))).rejects.toMatchObject({
    details: { rule: 'BR-02', field: 'closeNotes' },
  });
  await run(engine, 'Close', (draft) => draft.close('engagement', ids.engagement, 'completed', 'Done'));
  expect(row()).toMatchObject({ state: 'closed', active: false, closureCode: 'completed', closeNotes: 'Done' });
  await undo(engine);
  expect(row()).toMatchObject({ state: 'new', active: true });
  await run(engine, 'Cancel', (draft) => draft.cancel('engagement', ids.engagement, 'Left'));
  expect(row()).toMatchObject({ state: 'cancelled', closureCode: 'cancelled' });
  await run(engine, 'Reopen', (draft) => draft.reopen('engagement', ids.engagement));
  expect(row()).toMatchObject({ state: 'inProgress', active: true });
  expect(row()).not.toHaveProperty('closureCode');
  await engine.close();
});

test('BR-37 BR-38 publishing is undone although a published definition cannot become a draft', async () => {
  const { engine } = await portfolio();
  const id = await run(engine, 'Draft', (draft) => {
    const source = draft.create('dataSource', { name: 'NPS', kind: 'external' });
    const definition = draft.create('healthDefinition', { name: 'All', global: true });
    draft.create('healthMetric', { definition, source, target: 30, weight: 100 });
    return definition;
  });
  await run(engine, 'Publish', (draft) => draft.update('healthDefinition', id, { state: 'published' }));
  await expect(run(engine, 'Back', (draft) => draft.update('healthDefinition', id, { state: 'draft' }))).rejects.toMatchObject({
    details: { rule: 'DCE-05' },
  });
  await undo(engine);
  expect(engine.context.view.get('healthDefinition', id)?.state).toBe('draft');
  await engine.close();
});

test('REC-10 an engagement above others is not deleted, and not one with touchpoints; what it owns goes with it', async () => {
  const { engine, ids } = await portfolio();
  const child = await run(engine, 'Child', (draft) =>
    draft.create('engagement', { title: 'Below', account: ids.account, parent: ids.engagement }),
  );
  const remove = (id: string) => run(engine, 'Delete', (draft) => draft.remove('engagement', id));
  await expect(remove(ids.engagement)).rejects.toMatchObject({ details: { rule: 'REC-10', blocking: [{ id: child }] } });
  const touchpoint = await run(engine, 'Log', (draft) => draft.create('touchpoint', { subject: 'Call', engagement: child }));
  await expect(remove(child)).rejects.toMatchObject({ code: 'rule', details: { blocking: [{ table: 'touchpoint', id: touchpoint }] } });
  await run(engine, 'Delete', (draft) => draft.remove('touchpoint', touchpoint));
  await run(engine, 'Link', (draft) => draft.create('engagementContract', { engagement: child, contract: ids.contract }));
  await remove(child);
  await remove(ids.engagement);
  expect([engine.context.view.count('engagement'), engine.context.view.count('engagementContract')]).toEqual([0, 0]);
  await engine.close();
});

test('BR-40 the last touchpoint follows saving, deleting and undo', async () => {
  const { engine, ids, row } = await portfolio();
  const log = (heldOn: string) =>
    run(engine, 'Log', (draft) => draft.create('touchpoint', { subject: 'Call', engagement: ids.engagement, heldOn }));
  await log('2020-01-01');
  const later = await log('2020-02-01');
  expect(row()?.lastTouchpoint).toBe('2020-02-01');
  await run(engine, 'Delete', (draft) => draft.remove('touchpoint', later));
  expect(row()?.lastTouchpoint).toBe('2020-01-01');
  await undo(engine);
  expect(row()?.lastTouchpoint).toBe('2020-02-01');
  expect(engine.context.view.get('touchpoint', later)?.account).toBe(ids.account);
  await engine.close();
});
