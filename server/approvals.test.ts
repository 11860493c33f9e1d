import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type Central, type TestDevice } from '../test/support/central.ts';

let central: Central;
let asker: TestDevice;
let approver: TestDevice;
let other: TestDevice;
let root: TestDevice;
let account: string;
beforeAll(async () => {
  central = await openCentral();
  await central.person('asker');
  // a role that may change nothing: who is asked decides all the same
  await central.person('approver', { roles: ['viewer'] });
  await central.person('other');
  await central.person('chief', { roles: ['administrator'] });
  [asker, approver, other, root] = [
    await central.device('asker'),
    await central.device('approver'),
    await central.device('other'),
    await central.device('chief'),
  ];
  account = await asker.create('account', { name: 'Acme', owner: asker.user });
  // so that they have the account as well
  await asker.create('engagement', { title: 'Care', account, csm: other.user });
});
afterAll(() => central.close());

async function approval(): Promise<string> {
  const id = await asker.create('approval', { about: `account/${account}`, approver: approver.user, requestedBy: asker.user });
  for (const device of [asker, approver, other, root]) await device.pull();
  return id;
}
const decided = { state: 'approved', reason: 'Fine' };

test('REC-34 of an approval only whom it names decides, whatever their roles, or an administrator', async () => {
  const first = await approval();
  for (const device of [asker, other])
    expect((await device.update('approval', first, decided)).error).toMatchObject({
      code: 'permission',
      message: 'Only the approver decides on an approval. Ask approver or an administrator.',
      details: { rule: 'REC-34', field: 'state', recordId: first },
    });
  expect((await approver.update('approval', first, decided)).outcome).toBe('applied');
  const second = await approval();
  expect((await root.update('approval', second, { state: 'rejected', reason: 'No' })).outcome).toBe('applied');
});

test('REC-34 nobody appoints themselves afterwards, nor makes a decision of somebody else’s', async () => {
  const id = await approval();
  const appointed = await other.update('approval', id, { approver: other.user });
  expect(appointed.error).toMatchObject({ code: 'permission', details: { rule: 'REC-34', field: 'approver' } });
  const both = await other.update('approval', id, { approver: other.user, ...decided });
  expect(both.error).toMatchObject({ code: 'permission' });
  const made = await asker.send([
    {
      action: 'create',
      table: 'approval',
      id: central.newId(),
      values: { about: `account/${account}`, approver: approver.user, ...decided },
    },
  ]);
  expect(made.error).toMatchObject({ code: 'permission', details: { rule: 'REC-34' } });
  // more than the decision needs the role for it
  expect((await approver.update('approval', id, { ...decided, dueDate: '2026-06-01' })).error).toMatchObject({ code: 'permission' });
});
