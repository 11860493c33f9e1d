import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type Central, type TestDevice } from '../test/support/central.ts';

let central: Central;
let root: TestDevice;
const devices = new Map<string, TestDevice>();
const ids = new Map<string, string>();
const idOf = (name: string): string => ids.get(name) ?? '';
const deviceOf = (name: string): TestDevice => {
  const device = devices.get(name);
  if (device === undefined) throw new Error(`there is no ${name}`);
  return device;
};

/*
 * Two domains, north and south, in one workspace; chief is tied to none. Each domain has an administrator and an agent, who own an account.
 */
beforeAll(async () => {
  central = await openCentral();
  await central.person('chief', { roles: ['administrator'] });
  root = await central.device('chief');
  for (const domain of ['north', 'south']) ids.set(domain, await root.create('domain', { name: domain }));
  for (const domain of ['north', 'south'])
    for (const [role, name] of [
      ['administrator', `${domain} admin`],
      ['successManager', `${domain} agent`],
    ] as const) {
      ids.set(name, await central.person(name, { roles: [role] }));
      await root.pull();
      const tied = await root.update('user', idOf(name), { domain: idOf(domain) });
      if (tied.error) throw new Error(tied.error.message);
      devices.set(name, await central.device(name));
    }
  for (const domain of ['north', 'south']) {
    const owner = idOf(`${domain} agent`);
    const account = await root.create('account', { name: domain, owner, domain: idOf(domain) });
    ids.set(`${domain} account`, account);
    ids.set(`${domain} engagement`, await root.create('engagement', { title: domain, account, csm: owner }));
  }
  ids.set('open account', await root.create('account', { name: 'open', owner: root.user }));
});
afterAll(() => central.close());

const held = (device: TestDevice) => {
  const of = new Set([...device.rows.values()].filter(({ values }) => values !== undefined).map(({ id }) => id));
  return [...ids]
    .filter(([, id]) => of.has(id))
    .map(([name]) => name)
    .toSorted();
};

test.each([
  ['north admin', ['north', 'north account', 'north admin', 'north agent', 'north engagement']],
  ['north agent', ['north', 'north account', 'north admin', 'north agent', 'north engagement']],
  ['south admin', ['south', 'south account', 'south admin', 'south agent', 'south engagement']],
])('BR-42 SYN-06 %s has what is of the domain: records, people, the domain itself', async (name, expected) => {
  await deviceOf(name).pull();
  expect(held(deviceOf(name))).toEqual(expected);
});

test('BR-42 who is tied to no domain and sees all has everything', async () => {
  await root.pull();
  expect(held(root)).toEqual([...ids.keys()].toSorted());
});

test('BR-42 an administrator of one domain changes nothing of another, as if it were not there', async () => {
  const admin = deviceOf('north admin');
  const foreign = await admin.send([
    {
      action: 'update',
      table: 'account',
      id: idOf('south account'),
      patch: { name: 'x' },
      base: { version: 1, fields: { name: 'south' } },
    },
  ]);
  const never = await admin.send([
    { action: 'update', table: 'account', id: central.newId(), patch: { name: 'x' }, base: { version: 1, fields: { name: 'south' } } },
  ]);
  expect([foreign.outcome, foreign.error?.message]).toEqual(['refused', never.error?.message]);
  expect((await admin.update('account', idOf('north account'), { name: 'north again' })).outcome).toBe('applied');
  const { body } = await admin.call('GET', '/v1/checksums');
  const scopes = Object.keys((body as { checksums: object }).checksums);
  expect(scopes).toContain(`account:${idOf('north account')}`);
  expect(scopes).not.toContain(`account:${idOf('south account')}`);
});

test('S9 BR-42 an account that comes into a domain is filled for its administrator and forgotten when it leaves', async () => {
  const admin = deviceOf('south admin');
  const account = await root.create('account', { name: 'moving', owner: root.user });
  const engagement = await root.create('engagement', { title: 'moving', account, csm: root.user });
  await root.pull();
  await admin.pull();
  expect(admin.row('account', account)).toBeUndefined();
  await root.update('account', account, { domain: idOf('south') });
  await admin.pull();
  expect([admin.row('account', account), admin.row('engagement', engagement)].every((row) => row !== undefined)).toBe(true);
  await root.pull();
  await root.update('account', account, { domain: null }, { domain: idOf('south') });
  await admin.pull();
  expect([admin.row('account', account), admin.row('engagement', engagement)]).toEqual([undefined, undefined]);
});

test('S9 BR-42 a person of another domain is forgotten; who comes into another domain loads anew', async () => {
  const agent = deviceOf('north agent');
  const guest = await central.person('guest');
  await agent.pull();
  expect(agent.row('user', guest)).toBeDefined();
  await root.pull();
  await root.update('user', guest, { domain: idOf('south') });
  await agent.pull();
  expect(agent.row('user', guest)).toBeUndefined();
  const device = await central.device('guest');
  await device.pull();
  await root.pull();
  await root.update('user', guest, { domain: idOf('north') });
  expect((await device.call('GET', `/v1/pull?cursor=${encodeURIComponent(device.cursor() ?? '')}`)).status).toBe(410);
});
