import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, becomes } from '../../../test/support/call-as.ts';
import { add, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import type { Engine } from '../engine.ts';

let engine: Engine;
const ids: Record<string, string> = {};
const id = (name: string): string => ids[name] ?? name;
const window = { offset: 0, limit: 100 };

beforeEach(async () => {
  engine = await engineAsOf('2025-06-15');
  await change(engine, (draft) => {
    ids['north'] = draft.create('domain', { name: 'North' });
    ids['south'] = draft.create('domain', { name: 'South' });
    ids['root'] = draft.create('user', { name: 'Root', roles: ['administrator'] });
    ids['nora'] = draft.create('user', { name: 'Nora', roles: ['administrator'], domain: id('north') });
    ids['sam'] = draft.create('user', { name: 'Sam', roles: ['successAgent'], domain: id('south') });
    ids['acme'] = draft.create('account', { name: 'Acme', domain: id('north') });
    ids['zeta'] = draft.create('account', { name: 'Zeta', domain: id('south'), owner: id('sam') });
    ids['care'] = draft.create('engagement', { title: 'Acme Care', account: id('acme') });
    ids['zcare'] = draft.create('engagement', { title: 'Zeta Care', account: id('zeta') });
    ids['call'] = draft.create('touchpoint', { subject: 'Zeta call', engagement: id('zcare') });
  });
});
afterEach(() => engine.close());

test('BR-42 domains are kept apart in lists, figures and reports, for administrators too', async () => {
  await becomes(engine, id('nora'));
  expect(await ask(engine, 'portfolio.overview', {})).toMatchObject({ total: 1 });
  expect((await ask(engine, 'records.list', { table: 'engagement', window })).rows.map(({ label }) => label)).toEqual(['Acme Care']);
  expect((await ask(engine, 'records.list', { table: 'user', window })).rows.map(({ label }) => label).toSorted()).toEqual([
    'Nora',
    'Root',
  ]);
  expect((await ask(engine, 'records.list', { table: 'domain', window })).total).toBe(1);
  await expect(ask(engine, 'records.get', { table: 'touchpoint', id: id('call') })).rejects.toMatchObject({ code: 'not-found' });
  await becomes(engine, id('root'));
  expect(await ask(engine, 'portfolio.overview', {})).toMatchObject({ total: 2 });
});

test('BR-42 the domain of a record is that of its account, and follows it', async () => {
  const domainOf = async () => (await ask(engine, 'records.get', { table: 'touchpoint', id: id('call') })).derived['domain'];
  expect(await domainOf()).toBe('South');
  const east = await add(engine, 'domain', { name: 'East' });
  await change(engine, (draft) => {
    draft.update('user', id('sam'), { domain: null });
    draft.update('account', id('zeta'), { domain: east });
  });
  expect(await domainOf()).toBe('East');
  const { total } = await ask(engine, 'records.list', {
    table: 'touchpoint',
    condition: { field: 'domain', op: 'is', value: 'East' },
    window,
  });
  expect(total).toBe(1);
});

test('BR-42 what someone of a domain adds is that domain’s', async () => {
  await becomes(engine, id('sam'));
  const { id: made } = await ask(engine, 'records.create', { table: 'account', values: { name: 'New' } });
  expect(engine.context.view.get('account', made)).toMatchObject({ domain: id('south') });
  await expect(ask(engine, 'records.create', { table: 'account', values: { name: 'Other', domain: id('north') } })).rejects.toMatchObject({
    code: 'validation',
  });
  expect((await ask(engine, 'records.list', { table: 'account', window })).rows.map(({ label }) => label).toSorted()).toEqual([
    'New',
    'Zeta',
  ]);
});

test('BR-42 rows that an import holds back belong to no domain yet', async () => {
  const row = await add(engine, 'heldRow', { file: 'a.csv', line: 2, intoTable: 'account', cells: ['x'], problems: [], batch: 'b' });
  const { derived } = await ask(engine, 'records.get', { table: 'heldRow', id: row });
  expect(derived).not.toHaveProperty('domain');
});
