import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import type { Input } from '#shared/contract/engine-contract.ts';
import { openEngine, type Engine } from '../engine.ts';
import { startNotices } from './notice-writer.ts';

type Table = Input<'records.create'>['table'];

async function withPeople(host = memoryHost()) {
  const engine = await openEngine(host);
  const notices = startNotices(engine.context);
  const create = async (table: Table, values: Record<string, unknown>, actor = 'user-1') =>
    (await call(engine, 'records.create', { table, values }, { actor })).id;
  const ada = await create('user', { name: 'Ada Petrova' });
  const zoe = await create('user', { name: 'Zoë Kern' });
  const tom = await create('user', { name: 'Tom Ode' });
  const account = await create('account', { name: 'Northwind' });
  const engagement = await create('engagement', { title: 'Rollout', account });
  const touchpoint = await create('touchpoint', { subject: 'Review', engagement, watchList: [ada, zoe], workNotesList: [tom] });
  await notices.settled();
  const change = (patch: Record<string, unknown>, actor: string) =>
    call(engine, 'records.update', { table: 'touchpoint', id: touchpoint, patch }, { actor });
  const told = async (actor: string) => {
    await notices.settled();
    return (await call(engine, 'notices.list', { limit: 50 }, { actor })).notices.map(({ reason, summary }) => `${reason}: ${summary}`);
  };
  const clear = async () => {
    await notices.settled();
    for (const actor of [ada, zoe, tom]) await call(engine, 'notices.mark', { read: true }, { actor });
  };
  return { engine, notices, create, change, told, clear, ada, zoe, tom, account, engagement, touchpoint };
}

const unread = async (engine: Engine, actor: string) =>
  (await call(engine, 'notices.list', { limit: 50, unreadOnly: true }, { actor })).notices.map(({ summary }) => summary);

test('REC-43 watchers hear of changes and comments, followers of work notes of these, nobody of what they did themselves', async () => {
  const { engine, change, told, ada, zoe, tom } = await withPeople();
  await change({ subject: 'Quarterly review' }, ada);
  await change({ comments: 'See you on Monday' }, zoe);
  await change({ workNotes: 'They are nervous' }, ada);
  expect(await told(ada)).toEqual(['watch: commented on touchpoint “Quarterly review”', 'watch: created touchpoint “Review”']);
  expect(await told(zoe)).toEqual(['watch: changed Subject of touchpoint “Quarterly review”', 'watch: created touchpoint “Review”']);
  expect(await told(tom)).toEqual(['workNotes: wrote a work note on touchpoint “Quarterly review”']);
  await engine.close();
});

test('REC-43 one change tells a person once, of what matters most, and never a second time', async () => {
  const { engine, notices, change, told, clear, ada, zoe } = await withPeople();
  await clear();
  await change({ subject: 'Other', priority: 'high', assignedTo: ada, comments: 'Please look, @Ada Petrova' }, zoe);
  await notices.settled();
  expect(await unread(engine, ada)).toEqual(['mentioned you in touchpoint “Other”']);
  expect(await unread(engine, zoe)).toEqual([]);
  const before = await told(ada);
  // as after a crash between the change and its notices
  const again = startNotices(engine.context);
  await again.settled();
  await change({ watchList: null }, zoe);
  expect(await told(ada)).toEqual(before);
  await engine.close();
});

test('REC-43 what was committed and not told any more is told at the next start', async () => {
  const host = memoryHost();
  const { engine, notices, change, clear, ada, zoe } = await withPeople(host);
  await clear();
  await notices.settled();
  notices.stop();
  await change({ assignedTo: ada }, zoe);
  expect(await unread(engine, ada)).toEqual([]);
  await engine.close();
  const next = await openEngine(memoryHost({ indexedDB: host.indexedDB }));
  await startNotices(next.context).settled();
  expect(await unread(next, ada)).toEqual(['assigned touchpoint “Review” to you']);
  await next.close();
});

test('REC-43 an undo is no news, a deletion is, and it leads nowhere', async () => {
  const { engine, notices, clear, change, ada, zoe, tom, touchpoint } = await withPeople();
  await clear();
  await change({ priority: 'high' }, tom);
  await call(engine, 'records.undo', {}, { actor: tom });
  await notices.settled();
  expect(await unread(engine, ada)).toEqual(['changed Priority of touchpoint “Review”']);
  await call(engine, 'records.delete', { table: 'touchpoint', id: touchpoint }, { actor: tom });
  await notices.settled();
  const { notices: list } = await call(engine, 'notices.list', { limit: 9, unreadOnly: true }, { actor: zoe });
  expect(list.map(({ summary, about }) => [summary, about])).toEqual([['deleted touchpoint “Review”', undefined]]);
  await engine.close();
});

test('REC-43 customers are never told anything internal, nor of records that they do not see', async () => {
  const { engine, notices, create, change, ada, touchpoint } = await withPeople();
  const admin = await create('user', { name: 'Root', roles: ['administrator'] });
  const customer = await create('user', { name: 'Carl Customer', roles: ['customer'] });
  const outsider = await create('user', { name: 'Olga Outside', roles: ['successAgent'] });
  await call(engine, 'records.update', {
    table: 'touchpoint',
    id: touchpoint,
    patch: { watchList: [customer, outsider, admin], workNotesList: [customer, outsider, admin] },
  });
  await change({ workNotes: 'Careful: @Carl Customer is nervous, @Olga Outside' }, ada);
  await change({ priority: 'high' }, ada);
  await notices.settled();
  expect(await unread(engine, customer)).toEqual([]);
  expect(await unread(engine, outsider)).toEqual([]);
  expect(await unread(engine, admin)).toHaveLength(2);
  await engine.close();
});

test('REC-43 a change of many records tells each person once, an import of many nobody', async () => {
  const { engine, notices, create, clear, ada, zoe, engagement } = await withPeople();
  const ids: string[] = [];
  for (let at = 0; at < 12; at += 1) ids.push(await create('touchpoint', { subject: `Call ${at}`, engagement }));
  await clear();
  await engine.context.records.run({ commandId: 'bulk', actor: zoe, label: 'Assign 12 touchpoints' }, (draft) => {
    for (const id of ids) draft.update('touchpoint', id, { assignedTo: ada });
  });
  await notices.settled();
  expect(await unread(engine, ada)).toEqual(['assigned 12 records to you (Assign 12 touchpoints)']);
  await clear();
  await engine.context.records.run({ commandId: 'import', actor: zoe, label: 'Import of calls.csv' }, (draft) => {
    for (let at = 0; at < 250; at += 1) draft.create('touchpoint', { subject: `Old call ${at}`, engagement, assignedTo: ada });
  });
  await notices.settled();
  expect(await unread(engine, ada)).toEqual([]);
  await engine.close();
});

test('REC-43 a notification is marked as read and as unread again, one by one or all, without becoming a step to undo', async () => {
  const { engine, notices, change, clear, ada, zoe } = await withPeople();
  await clear();
  await change({ priority: 'high' }, zoe);
  await change({ priority: 'low' }, zoe);
  await notices.settled();
  const list = await call(engine, 'notices.list', { limit: 9, unreadOnly: true }, { actor: ada });
  expect(list.unread).toBe(2);
  const [first] = list.notices;
  expect(await call(engine, 'notices.mark', { ids: [first?.id ?? ''], read: true }, { actor: ada })).toEqual({ changed: 1 });
  expect(await call(engine, 'notices.mark', { ids: [first?.id ?? ''], read: true }, { actor: zoe })).toEqual({ changed: 0 });
  expect(await call(engine, 'notices.mark', { ids: [first?.id ?? ''], read: false }, { actor: ada })).toEqual({ changed: 1 });
  expect(await call(engine, 'notices.mark', { read: true }, { actor: ada })).toEqual({ changed: 2 });
  expect((await call(engine, 'records.undoable', {}, { actor: zoe })).undo).toBe('Change touchpoint');
  expect((await call(engine, 'records.undoable', {}, { actor: ada })).undo).toBeUndefined();
  await engine.close();
});

test('a discussion has chosen participants who hear of it, messages in order, and an outcome that the record keeps', async () => {
  const { engine, notices, clear, touchpoint, ada, zoe, tom } = await withPeople();
  await clear();
  const about = { table: 'touchpoint', id: touchpoint } as const;
  const { id } = await call(
    engine,
    'discussions.start',
    { ...about, subject: 'Discount?', participants: [zoe], text: 'What can we offer?' },
    { actor: ada },
  );
  await call(engine, 'discussions.write', { id, text: 'Ten percent at most, @Tom Ode?' }, { actor: zoe });
  await notices.settled();
  expect(await unread(engine, ada)).toEqual(['wrote in the discussion “Discount?”']);
  expect(await unread(engine, zoe)).toEqual(['asked you into the discussion “Discount?”']);
  expect(await unread(engine, tom)).toEqual(['mentioned you in the discussion “Discount?”']);
  await call(engine, 'discussions.resolve', { id, outcome: 'Eight percent.' }, { actor: ada });
  const { discussions } = await call(engine, 'discussions.list', about);
  expect(discussions).toMatchObject([
    { subject: 'Discount?', resolved: true, outcome: 'Eight percent.', participants: [ada, zoe], messages: [{ by: ada }, { by: zoe }] },
  ]);
  const notes = engine.context.view.get('touchpoint', touchpoint)?.workNotes ?? [];
  expect(notes.at(-1)?.text).toMatch(/^Discussion DSC\d+ “Discount\?” resolved: Eight percent\.$/);
  await expect(call(engine, 'discussions.write', { id, text: 'One more' }, { actor: tom })).rejects.toMatchObject({ code: 'rule' });
  await call(engine, 'records.undo', {}, { actor: ada });
  expect((await call(engine, 'discussions.list', about)).discussions[0]?.resolved).toBe(false);
  await call(engine, 'discussions.write', { id, text: 'One more' }, { actor: tom });
  expect((await call(engine, 'discussions.list', about)).discussions[0]?.participants).toEqual([ada, zoe, tom]);
  await engine.close();
});
