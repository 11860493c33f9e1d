import { expect, test } from 'vitest';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { memoryJournal } from '../../../test/support/memory-journal.ts';
import type { CommandMeta } from '../context.ts';
import { openEngine } from '../engine.ts';

let commands = 0;
const by = (label: string, changes: Partial<CommandMeta> = {}): CommandMeta => {
  commands += 1;
  return { commandId: `writer-${commands}`, actor: 'user-1', label, ...changes };
};

test('screens hear of a change once it is saved; the command is answered once its second copy is on the disk too', async () => {
  const journal = memoryJournal();
  const events: string[] = [];
  const slow = Promise.withResolvers<void>();
  const append: typeof journal.append = async (entry) => {
    events.push('second copy begun');
    await slow.promise;
    await journal.append(entry);
    events.push('second copy on the disk');
  };
  const engine = await openEngine(memoryHost({ journal: { ...journal, append } }));
  const heard = Promise.withResolvers<void>();
  engine.context.feed.subscribe(() => {
    events.push('heard');
    heard.resolve();
  });
  const done = engine.context.records
    .run(by('Create'), (draft) => draft.create('account', { name: 'Acme' }))
    .then(() => events.push('answered'));
  await heard.promise;
  expect(engine.context.view.count('account')).toBe(1);
  slow.resolve();
  await done;
  expect(events).toEqual(['heard', 'second copy begun', 'second copy on the disk', 'answered']);
  await engine.close();
});

test('closing waits for the commands that are under way', async () => {
  const host = memoryHost();
  const engine = await openEngine(host);
  const names = ['A', 'B', 'C'];
  const all = names.map((name) => engine.context.records.run(by('Create'), (draft) => draft.create('account', { name })));
  await engine.close();
  await Promise.all(all);
  const again = await openEngine(memoryHost({ indexedDB: host.indexedDB }));
  expect([...again.context.view.all('account')].map((account) => account.name)).toEqual(names);
  await again.close();
});

test('REC-37 undoing a large import tells its progress, and cancelled it undoes nothing', async () => {
  const engine = await openEngine(memoryHost());
  const { records, undo, view } = engine.context;
  await records.run(by('Import'), (draft) => {
    const account = draft.create('account', { name: 'Acme' });
    for (let at = 0; at < 2500; at += 1) draft.create('contact', { name: `Contact ${at}`, account });
  });
  const cancel = new AbortController();
  const steps: number[] = [];
  const progress: CommandMeta['progress'] = ({ done, total }) => {
    steps.push(done);
    expect(total).toBe(2501);
    if (done > 0) cancel.abort();
  };
  await expect(undo.undo(by('', { signal: cancel.signal, progress }))).rejects.toMatchObject({ code: 'cancelled' });
  expect(steps.length).toBeGreaterThan(1);
  expect(view.count('contact')).toBe(2500);
  await undo.undo(by(''));
  expect([view.count('contact'), view.count('account')]).toEqual([0, 0]);
  await undo.redo(by(''));
  expect([view.count('contact'), view.count('account')]).toEqual([2500, 1]);
  await engine.close();
});

test('only the last hundred steps can be undone', async () => {
  const engine = await openEngine(memoryHost());
  for (let at = 0; at < 105; at += 1) await engine.context.records.run(by(`${at}`), (draft) => draft.create('account', { name: `A${at}` }));
  for (let at = 0; at < 100; at += 1) await engine.context.undo.undo(by(''));
  await expect(engine.context.undo.undo(by(''))).rejects.toMatchObject({ code: 'not-found' });
  expect(engine.context.view.count('account')).toBe(5);
  await engine.close();
});
