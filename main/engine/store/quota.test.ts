import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, expect, test } from 'vitest';
import { memoryHost } from '../../../test/support/memory-host.ts';
import type { CommandMeta } from '../context.ts';
import { openEngine } from '../engine.ts';

type Put = (this: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest<IDBValidKey>;
// the descriptor's value is the method itself
const original = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value as Put;
const restore = () => {
  IDBObjectStore.prototype.put = original;
};
afterEach(restore);

let commands = 0;
const by = (label: string, changes: Partial<CommandMeta> = {}): CommandMeta => {
  commands += 1;
  return { commandId: `quota-${commands}`, actor: 'user-1', label, ...changes };
};

/** From now on the disk is full after so many rows. */
function fillAfter(rows: number): void {
  let left = rows;
  IDBObjectStore.prototype.put = function (value, key) {
    const request = original.call(this, value, key);
    left -= 1;
    // what a browser does by itself
    if (left === 0) (this.transaction as unknown as { _abort: (name: string) => void })._abort('QuotaExceededError');
    return request;
  };
}

test('on a full disk a command is refused as `quota`, nothing of it is kept, and the next one works once there is space', async () => {
  const host = memoryHost();
  const engine = await openEngine(host);
  const { records, view, history } = engine.context;
  const large = by('Large');
  const many = () =>
    records.run(large, (draft) => {
      const account = draft.create('account', { name: 'Acme' });
      for (let at = 0; at < 300; at += 1) draft.create('contact', { name: `Contact ${at}`, account });
    });
  fillAfter(120);
  await expect(many()).rejects.toMatchObject({ code: 'quota', message: expect.stringContaining('Nothing was changed') });
  expect([view.count('account'), view.count('contact'), await history.headers()]).toEqual([0, 0, []]);
  restore();
  // the same command, tried again
  await many();
  expect(view.count('contact')).toBe(300);
  expect([...view.all('contact')].at(-1)?.number).toBe('CON0000300');
  await engine.close();
  const again = await openEngine(memoryHost({ indexedDB: host.indexedDB }));
  expect([again.context.view.count('contact'), (await again.context.history.headers()).length]).toEqual([300, 1]);
  await again.close();
});

test('UX-05 a large command tells its progress and, cancelled while it is saved, leaves nothing behind', async () => {
  const engine = await openEngine(memoryHost());
  const { records, view } = engine.context;
  const cancel = new AbortController();
  const steps: string[] = [];
  const work = records.run(
    by('Large', {
      signal: cancel.signal,
      progress: ({ step, done, total }) => {
        steps.push(`${step} ${done}/${total}`);
        if (done === 401) cancel.abort();
      },
    }),
    (draft) => {
      const account = draft.create('account', { name: 'Acme' });
      for (let at = 0; at < 5000; at += 1) draft.create('contact', { name: `Contact ${at}`, account });
    },
  );
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  expect(steps).toEqual(['Saving 0/5001', 'Saving 1/5001', 'Saving 401/5001']);
  expect(view.count('contact')).toBe(0);
  await records.run(by('Small'), (draft) => draft.create('account', { name: 'Next' }));
  expect([...view.all('account')].map((account) => account.number)).toEqual(['ACC0000001']);
  await engine.close();
});
