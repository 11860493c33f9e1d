import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { openEngine, type Engine } from '../engine.ts';

const create = async (engine: Engine, table: Parameters<typeof createIn>[1], values: Record<string, unknown>) =>
  (await createIn(engine, table, values)).id;
const createIn = (
  engine: Engine,
  table: 'account' | 'contact' | 'engagement' | 'user' | 'supportTicket',
  values: Record<string, unknown>,
) => call(engine, 'records.create', { table, values });
const labels = (output: { readonly rows: readonly { readonly label: string }[] }) => output.rows.map((row) => row.label);

async function withAccounts(): Promise<{ readonly engine: Engine; readonly ids: Record<string, string> }> {
  const engine = await openEngine(memoryHost());
  const ids: Record<string, string> = {};
  const zoe = await create(engine, 'user', { name: 'Zoë' });
  const adam = await create(engine, 'user', { name: 'Adam' });
  for (const [name, values] of Object.entries({
    'Ärzte AG': { cadenceTier: 'nurture', owner: zoe, employees: 20 },
    'beta Ltd': { cadenceTier: 'strategic', owner: adam, employees: 100, country: 'Germany' },
    'Alpha Inc': { employees: 3, country: 'Germany' },
    'Gamma GmbH': { cadenceTier: 'growth', owner: adam },
  }))
    ids[name] = await create(engine, 'account', { name, ...values });
  return { engine, ids };
}

test('a list is filtered, put in order by texts, choices, labels of references and numbers, and cut into windows', async () => {
  const { engine } = await withAccounts();
  const list = (sort: { field: string; direction: 'up' | 'down' }[], more = {}) =>
    call(engine, 'records.list', { table: 'account', sort, window: { offset: 0, limit: 10 }, ...more });
  expect(labels(await list([{ field: 'name', direction: 'up' }]))).toEqual(['Alpha Inc', 'Ärzte AG', 'beta Ltd', 'Gamma GmbH']);
  expect(labels(await list([{ field: 'employees', direction: 'down' }]))).toEqual(['beta Ltd', 'Ärzte AG', 'Alpha Inc', 'Gamma GmbH']);
  const tiers = await list([{ field: 'cadenceTier', direction: 'up' }]);
  expect(labels(tiers)).toEqual(['beta Ltd', 'Gamma GmbH', 'Ärzte AG', 'Alpha Inc']);
  const owners = await list([
    { field: 'owner', direction: 'up' },
    { field: 'name', direction: 'down' },
  ]);
  expect(labels(owners)).toEqual(['Gamma GmbH', 'beta Ltd', 'Ärzte AG', 'Alpha Inc']);
  expect(
    Object.values(owners.refs)
      .map((ref) => ref.label)
      .toSorted(),
  ).toEqual(['Adam', 'Zoë']);
  const german = { condition: { field: 'country', op: 'is', value: 'germany' } } as const;
  expect(labels(await list([{ field: 'name', direction: 'down' }], german))).toEqual(['beta Ltd', 'Alpha Inc']);
  expect(labels(await list([], { search: 'arzt' }))).toEqual(['Ärzte AG']);
  const window = await call(engine, 'records.list', {
    table: 'account',
    sort: [{ field: 'name', direction: 'up' }],
    window: { offset: 1, limit: 2 },
  });
  expect([window.total, labels(window)]).toEqual([4, ['Ärzte AG', 'beta Ltd']]);
  await expect(list([{ field: 'nothing', direction: 'up' }])).rejects.toMatchObject({ code: 'validation' });
  await engine.close();
});

test('a list shows a change at once', async () => {
  const { engine, ids } = await withAccounts();
  const list = () =>
    call(engine, 'records.list', { table: 'account', sort: [{ field: 'name', direction: 'up' }], window: { offset: 0, limit: 1 } });
  expect(labels(await list())).toEqual(['Alpha Inc']);
  await call(engine, 'records.update', { table: 'account', id: ids['Gamma GmbH'] ?? '', patch: { name: 'Aaa' } });
  expect(labels(await list())).toEqual(['Aaa']);
  await engine.close();
});

test('a record comes with the labels of what it refers to, its derived fields and what points to it', async () => {
  const { engine, ids } = await withAccounts();
  const account = ids['beta Ltd'] ?? '';
  for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) await create(engine, 'contact', { name, account });
  const got = await call(engine, 'records.get', { table: 'account', id: account });
  expect(got).toMatchObject({ label: 'beta Ltd', derived: { openTickets: 0 } });
  expect(Object.values(got.refs)).toMatchObject([{ table: 'user', label: 'Adam' }]);
  const { lists } = await call(engine, 'records.related', { table: 'account', id: account });
  expect(lists).toMatchObject([{ table: 'contact', field: 'account', label: 'Contacts', count: 6 }]);
  expect(lists[0]?.first.map((ref) => ref.label)).toEqual(['F', 'E', 'D', 'C', 'B']);
  await expect(call(engine, 'records.get', { table: 'account', id: 'gone' })).rejects.toMatchObject({ code: 'not-found' });
  await engine.close();
});

test('the activity of a record says who changed what, old and new, newest first, undone steps included', async () => {
  const { engine, ids } = await withAccounts();
  const id = ids['beta Ltd'] ?? '';
  await call(engine, 'records.update', { table: 'account', id, patch: { country: 'France', city: 'Paris' } }, { actor: 'user-2' });
  await call(engine, 'records.undo', {}, { actor: 'user-2' });
  const { entries } = await call(engine, 'records.activity', { table: 'account', id, limit: 10 });
  expect(
    entries.map(({ by, step, label, changes }) => [by, step, label, changes.map((one) => [one.field, one.before, one.after])]),
  ).toEqual([
    [
      'user-2',
      'undo',
      'Change account',
      [
        ['country', 'France', 'Germany'],
        ['city', 'Paris', null],
      ],
    ],
    [
      'user-2',
      'do',
      'Change account',
      [
        ['country', 'Germany', 'France'],
        ['city', null, 'Paris'],
      ],
    ],
    ['user-1', 'do', 'Create account', []],
  ]);
  expect(await call(engine, 'records.undoable', {}, { actor: 'user-2' })).toEqual({ redo: 'Change account' });
  await engine.close();
});

test('REC-02 an edit of a field that someone else has changed meanwhile is a conflict; other fields go in', async () => {
  const { engine, ids } = await withAccounts();
  const id = ids['beta Ltd'] ?? '';
  await call(engine, 'records.update', { table: 'account', id, patch: { country: 'France' }, baseRev: 1 }, { actor: 'user-2' });
  const late = (patch: Record<string, unknown>, actor = 'user-1') =>
    call(engine, 'records.update', { table: 'account', id, patch, baseRev: 1 }, { actor });
  await expect(late({ country: 'Spain' })).rejects.toMatchObject({ code: 'conflict', details: { field: 'country' } });
  await late({ city: 'Lyon' });
  await late({ country: 'Italy' }, 'user-2');
  expect(engine.context.view.get('account', id)).toMatchObject({ country: 'Italy', city: 'Lyon', rev: 4 });
  await engine.close();
});

test('UX-02 search finds by number, by the beginning of words, with typing mistakes, best first, and follows changes', async () => {
  const { engine, ids } = await withAccounts();
  const account = ids['beta Ltd'] ?? '';
  const engagement = await create(engine, 'engagement', { title: 'Beta rollout', account });
  await create(engine, 'contact', { name: 'Betty Miller', account });
  const find = async (text: string) => (await call(engine, 'records.find', { text, limit: 5 })).found.map((ref) => ref.label);
  expect(await find('acc2')).toEqual(['beta Ltd']);
  expect(await find('bet')).toEqual(['Beta rollout', 'beta Ltd', 'Betty Miller']);
  expect(await find('rolout beta')).toEqual(['Beta rollout']);
  expect(await find('arzte')).toEqual(['Ärzte AG']);
  expect(await find('zzz')).toEqual([]);
  await call(engine, 'records.update', { table: 'engagement', id: engagement, patch: { title: 'Renewal talk' } });
  expect(await find('rollout')).toEqual([]);
  expect(await find('renew')).toEqual(['Renewal talk']);
  const { found } = await call(engine, 'records.lookup', { table: 'account', text: 'gama', limit: 5 });
  expect(found.map((ref) => ref.label)).toEqual(['Gamma GmbH']);
  const all = await call(engine, 'records.lookup', { table: 'account', text: '', limit: 2 });
  expect(all.found.map((ref) => ref.label)).toEqual(['Alpha Inc', 'Ärzte AG']);
  await engine.close();
});

test('BR-02 BR-03 closing, cancelling and reopening go through the life cycle and can be undone', async () => {
  const { engine, ids } = await withAccounts();
  const id = await create(engine, 'engagement', { title: 'E', account: ids['beta Ltd'] });
  const row = () => engine.context.view.get('engagement', id);
  await expect(call(engine, 'records.close', { table: 'engagement', id, closureCode: 'completed', closeNotes: ' ' })).rejects.toMatchObject(
    { code: 'rule', details: { rule: 'BR-02' } },
  );
  await call(engine, 'records.close', { table: 'engagement', id, closureCode: 'completed', closeNotes: 'All done' });
  expect(row()).toMatchObject({ state: 'closed', closureCode: 'completed', closeNotes: 'All done', active: false });
  await call(engine, 'records.reopen', { table: 'engagement', id });
  expect(row()).toMatchObject({ state: 'inProgress', active: true });
  expect(row()).not.toHaveProperty('closureCode');
  await call(engine, 'records.undo', {});
  expect(row()).toMatchObject({ state: 'closed', closureCode: 'completed', closeNotes: 'All done', active: false });
  await call(engine, 'records.undo', {});
  expect(row()).toMatchObject({ state: 'new', active: true });
  await engine.close();
});

test('settings change what today is, and say what does not fit', async () => {
  const host = memoryHost();
  const engine = await openEngine(host);
  host.setNow('2026-03-01T23:30:00.000Z');
  const status = () => call(engine, 'workspace.status', {});
  expect(await status()).toMatchObject({ today: '2026-03-01', asOfSet: false, empty: true, storage: { health: 'good' } });
  await call(engine, 'workspace.set', { key: 'timeZone', value: 'Europe/Berlin' });
  expect(await status()).toMatchObject({ today: '2026-03-02', settings: { timeZone: 'Europe/Berlin' } });
  await call(engine, 'workspace.set', { key: 'asOf', value: '2024-12-31' });
  const account = await create(engine, 'account', { name: 'A' });
  for (const day of ['2024-12-30', '2025-01-07'])
    await create(engine, 'supportTicket', { account, subject: 'T', submittedAt: `${day}T10:00:00Z` });
  expect(await status()).toMatchObject({ today: '2024-12-31', asOfSet: true, dataAsOf: '2024-12-30', empty: false });
  await call(engine, 'workspace.set', { key: 'asOf', value: null });
  expect(await status()).toMatchObject({ today: '2026-03-02', dataAsOf: '2025-01-07' });
  await expect(call(engine, 'workspace.set', { key: 'asOf', value: 'soon' })).rejects.toMatchObject({ code: 'validation' });
  await expect(call(engine, 'workspace.set', { key: 'nothing', value: 1 })).rejects.toMatchObject({ code: 'validation' });
  await engine.close();
});
