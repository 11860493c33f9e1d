import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { openNodeEngine } from './node-engine.ts';

test('INT-06 an engine on Node answers its client, and a command ID is answered once even by the next engine', async () => {
  const indexedDB = new IDBFactory();
  const first = await openNodeEngine({ indexedDB });
  const input = { table: 'account', values: { name: 'Acme' } } as const;
  const done = await first.client.command('records.create', input, { commandId: 'typed-once' });
  expect(first.context.view.get('account', done.id)).toMatchObject({ name: 'Acme' });
  await first.close();

  const second = await openNodeEngine({ indexedDB });
  await expect(second.client.command('records.create', input, { commandId: 'typed-once' })).resolves.toMatchObject({
    changeSetId: done.changeSetId,
    id: done.id,
  });
  expect(second.context.view.count('account')).toBe(1);
  await second.close();
});

test('a refusal names what is wrong', async () => {
  const { client, close } = await openNodeEngine();
  await expect(client.command('records.create', { table: 'account', values: {} })).rejects.toMatchObject({ code: 'validation' });
  await close();
});
