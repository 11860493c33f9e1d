import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refTo } from '#shared/model/any-reference.ts';
import type { Operation } from '#shared/contract/sync-contract.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { openCentral, type Central, type TestDevice } from '../../test/support/central.ts';
import { openTestDatabase } from '../../test/support/embedded.ts';
import { sql, type Storage } from '../storage/storage.ts';

/* What a customer sees is worked out anew only where a change may concern them; whether it may is held against working it out each time. */

let central: Central;
let chief: TestDevice;
let cora: TestDevice;
let ran: string[] = [];
const ids: Record<'account' | 'engagement' | 'contact', string[]> = { account: [], engagement: [], contact: [] };
let user: string;

/** Notes which statements are run. */
function listening(storage: Storage): Storage {
  return {
    ...storage,
    transaction: (tenant, isolation, work) =>
      storage.transaction(tenant, isolation, (on) =>
        work({
          run: (statement, params) => {
            ran.push(statement.name);
            return on.run(statement, params);
          },
        }),
      ),
  };
}
const looksAnew = (): boolean => ran.includes('customer-records');

beforeAll(async () => {
  central = await openCentral(listening(await openTestDatabase()));
  await central.person('chief', { roles: ['administrator'] });
  user = await central.person('cora', { roles: ['customer'] });
  [chief, cora] = [await central.device('chief'), await central.device('cora')];
  for (const at of [0, 1, 2]) {
    const account = await chief.create('account', { name: `Account ${at}`, owner: chief.user });
    const contact = await chief.create('contact', { name: `Contact ${at}`, account, ...(at === 0 ? { user } : {}) });
    const engagement = await chief.create('engagement', { title: `Care ${at}`, account, csm: chief.user, keyContact: contact });
    ids.account.push(account);
    ids.contact.push(contact);
    ids.engagement.push(engagement);
  }
  await chief.pull();
  await cora.pull();
});
afterAll(() => central.close());
beforeEach(() => {
  ran = [];
});

const held = () => [...cora.rows.values()].map(({ table, id, version }) => `${table}/${id} ${version}`).toSorted();
const forget = sql('test-look-anew', 'update customer_reach set head = 0, read_head = 0 where tenant = $1');

test('REC-33 S9 changes that do not concern a customer cost a look at their numbers, and no more', async () => {
  const [, elsewhere = ''] = ids.engagement;
  for (let calls = 0; calls < 3; calls += 1)
    await chief.create('touchpoint', { subject: 'Call', engagement: elsewhere, heldOn: '2026-05-01' });
  await chief.create('account', { name: 'One more', owner: chief.user });
  ran = [];
  const before = held();
  await cora.pull();
  expect([looksAnew(), held()]).toEqual([false, before]);
  const [own = ''] = ids.engagement;
  await chief.pull();
  await chief.update('engagement', own, { title: 'Care of hers' });
  await cora.pull();
  expect([looksAnew(), cora.row('engagement', own)?.values?.['title']]).toEqual([true, 'Care of hers']);
});

test('REC-33 S9 whatever changes, what was worked out is what she would see if all of it were looked at anew', async () => {
  let state = 42;
  const any = <T>(list: readonly T[]): T => {
    state = (state * 16_807) % 2_147_483_647;
    const one = list[Math.floor((state / 2_147_483_647) * list.length)];
    if (one === undefined) throw new TypeError('nothing to choose from');
    return one;
  };
  const made: { readonly table: TableName; readonly id: string }[] = [];
  const create = (table: TableName, values: Readonly<Record<string, unknown>>): Operation => {
    const id = central.newId();
    made.push({ table, id });
    if (table === 'engagement') ids.engagement.push(id);
    return { action: 'create', table, id, values };
  };
  const update = (table: 'account' | 'engagement' | 'contact', patch: Readonly<Record<string, unknown>>): Operation => {
    const id = any(ids[table]);
    const row = chief.row(table, id);
    return { action: 'update', table, id, patch, base: { version: row?.version ?? 0, fields: row?.values ?? {} } };
  };
  const deeds: readonly (() => Operation)[] = [
    () => update('engagement', { keyContact: null }),
    () => update('engagement', { keyContact: any(ids.contact) }),
    () => {
      const at = any([0, 1, 2]);
      return update('engagement', { account: ids.account[at], keyContact: any([ids.contact[at], null]) });
    },
    () => update('engagement', { title: `Care ${state}` }),
    () => update('contact', { user: any([user, null]) }),
    () => update('contact', { account: any(ids.account) }),
    () => update('account', { owner: any([chief.user, null]), name: `Account ${state}` }),
    () =>
      create('customerTeamMember', {
        about: refTo(any(['engagement', 'account'] as const), any(ids.engagement)),
        contact: any(ids.contact),
      }),
    () => create('customerTeamMember', { about: refTo('engagement', any(ids.engagement)), contact: any(ids.contact) }),
    () => {
      const at = any([0, 1, 2]);
      return create('engagement', { title: 'New', account: ids.account[at], csm: chief.user, keyContact: ids.contact[at] });
    },
    () =>
      create('touchpoint', {
        subject: 'Call',
        engagement: any(ids.engagement),
        heldOn: '2026-05-01',
        category: 'general',
      }),
    () => {
      const { table, id } = made.length === 0 ? { table: 'engagement' as const, id: any(ids.engagement) } : any(made);
      return { action: 'delete', table, id, base: { version: 1_000 } };
    },
  ];
  const applied = new Set<number>();
  let skipped = 0;
  for (let step = 0; step < 160; step += 1) {
    const which = deeds.indexOf(any(deeds));
    const { outcome } = await chief.send([(deeds[which] ?? any(deeds))()]);
    if (outcome === 'refused') continue;
    applied.add(which);
    await chief.pull();
    ran = [];
    await cora.pull();
    if (!looksAnew()) skipped += 1;
    const found = held();
    await central.storage.transaction('acme', 'write', (on) => on.run(forget, ['acme']));
    const pages = await cora.pull();
    expect([step, pages.flatMap(({ rows, forgetRows }) => [...rows, ...forgetRows]), held()]).toEqual([step, [], found]);
  }
  expect([applied.size, skipped > 5]).toEqual([deeds.length, true]);
});
