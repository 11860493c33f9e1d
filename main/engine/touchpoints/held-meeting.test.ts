import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';

async function world() {
  const engine = await engineAsOf('2025-06-11');
  const { account, engagement } = await addCustomer(engine, 'Acme');
  const zoe = await add(engine, 'user', { name: 'Zoe Winter' });
  const ann = await add(engine, 'contact', { name: 'Ann Lee', title: 'CFO', account });
  const bo = await add(engine, 'contact', { name: 'Bo', account });
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Quarter', engagement });
  const meeting = await add(engine, 'meeting', {
    subject: 'Review',
    touchpoint,
    state: 'scheduled',
    type: 'qbr',
    startsAt: '2025-06-11T09:00:00.000Z',
    endsAt: '2025-06-11T10:00:00.000Z',
    contacts: [ann],
    users: [zoe],
  });
  return { engine, zoe, ann, bo, touchpoint, meeting };
}

test('TCH-02 who came is noted for each who was invited, and for those who came without', async () => {
  const { engine, meeting, zoe, ann, bo } = await world();
  await call(engine, 'meetings.attend', { meeting, people: [`contact/${ann}`, `user/${zoe}`], attendance: 'attended' });
  await call(engine, 'meetings.attend', { meeting, people: [`contact/${bo}`], attendance: 'attended' });
  const { changeSetId } = await call(engine, 'meetings.attend', { meeting, people: [`user/${zoe}`], attendance: 'absent' });
  const shown = async () =>
    (await call(engine, 'meetings.page', { meeting })).guests.map((guest) => [guest.person.label, guest.attendance, guest.invited]);
  expect(await shown()).toEqual([
    ['Ann Lee', 'attended', true],
    ['Zoe Winter', 'absent', true],
    ['Bo', 'attended', false],
  ]);
  await call(engine, 'records.undo', { changeSetId });
  expect((await shown())[1]).toEqual(['Zoe Winter', 'attended', true]);
});

test('TCH-02 an answer to the invitation keeps when it came', async () => {
  const { engine, meeting, ann } = await world();
  await call(engine, 'meetings.attend', { meeting, people: [`contact/${ann}`], response: 'declined' });
  expect(engine.context.view.by('meetingGuest', 'meeting', meeting)).toMatchObject([
    { person: `contact/${ann}`, response: 'declined', respondedAt: expect.stringMatching(/Z$/) },
  ]);
  await expect(call(engine, 'meetings.attend', { meeting, people: ['contact/gone'], response: 'accepted' })).rejects.toBeDefined();
});

test('TCH-02 the five observations are one checklist, whatever is noted last', async () => {
  const { engine, meeting } = await world();
  expect((await call(engine, 'meetings.page', { meeting })).unjudged).toBe(true);
  await call(engine, 'meetings.judge', { meeting, quality: ['onTime', 'executive'] });
  await call(engine, 'meetings.judge', { meeting, quality: ['onTime', 'strategic'] });
  expect(await call(engine, 'meetings.page', { meeting })).toMatchObject({ quality: ['onTime', 'strategic'], unjudged: false });
  expect(engine.context.view.count('meetingChecklist')).toBe(1);
});

test('TCH-02 what was agreed becomes tasks of the touchpoint or is dropped, each by a decision, and undo takes it back', async () => {
  const { engine, meeting, touchpoint, zoe, ann } = await world();
  const { items: added } = await call(
    engine,
    'meetings.agree',
    { meeting, text: 'send the terms @ann fri\n[] look into the invoice\n\n- a workshop @nobody' },
    { actor: zoe },
  );
  expect(added).toBe(3);
  const { items } = await call(engine, 'meetings.page', { meeting });
  expect(items.map(({ subject, contact, due, state }) => [subject, contact?.label, due, state])).toEqual([
    ['send the terms', 'Ann Lee', '2025-06-13', 'open'],
    ['look into the invoice', undefined, undefined, 'open'],
    ['a workshop @nobody', undefined, undefined, 'open'],
  ]);
  const [first, second, third] = items.map(({ id }) => id);
  const made = await call(engine, 'meetings.settle', { items: [first ?? '', second ?? ''], to: 'converted' }, { actor: zoe });
  await call(engine, 'meetings.settle', { items: [third ?? ''], to: 'dropped', reason: 'Too early' });
  expect(engine.context.view.by('successTask', 'parent', `touchpoint/${touchpoint}`)).toMatchObject([
    { subject: 'send the terms', dueDate: '2025-06-13', contact: ann, assignedTo: zoe },
    { subject: 'look into the invoice', assignedTo: zoe },
  ]);
  expect((await call(engine, 'meetings.page', { meeting })).items).toMatchObject([
    { state: 'converted', task: { label: 'send the terms' } },
    { state: 'converted' },
    { state: 'dropped', dropReason: 'Too early' },
  ]);
  // what became a task stays one
  expect((await call(engine, 'meetings.settle', { items: [first ?? ''], to: 'dropped' })).items).toBe(0);
  await call(engine, 'meetings.settle', { items: [third ?? ''], to: 'open' });
  expect((await call(engine, 'meetings.page', { meeting })).items[2]).toEqual(items[2]);
  await call(engine, 'records.undo', { changeSetId: made.changeSetId }, { actor: zoe });
  expect((await call(engine, 'meetings.page', { meeting })).items.map(({ state }) => state)).toEqual(['open', 'open', 'open']);
  expect(engine.context.view.count('successTask')).toBe(0);
});

test('TCH-04 whoever is invited is told in the same step, and the page says when a change was not told yet', async () => {
  const { engine, touchpoint, zoe, ann } = await world();
  await change(engine, (draft) => draft.update('contact', ann, { email: 'ann@example.com' }));
  const values = {
    subject: 'Workshop',
    touchpoint,
    state: 'scheduled',
    type: 'adHoc',
    startsAt: '2025-06-20T09:00:00.000Z',
    endsAt: '2025-06-20T10:00:00.000Z',
    contacts: [ann],
  };
  const { id, changeSetId } = await call(engine, 'meetings.plan', { values, mail: true }, { actor: zoe });
  const told = async () => {
    const { mails, outdated } = await call(engine, 'meetings.page', { meeting: id });
    return { mails: mails.map(({ kind, state }) => `${kind} ${state}`), outdated };
  };
  expect(await told()).toEqual({ mails: ['invitation queued'], outdated: false });
  await change(engine, (draft) => draft.update('meeting', id, { internalNotes: 'They may leave' }));
  expect((await told()).outdated).toBe(false);
  await change(engine, (draft) => draft.update('meeting', id, { endsAt: '2025-06-20T10:30:00.000Z' }));
  expect((await told()).outdated).toBe(true);
  await call(engine, 'mails.meeting', { kind: 'invitation', meetings: [id] }, { actor: zoe });
  expect(await told()).toEqual({ mails: ['invitation queued'], outdated: false });
  await change(engine, (draft) => draft.update('meeting', id, { state: 'cancelled' }));
  expect((await told()).outdated).toBe(true);
  await call(engine, 'mails.meeting', { kind: 'cancellation', meetings: [id] }, { actor: zoe });
  expect((await told()).outdated).toBe(false);

  const series = await call(
    engine,
    'series.create',
    { values: { ...values, state: undefined }, cadence: 'weekly', repeatUntil: '2025-07-04', mail: true },
    { actor: zoe },
  );
  const [first] = engine.context.view.by('meeting', 'series', series.id);
  expect((await call(engine, 'meetings.page', { meeting: first?.id ?? '' })).mails).toMatchObject([{ kind: 'invitation' }]);
  const before = engine.context.view.count('email');
  await call(engine, 'records.undo', { changeSetId: series.changeSetId }, { actor: zoe });
  expect(engine.context.view.count('email')).toBe(before - 1);
  expect(changeSetId).toBeDefined();
});

test('TCH-01 a touchpoint that has ended takes no success tasks, by hand or from a meeting; its meetings stay as they are', async () => {
  const { engine, meeting, touchpoint } = await world();
  await call(engine, 'meetings.agree', { meeting, text: 'send the terms' });
  await change(engine, (draft) => draft.cancel('touchpoint', touchpoint, 'No need'));
  expect(engine.context.view.get('meeting', meeting)?.state).toBe('scheduled');
  const [item] = (await call(engine, 'meetings.page', { meeting })).items;
  await expect(call(engine, 'meetings.settle', { items: [item?.id ?? ''], to: 'converted' })).rejects.toMatchObject({ code: 'rule' });
  await expect(
    call(engine, 'records.create', {
      table: 'successTask',
      values: { subject: 'x', description: 'y', parent: `touchpoint/${touchpoint}` },
    }),
  ).rejects.toMatchObject({ code: 'rule' });
  // it was held all the same
  await call(engine, 'meetings.judge', { meeting, quality: ['onTime'] });
  await call(engine, 'meetings.settle', { items: [item?.id ?? ''], to: 'dropped' });
});
