import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';

const PLACE = { type: 'adHoc', state: 'scheduled', timeZone: 'Europe/Vienna' } as const;

async function world(tellGuests = 'ask') {
  const engine = await engineAsOf('2026-01-05');
  await call(engine, 'workspace.set', { key: 'tellGuests', value: tellGuests });
  const { account, engagement } = await addCustomer(engine, 'Acme');
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Talk', engagement });
  const ann = await add(engine, 'contact', { name: 'Ann', email: 'ann@example.com', account });
  const kim = await add(engine, 'user', { name: 'Kim', email: 'kim@example.com' });
  const values = {
    ...PLACE,
    subject: 'Review',
    touchpoint,
    startsAt: '2027-01-12T09:00:00.000Z',
    endsAt: '2027-01-12T10:00:00.000Z',
    contacts: [ann],
    users: [kim],
  };
  const { id } = await call(engine, 'meetings.plan', { values, mail: true }, { actor: kim });
  const mails = () => engine.context.view.by('email', 'meeting', id).toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  const sent = async () => {
    for (const { id: mail, state } of mails())
      if (state === 'queued') await change(engine, (draft) => draft.update('email', mail, { state: 'sent' }));
  };
  await sent();
  const untold = async () => (await call(engine, 'meetings.page', { meeting: id }, { actor: kim })).untold;
  const patch = (values_: Readonly<Record<string, unknown>>) =>
    call(engine, 'records.update', { table: 'meeting', id, patch: values_ }, { actor: kim });
  return { engine, account, touchpoint, ann, kim, id, mails, sent, untold, patch };
}

const sequences = (mails: readonly { readonly calendar?: string | undefined }[]) =>
  mails.flatMap(({ calendar }) => /SEQUENCE:(\d+)/.exec(calendar ?? '')?.[1] ?? []).map(Number);

test.each([
  [
    'moved on the planner',
    async (w: Awaited<ReturnType<typeof world>>) =>
      call(w.engine, 'planner.move', { table: 'meeting', id: w.id, days: 1 }, { actor: w.kim }),
    'invitation',
  ],
  [
    'given another link in place',
    async (w: Awaited<ReturnType<typeof world>>) => w.patch({ link: 'https://meet.example/1' }),
    'invitation',
  ],
  ['cancelled in place', async (w: Awaited<ReturnType<typeof world>>) => w.patch({ state: 'cancelled' }), 'cancellation'],
] as const)(
  'TCH-04 a meeting that was %s: asked, its guests are offered to be told; always, they are, once and with one higher SEQUENCE',
  async (_how, deed, kind) => {
    const asking = await world();
    await deed(asking);
    expect(asking.mails()).toHaveLength(1);
    expect(await asking.untold()).toEqual({ kind, guests: 1, isFirst: false });
    const tell = () => call(asking.engine, 'mails.meeting', { kind, meetings: [asking.id], unlessKnown: true }, { actor: asking.kim });
    expect((await tell()).mail).toBeDefined();
    expect((await tell()).mail).toBeUndefined();
    expect(await asking.untold()).toBeUndefined();

    const always = await world('always');
    await deed(always);
    expect(always.mails().map((mail) => mail.kind)).toEqual(['invitation', kind]);
    const [first = 0, second = 0] = sequences(always.mails());
    expect(second).toBeGreaterThan(first);
    expect(always.mails()[1]?.calendar).toContain(`METHOD:${kind === 'cancellation' ? 'CANCEL' : 'REQUEST'}`);
    // what concerns no guest tells nobody
    await always.patch({ internalNotes: 'They may leave' });
    expect(always.mails()).toHaveLength(2);
    // one step for undo: the change and the mail that has not gone
    await always.engine.context.undo.undo({ commandId: 'u1', actor: always.kim });
    await always.engine.context.undo.undo({ commandId: 'u2', actor: always.kim });
    expect(always.mails()).toHaveLength(1);

    const never = await world('never');
    await deed(never);
    expect(never.mails()).toHaveLength(1);
  },
);

test('TCH-04 whoever takes the change back before telling tells nobody', async () => {
  const { engine, kim, id, mails, untold, patch } = await world();
  await patch({ startsAt: '2027-01-12T08:00:00.000Z' });
  await engine.context.undo.undo({ commandId: 'u', actor: kim });
  expect(await untold()).toBeUndefined();
  await call(engine, 'mails.meeting', { kind: 'invitation', meetings: [id], unlessKnown: true }, { actor: kim });
  expect(mails()).toHaveLength(1);
});

test('TCH-04 a meeting is completed with its notes, which go out in the same step to whoever was invited or came; a newer version overtakes one that waits', async () => {
  const { engine, account, kim, id, mails, untold, patch } = await world();
  const bob = await add(engine, 'contact', { name: 'Bob', email: 'bob@example.com', account });
  await call(engine, 'meetings.attend', { meeting: id, people: [`contact/${bob}`], attendance: 'attended' });
  const done = await call(engine, 'meetings.complete', { meeting: id, notes: 'All is well', tell: true }, { actor: kim });
  expect(engine.context.view.get('meeting', id)).toMatchObject({ state: 'completed', notes: 'All is well' });
  expect(mails()[1]).toMatchObject({ id: done.mail, kind: 'minutes', state: 'queued', toContacts: expect.arrayContaining([bob]) });
  expect(await untold()).toBeUndefined();
  await patch({ notes: 'All is well, and more' });
  expect(await untold()).toMatchObject({ kind: 'minutes', guests: 2, isFirst: false });
  await call(engine, 'mails.meeting', { kind: 'minutes', meetings: [id], unlessKnown: true }, { actor: kim });
  expect(mails().map(({ body }) => body?.includes('and more'))).toEqual([false, true]);
  await engine.context.undo.undo({ commandId: 'u1', actor: kim });
  await engine.context.undo.undo({ commandId: 'u2', actor: kim });
  await engine.context.undo.undo({ commandId: 'u3', actor: kim });
  expect(engine.context.view.get('meeting', id)?.state).toBe('scheduled');
  expect(mails()).toHaveLength(1);
});

test('TCH-04 completed without notes or from Today nothing goes out unless the workspace always tells; what came from a customer’s calendar is theirs to tell', async () => {
  const { engine, kim, id, mails, sent, patch, untold } = await world('always');
  await patch({ notes: 'Agreed' });
  await call(engine, 'today.done', { kind: 'meeting', table: 'meeting', id }, { actor: kim });
  expect(mails().map(({ kind }) => kind)).toEqual(['invitation', 'minutes']);
  await sent();
  const other = await world('always');
  await change(other.engine, (draft) => draft.update('meeting', other.id, { externalId: 'theirs@example.com' }));
  await other.patch({ startsAt: '2027-01-12T08:00:00.000Z' });
  expect(other.mails()).toHaveLength(1);
  expect(await untold()).toBeUndefined();
});
