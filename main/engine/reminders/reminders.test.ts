import { expect, test } from 'vitest';
import type { Reminder } from '#shared/domain/reminders/reminders.ts';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { add, addCustomer, change } from '../../../test/support/portfolio-engine.ts';
import { openEngine } from '../engine.ts';
import { REMIND_MS, REST_BEFORE_REMINDING_MS, startReminders } from './reminders.ts';

/** An engine whose timers run when the test says so, and a main process that remembers what it was asked to show. */
async function world() {
  const timers: { readonly after: number; readonly run: () => void }[] = [];
  const asked: Reminder[] = [];
  let fails = false;
  let failed = 0;
  const host = memoryHost({
    later: (after, run) => {
      const timer = { after, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
    remind: async (reminder) => {
      if (fails) {
        failed += 1;
        throw new Error('gone');
      }
      asked.push(reminder);
    },
  });
  const engine = await openEngine(host);
  const { engagement } = await addCustomer(engine, 'Acme');
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Talk', engagement });
  const plan = (startsAt: string, endsAt: string) =>
    add(engine, 'meeting', { subject: 'Review', touchpoint, state: 'scheduled', type: 'adHoc', startsAt, endsAt });
  const pass = (milliseconds: number): void => {
    for (const timer of timers.filter(({ after }) => after === milliseconds)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
  };
  return { engine, host, asked, plan, pass, fail: (on: boolean) => void (fails = on), failed: () => failed };
}

test('TCH-10 each meeting is told of once: as time passes, after a sleep, and anew only when it was moved', async () => {
  const { engine, host, asked, plan, pass } = await world();
  const meeting = await plan('2026-01-05T12:00:00.000Z', '2026-01-05T13:00:00.000Z');
  const stop = startReminders(engine.context);
  pass(REMIND_MS);
  await expect.poll(async () => (await call(engine, 'reminders.due', {})).reminders).toEqual([]);
  expect(asked).toEqual([]);
  // the machine slept from nine to half past twelve
  host.setNow('2026-01-05T12:30:00.000Z');
  pass(REMIND_MS);
  await expect.poll(() => asked.map(({ body }) => body)).toEqual([expect.stringMatching(/^Since 12:00/)]);
  pass(REMIND_MS);
  await change(engine, (draft) => draft.update('meeting', meeting, { agenda: 'Numbers' }));
  pass(REST_BEFORE_REMINDING_MS);
  await expect.poll(async () => (await call(engine, 'reminders.due', {})).reminders).toHaveLength(1);
  expect(asked).toHaveLength(1);
  await change(engine, (draft) =>
    draft.update('meeting', meeting, { startsAt: '2026-01-05T12:35:00.000Z', endsAt: '2026-01-05T13:00:00.000Z' }),
  );
  pass(REST_BEFORE_REMINDING_MS);
  await expect.poll(() => asked).toHaveLength(2);
  stop();
});

test('TCH-10 what main could not be told is told at the next look; quiet hours hold it back until they end', async () => {
  const { engine, host, asked, plan, pass, fail, failed } = await world();
  await plan('2026-01-05T21:00:00.000Z', '2026-01-05T22:00:00.000Z');
  await call(engine, 'workspace.set', { key: 'quietHours', value: '20:00-23:00' });
  const stop = startReminders(engine.context);
  host.setNow('2026-01-05T20:55:00.000Z');
  pass(REMIND_MS);
  expect((await call(engine, 'reminders.due', {})).reminders).toEqual([]);
  host.setNow('2026-01-05T23:00:00.000Z');
  fail(true);
  pass(REMIND_MS);
  expect((await call(engine, 'reminders.due', {})).reminders).toHaveLength(1);
  await expect.poll(failed).toBe(1);
  expect(asked).toEqual([]);
  fail(false);
  pass(REMIND_MS);
  await expect.poll(() => asked.map(({ body }) => body)).toEqual([expect.stringMatching(/^Was at 21:00/)]);
  stop();
});

test('TCH-10 quiet hours are a person’s own, on their own clock; whoever has none has the workspace’s, and what is wrong is refused', async () => {
  const { engine, host, asked, plan, pass } = await world();
  const kim = await add(engine, 'user', { name: 'Kim', timeZone: 'America/New_York' });
  await call(engine, 'workspace.set', { key: 'currentUser', value: kim });
  const meeting = await plan('2026-01-06T01:00:00.000Z', '2026-01-06T02:00:00.000Z');
  await change(engine, (draft) => draft.update('meeting', meeting, { organiser: kim }));
  const own = (wishes: Readonly<Record<string, string | number | null>>, actor = kim) => call(engine, 'reminders.keep', wishes, { actor });
  const due = async () => (await call(engine, 'reminders.due', {})).reminders;
  // ten to eight in the evening in New York; the workspace is quiet from 20:00 on, in New York as well
  host.setNow('2026-01-06T00:50:00.000Z');
  expect(await due()).toMatchObject([{ body: expect.stringMatching(/^At 20:00, in 10 minutes/) }]);
  await own({ quietHours: '19:00-22:00' });
  expect(await due()).toEqual([]);
  // another person's wishes are another person's
  await own({ quietHours: 'none' }, await add(engine, 'user', { name: 'Lee' }));
  expect(await due()).toEqual([]);
  const stop = startReminders(engine.context);
  pass(REMIND_MS);
  expect(await due()).toEqual([]);
  // asleep until after them: told then, once
  host.setNow('2026-01-06T03:00:00.000Z');
  pass(REMIND_MS);
  await expect.poll(() => asked.map(({ body }) => body)).toEqual([expect.stringMatching(/^Was at 20:00/)]);
  // moved to another zone, where it is quiet again: nothing is told twice, there or back
  await own({ timeZone: 'Pacific/Honolulu', quietHours: '16:00-18:00' });
  pass(REST_BEFORE_REMINDING_MS);
  expect(await due()).toEqual([]);
  await own({ quietHours: null, timeZone: null, reminderMinutes: 5 });
  pass(REST_BEFORE_REMINDING_MS);
  pass(REMIND_MS);
  expect(await call(engine, 'reminders.own', {}, { actor: kim })).toEqual({
    own: { reminderMinutes: 5 },
    used: { quietHours: '20:00-07:00', timeZone: 'America/New_York', reminderMinutes: 5 },
  });
  expect(asked).toHaveLength(1);
  for (const wrong of [{ quietHours: 'at night' }, { timeZone: 'Mars/Base' }, { reminderMinutes: 1.5 }])
    await expect(own(wrong)).rejects.toMatchObject({ code: 'validation' });
  stop();
});
