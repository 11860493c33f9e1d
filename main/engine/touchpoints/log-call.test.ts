import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, engineAsOf } from '../../../test/support/portfolio-engine.ts';

const TODAY = '2025-06-11';

async function world() {
  const engine = await engineAsOf(TODAY);
  const { engagement, account } = await addCustomer(engine, 'Acme');
  const zoe = await add(engine, 'user', { name: 'Zoe Winter' });
  const ann = await add(engine, 'contact', { name: 'Ann Lee', account });
  await add(engine, 'contact', { name: 'Zoe Customer', account });
  return { engine, engagement, zoe, ann };
}

const TEXT = 'Renewal terms\nThey wait for legal.\n[] send terms @zoe fri\n[] ask for the list @ann\n[] look into it @nobody';

test('T3 a call, its notes, its tasks and its quality are one change set, taken back by one undo', async () => {
  const { engine, engagement, zoe, ann } = await world();
  const { view } = engine.context;
  const done = await call(
    engine,
    'calls.log',
    { engagement, text: TEXT, channel: 'meeting', category: 'review', quality: ['onTime', 'strategic'] },
    { actor: zoe },
  );
  expect(done.tasks).toBe(3);
  expect(view.get('touchpoint', done.id)).toMatchObject({
    subject: 'Renewal terms',
    description: 'They wait for legal.',
    channel: 'meeting',
    category: 'review',
    heldOn: TODAY,
    assignedTo: zoe,
  });
  expect(view.get('engagement', engagement)?.lastTouchpoint).toBe(TODAY);
  const tasks = view.by('successTask', 'parent', `touchpoint/${done.id}`);
  expect(tasks.map(({ subject, dueDate, assignedTo, contact }) => ({ subject, dueDate, assignedTo, contact }))).toEqual([
    { subject: 'send terms', dueDate: '2025-06-13', assignedTo: zoe, contact: undefined },
    { subject: 'ask for the list', dueDate: undefined, assignedTo: zoe, contact: ann },
    { subject: 'look into it @nobody', dueDate: undefined, assignedTo: zoe, contact: undefined },
  ]);
  expect([...view.all('meetingChecklist')]).toMatchObject([
    { about: `touchpoint/${done.id}`, onTime: true, strategic: true, executive: false },
  ]);
  await call(engine, 'records.undo', { changeSetId: done.changeSetId }, { actor: zoe });
  expect([view.count('touchpoint'), view.count('successTask'), view.count('meetingChecklist')]).toEqual([0, 0, 0]);
  expect(view.get('engagement', engagement)?.lastTouchpoint).toBeUndefined();
});

test('T3 what is typed is read as it would be kept', async () => {
  const { engine, engagement, zoe } = await world();
  expect(await call(engine, 'calls.read', { text: TEXT, engagement })).toMatchObject({
    subject: 'Renewal terms',
    tasks: [{ assignedTo: { id: zoe }, due: '2025-06-13' }, { contact: { label: 'Ann Lee' } }, { unknown: 'nobody' }],
  });
  await expect(call(engine, 'calls.log', { engagement: 'gone', text: TEXT })).rejects.toMatchObject({ code: 'not-found' });
  await expect(call(engine, 'calls.log', { engagement, text: 'x', channel: 'smoke' })).rejects.toMatchObject({ code: 'rule' });
  await expect(call(engine, 'calls.log', { engagement, text: 'x', heldOn: '2025-06-12' })).rejects.toMatchObject({ code: 'validation' });
});

test('T3 the meeting that takes place now names the engagement', async () => {
  const { engine, engagement } = await world();
  expect(await call(engine, 'calls.now', {})).toEqual({});
  const now = Date.parse(engine.context.host.now());
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Review', engagement });
  await add(engine, 'meeting', { subject: 'Review', touchpoint, state: 'scheduled', type: 'adHoc', startsAt: at(-10), endsAt: at(30) });
  expect(await call(engine, 'calls.now', {})).toMatchObject({ engagement: { id: engagement }, meeting: { label: 'Review' } });
});
