import { expect, test } from 'vitest';
import { scriptedCentral } from '../../../test/support/scripted-central.ts';
import { openEngine } from '../engine.ts';
import { createWorkerHost } from '../host/worker-host.ts';

const ROWS = 3_000;
const stamp = { createdAt: '2026-01-01T00:00:00.000Z', createdBy: 'kim', updatedAt: '2026-01-01T00:00:00.000Z', updatedBy: 'kim' };
const hostOn = (databaseName: string) =>
  createWorkerHost({ t: 'start', databaseName, host: 'browser', deviceId: 'browser', storeExpected: false }, undefined, () => undefined);

test('SYN-01 in a real browser: loaded, worked on, restarted, sent', async () => {
  const rows = Array.from({ length: ROWS }, (_, at) => ({
    table: 'account',
    id: `account-${String(at).padStart(5, '0')}`,
    version: 1,
    scope: `account:account-${String(at).padStart(5, '0')}`,
    values: { ...stamp, name: `Account ${at}`, owner: 'kim' },
  }));
  const user = { table: 'user', id: 'kim', version: 1, scope: 'shared', values: { ...stamp, name: 'Kim' } };
  const central = scriptedCentral('kim', [user, ...rows], 1_000);
  const host = hostOn('sync-browser');
  const engine = await openEngine(host, central);
  await engine.sync.signIn({ server: 'https://central.example', tenant: 'acme', login: 'kim', password: 'x', deviceName: 'Browser' });
  await engine.sync.once();
  expect(engine.context.view.count('account')).toBe(ROWS);
  const rename = { commandId: 'rename', actor: 'kim', label: 'Rename' };
  await engine.context.records.run(rename, (draft) => draft.update('account', 'account-00007', { name: 'Renamed' }));
  expect(engine.sync.status()).toMatchObject({ state: 'idle', pending: 1 });
  await engine.close();

  const again = await openEngine(host, central);
  expect(again.context.view.get('account', 'account-00007')).toMatchObject({ name: 'Renamed' });
  expect(again.sync.status()).toMatchObject({ pending: 1 });
  expect(again.sync.queue.known.size()).toBe(ROWS + 1);
  await again.sync.once();
  expect(central.taken).toMatchObject([
    { seq: 1, operations: [{ action: 'update', patch: { name: 'Renamed' }, base: { version: 1, fields: { name: 'Account 7' } } }] },
  ]);
  expect(again.sync.status()).toMatchObject({ state: 'idle', pending: 0 });
  expect(again.sync.store.sync.under('shadow/')).toEqual([]);
  await again.close();
});
