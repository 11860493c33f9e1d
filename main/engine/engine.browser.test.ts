import { expect, test, vi } from 'vitest';
import { engineSuite } from '../../test/support/engine-suite.ts';
import type { CommandMeta } from './context.ts';
import { openEngine } from './engine.ts';
import type { Host } from './host/host.ts';
import { createWorkerHost } from './host/worker-host.ts';

let databases = 0;
const hostOn = (databaseName: string): Host =>
  createWorkerHost({ t: 'start', databaseName, host: 'browser', deviceId: 'device-one', storeExpected: false }, undefined, () => undefined);
const newHost = (): Host => {
  databases += 1;
  return hostOn(`engine-${databases}`);
};
let commands = 0;
const by = (label: string): CommandMeta => {
  commands += 1;
  return { commandId: `browser-${commands}`, actor: 'user-1', label };
};

engineSuite({ first: newHost, again: ({ databaseName }) => hostOn(databaseName) });

test('what a person changes is flushed to the disk before it is answered; the start-up image is not', async () => {
  // Dexie takes the method along when it opens
  const spy = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const engine = await openEngine(newHost());
  spy.mockClear();
  await engine.context.records.run(by('Create'), (draft) => draft.create('account', { name: 'Acme' }));
  await engine.makeImage();
  await engine.close();
  const asked = spy.mock.calls.flatMap(([stores, mode, options]) =>
    mode === 'readwrite' ? [{ stores: typeof stores === 'string' ? [stores] : [...stores], durability: options?.durability }] : [],
  );
  spy.mockRestore();
  expect(asked.map(({ stores, durability }) => [stores.includes('r_account') ? 'records' : stores.join(), durability])).toEqual([
    ['records', 'strict'],
    ['image', 'relaxed'],
  ]);
});
