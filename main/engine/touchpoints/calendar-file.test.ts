import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';

test('TCH-04 TCH-09 a meeting is an invitation, after a change the same one in a newer version, and a cancellation in the end', async () => {
  const engine = await engineAsOf('2025-06-11');
  const { account, engagement } = await addCustomer(engine, 'Acme');
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Talk', engagement });
  const ann = await add(engine, 'contact', { name: 'Ann', email: 'ann@example.com', account });
  const meeting = await add(engine, 'meeting', {
    subject: 'Review',
    touchpoint,
    type: 'adHoc',
    startsAt: '2025-06-12T09:00:00.000Z',
    endsAt: '2025-06-12T10:00:00.000Z',
    contacts: [ann],
    agenda: 'Numbers',
    internalNotes: 'They may leave',
  });
  await expect(call(engine, 'meetings.calendar', { meeting })).rejects.toMatchObject({ code: 'rule' });
  await change(engine, (draft) => draft.update('meeting', meeting, { state: 'scheduled' }));
  const invited = (await call(engine, 'meetings.calendar', { meeting })).text.replaceAll('\r\n ', '');
  expect(invited).toContain('METHOD:REQUEST');
  expect(invited).toContain(`UID:${meeting}@satchel`);
  expect(invited).toContain('mailto:ann@example.com');
  expect(invited).not.toContain('They may leave');
  await change(engine, (draft) => draft.update('meeting', meeting, { startsAt: '2025-06-12T09:30:00.000Z' }));
  const changed = (await call(engine, 'meetings.calendar', { meeting })).text;
  const sequence = (text: string) => Number(/SEQUENCE:(\d+)/.exec(text)?.[1]);
  expect(sequence(changed)).toBeGreaterThan(sequence(invited));
  await change(engine, (draft) => draft.update('meeting', meeting, { state: 'cancelled' }));
  const cancelled = (await call(engine, 'meetings.calendar', { meeting })).text;
  expect(cancelled).toContain('METHOD:CANCEL');
  expect(cancelled).toContain(`UID:${meeting}@satchel`);
});

test('TCH-09 a series goes into one file, each meeting with a name of its own', async () => {
  const engine = await engineAsOf('2025-06-11');
  const { engagement } = await addCustomer(engine, 'Acme');
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Talk', engagement });
  const values = {
    subject: 'Weekly',
    touchpoint,
    type: 'weeklyStatus',
    startsAt: '2025-06-12T09:00:00.000Z',
    endsAt: '2025-06-12T10:00:00.000Z',
  };
  const { id } = await call(engine, 'series.create', { values, cadence: 'weekly', repeatUntil: '2025-06-30' });
  const [first] = engine.context.view.by('meeting', 'series', id);
  const file = await call(engine, 'meetings.calendar', { meeting: first?.id ?? '', series: true });
  expect(file.meetings).toBe(3);
  expect(new Set(file.text.match(/^UID:.*$/gm)).size).toBe(3);
  expect(file.text).toContain('METHOD:PUBLISH');
  // the days of a week alone
  const week = await call(engine, 'meetings.week', { from: '2025-06-16', days: 7 });
  expect([week.meetings, week.fileName, week.text.match(/DTSTART:.*/g)]).toEqual([
    1,
    'meetings-2025-06-16.ics',
    ['DTSTART:20250619T090000Z'],
  ]);
});
