import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { add, addCustomer, change } from '../../../test/support/portfolio-engine.ts';
import { openEngine } from '../engine.ts';
import { REMIND_MS, REST_BEFORE_REMINDING_MS, startReminders } from './reminders.ts';

/** An engine whose timers run when the test says so, and how often its pages were told to look. */
async function world() {
  const timers: { readonly after: number; readonly run: () => void }[] = [];
  const host = memoryHost({
    later: (after, run) => {
      const timer = { after, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
  });
  const engine = await openEngine(host);
  let told = 0;
  const { feed } = engine.context;
  const context = { ...engine.context, feed: { ...feed, announceDerived: () => void (told += 1) } };
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
  const due = async () => (await call(engine, 'reminders.due', {})).reminders;
  return { engine, context, host, plan, pass, due, told: () => told };
}

test('TCH-10 pages are told when something is due: as time passes, after a sleep, and anew when a meeting was moved', async () => {
  const { engine, context, host, plan, pass, due, told } = await world();
  const meeting = await plan('2026-01-05T12:00:00.000Z', '2026-01-05T13:00:00.000Z');
  const stop = startReminders(context);
  pass(REMIND_MS);
  expect(await due()).toEqual([]);
  // the machine slept from nine to half past twelve
  host.setNow('2026-01-05T12:30:00.000Z');
  pass(REMIND_MS);
  await expect.poll(told).toBe(1);
  const [first] = await due();
  expect(first?.body).toMatch(/^Since 12:00/);
  await change(engine, (draft) =>
    draft.update('meeting', meeting, { startsAt: '2026-01-05T12:35:00.000Z', endsAt: '2026-01-05T13:00:00.000Z' }),
  );
  pass(REST_BEFORE_REMINDING_MS);
  await expect.poll(told).toBe(2);
  expect((await due())[0]?.key).not.toBe(first?.key);
  stop();
});

test('TCH-10 quiet hours hold a reminder back until they end', async () => {
  const { engine, host, plan, due } = await world();
  await plan('2026-01-05T21:00:00.000Z', '2026-01-05T22:00:00.000Z');
  await call(engine, 'workspace.set', { key: 'quietHours', value: '20:00-23:00' });
  host.setNow('2026-01-05T20:55:00.000Z');
  expect(await due()).toEqual([]);
  host.setNow('2026-01-05T23:00:00.000Z');
  expect((await due()).map(({ body }) => body)).toEqual([expect.stringMatching(/^Was at 21:00/)]);
});
