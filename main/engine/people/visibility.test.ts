import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, becomes } from '../../../test/support/call-as.ts';
import { change, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import type { Engine } from '../engine.ts';

let engine: Engine;
const ids: Record<string, string> = {};
const id = (name: string): string => ids[name] ?? name;

/**
 * Boss above Ann and Bob; Zoe stands alone. Ann is the CSM of Acme's care, Bob of Acme's second engagement; Zeta's account manager is
 * Zoe. Root administrates.
 */
beforeEach(async () => {
  engine = await engineAsOf('2025-06-15');
  await change(engine, (draft) => {
    const user = (name: string, roles: readonly string[], manager?: string) => {
      ids[name] = draft.create('user', { name, roles, ...(manager === undefined ? {} : { manager: id(manager) }) });
    };
    user('Root', ['administrator']);
    user('Boss', ['successManager']);
    user('Ann', ['successAgent'], 'Boss');
    user('Bob', ['successAgent'], 'Boss');
    user('Zoe', ['successAgent']);
    user('Eve', ['viewer']);
    ids['acme'] = draft.create('account', { name: 'Acme' });
    ids['zeta'] = draft.create('account', { name: 'Zeta', owner: id('Zoe') });
    ids['care'] = draft.create('engagement', { title: 'Acme Care', account: id('acme'), csm: id('Ann') });
    ids['second'] = draft.create('engagement', { title: 'Acme Second', account: id('acme'), csm: id('Bob'), parent: id('care') });
    ids['zcare'] = draft.create('engagement', { title: 'Zeta Care', account: id('zeta') });
    ids['call'] = draft.create('touchpoint', { subject: 'Care call', engagement: id('care'), channel: 'phone' });
    ids['zcall'] = draft.create('touchpoint', { subject: 'Zeta call', engagement: id('zcare') });
    ids['deal'] = draft.create('contract', { name: 'Acme deal', account: id('acme'), startDate: '2025-01-01', endDate: '2025-12-31' });
  });
});
afterEach(() => engine.close());

const window = { offset: 0, limit: 100 };
async function seen(table: 'engagement' | 'account' | 'touchpoint' | 'contract'): Promise<readonly string[]> {
  const { rows, total } = await ask(engine, 'records.list', { table, window });
  expect(rows.length).toBe(total);
  return rows.map(({ label }) => label).toSorted();
}

test('REC-32 as long as nobody has a role, everyone sees and does everything', async () => {
  await change(engine, (draft) => {
    for (const name of ['Boss', 'Ann', 'Bob', 'Zoe', 'Eve', 'Root']) draft.remove('user', id(name));
    ids['Una'] = draft.create('user', { name: 'Una' });
  });
  await becomes(engine, id('Una'));
  expect(await seen('engagement')).toEqual(['Acme Care', 'Acme Second', 'Zeta Care']);
  expect(await ask(engine, 'people.me', {})).toMatchObject({ open: true, maySeeAs: true, settings: true });
});

test('REC-31 DSH-09 an agent sees the own engagements, a manager also those of the people below', async () => {
  await becomes(engine, id('Ann'));
  expect(await seen('engagement')).toEqual(['Acme Care']);
  expect(await seen('account')).toEqual(['Acme']);
  expect(await seen('contract')).toEqual(['Acme deal']);
  await becomes(engine, id('Boss'));
  expect(await seen('engagement')).toEqual(['Acme Care', 'Acme Second']);
  await becomes(engine, id('Root'));
  expect(await seen('engagement')).toEqual(['Acme Care', 'Acme Second', 'Zeta Care']);
  await becomes(engine, id('Eve'));
  expect(await seen('engagement')).toEqual([]);
});

test('REC-31 an account manager sees every engagement of the account, and all that belongs to them', async () => {
  await becomes(engine, id('Zoe'));
  expect(await seen('engagement')).toEqual(['Zeta Care']);
  expect(await seen('touchpoint')).toEqual(['Zeta call']);
  expect(await seen('contract')).toEqual([]);
});

test('REC-31 what people see follows assignments, the tree of managers and roles at once', async () => {
  await becomes(engine, id('Ann'));
  expect(await seen('touchpoint')).toEqual(['Care call']);
  await change(engine, (draft) => draft.update('engagement', id('zcare'), { csm: id('Ann') }));
  expect(await seen('touchpoint')).toEqual(['Care call', 'Zeta call']);
  await change(engine, (draft) => draft.create('touchpoint', { subject: 'New call', engagement: id('zcare') }));
  expect(await seen('touchpoint')).toEqual(['Care call', 'New call', 'Zeta call']);
  await change(engine, (draft) => draft.update('engagement', id('care'), { csm: id('Bob') }));
  expect(await seen('touchpoint')).toEqual(['New call', 'Zeta call']);
  await change(engine, (draft) => draft.update('user', id('Bob'), { manager: id('Ann') }));
  expect(await seen('touchpoint')).toEqual(['Care call', 'New call', 'Zeta call']);
  await change(engine, (draft) => draft.update('user', id('Ann'), { active: false }));
  await expect(seen('touchpoint')).rejects.toMatchObject({ code: 'permission' });
});

test('REC-31 one to whom work is assigned sees its engagement', async () => {
  await becomes(engine, id('Ann'));
  await change(engine, (draft) => draft.update('touchpoint', id('zcall'), { assignedTo: id('Ann') }));
  expect(await seen('engagement')).toEqual(['Acme Care', 'Zeta Care']);
});

test('REC-31 a hidden record is answered as one that does not exist, and no reference to it is shown', async () => {
  await becomes(engine, id('Bob'));
  await expect(ask(engine, 'records.get', { table: 'engagement', id: id('care') })).rejects.toMatchObject({ code: 'not-found' });
  await expect(ask(engine, 'health.explain', { engagementId: id('care') })).rejects.toMatchObject({ code: 'not-found' });
  const { row, refs } = await ask(engine, 'records.get', { table: 'engagement', id: id('second') });
  expect(row).not.toHaveProperty('parent');
  expect(refs).not.toHaveProperty(id('care'));
  // the way back: the parent's page would list it
  const { lists } = await ask(engine, 'records.related', { table: 'account', id: id('acme') });
  expect(lists.find(({ table }) => table === 'engagement')).toMatchObject({ count: 1 });
});

test('REC-31 figures are made of what is seen', async () => {
  await becomes(engine, id('Ann'));
  expect(await ask(engine, 'portfolio.overview', {})).toMatchObject({ total: 1, active: 1 });
  const { total } = await ask(engine, 'portfolio.list', { columns: [], sums: [], window });
  expect(total).toBe(1);
  expect(await ask(engine, 'health.matching', {})).toMatchObject({ count: 1, of: 1 });
});

test('REC-32 a write that no role allows names the type, the action and whom to ask', async () => {
  await becomes(engine, id('Ann'));
  await expect(ask(engine, 'records.delete', { table: 'touchpoint', id: id('call') })).rejects.toMatchObject({
    code: 'permission',
    message: 'You may not delete touchpoints. Your role (success agent) does not allow it. Ask Boss or Root.',
  });
  await ask(engine, 'records.update', { table: 'touchpoint', id: id('call'), patch: { channel: 'email' } });
  await expect(ask(engine, 'records.update', { table: 'touchpoint', id: id('zcall'), patch: { channel: 'email' } })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(ask(engine, 'records.update', { table: 'user', id: id('Ann'), patch: { roles: ['administrator'] } })).rejects.toMatchObject({
    code: 'permission',
  });
  await expect(ask(engine, 'workspace.set', { key: 'currentUser', value: id('Root') })).rejects.toMatchObject({ code: 'permission' });
});

test('REC-32 nothing can be tied to a hidden record, and the refusal does not tell that it exists', async () => {
  await becomes(engine, id('Ann'));
  const tie = (engagement: string) => ask(engine, 'records.create', { table: 'touchpoint', values: { subject: 'Mine', engagement } });
  const hidden = await tie(id('zcare')).catch((error: unknown) => error);
  const absent = await tie('nowhere').catch((error: unknown) => error);
  expect(hidden).toMatchObject({ code: 'validation', message: 'Engagement names a engagement that does not exist.' });
  expect(absent).toMatchObject({ code: 'validation', message: 'Engagement names a engagement that does not exist.' });
});

test('REC-32 rules hold over what their caller cannot see', async () => {
  await becomes(engine, id('Bob'));
  // BR-07 walks over the parent that Bob does not see
  await change(engine, (draft) => draft.update('engagement', id('care'), { csm: id('Ann') }));
  await ask(engine, 'records.update', { table: 'engagement', id: id('second'), patch: { stage: 'adoption' } });
  const row = engine.context.view.get('engagement', id('second'));
  expect(row).toMatchObject({ stage: 'adoption', parent: id('care') });
});

test('REC-37 undo takes back what is still one’s own to change', async () => {
  await becomes(engine, id('Ann'));
  await ask(engine, 'records.update', { table: 'touchpoint', id: id('call'), patch: { channel: 'email' } });
  await change(engine, (draft) => draft.update('engagement', id('care'), { csm: id('Bob') }));
  await expect(ask(engine, 'records.undo', {})).rejects.toMatchObject({ code: 'permission' });
  await change(engine, (draft) => draft.update('engagement', id('care'), { csm: id('Ann') }));
  await ask(engine, 'records.undo', {});
  expect(engine.context.view.get('touchpoint', id('call'))).toMatchObject({ channel: 'phone' });
});

test('REC-32 an administrator sees as another person does, and is told so; what they do is signed by them', async () => {
  await becomes(engine, id('Root'));
  await ask(engine, 'people.seeAs', { user: id('Ann') });
  expect(await seen('engagement')).toEqual(['Acme Care']);
  expect(await ask(engine, 'people.me', {})).toMatchObject({ user: { name: 'Root' }, seeingAs: { name: 'Ann' }, maySeeAs: true });
  await expect(ask(engine, 'records.delete', { table: 'touchpoint', id: id('call') })).rejects.toMatchObject({ code: 'permission' });
  await ask(engine, 'records.update', { table: 'touchpoint', id: id('call'), patch: { channel: 'email' } });
  expect(engine.context.view.get('touchpoint', id('call'))).toMatchObject({ updatedBy: id('Root') });
  await ask(engine, 'people.seeAs', { user: null });
  expect(await seen('engagement')).toHaveLength(3);
  await becomes(engine, id('Ann'));
  await expect(ask(engine, 'people.seeAs', { user: id('Root') })).rejects.toMatchObject({ code: 'permission' });
});
