// What guests' calendars make of the mails about a series: after every step exactly what is scheduled stands in them (TCH-03, TCH-04).
import { expect, test } from 'vitest';
import type { Input } from '#shared/contract/engine-contract.ts';
import { call } from '../../../test/support/call-engine.ts';
import { add, addCustomer, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';

const ZONE = 'Europe/Vienna';

/** A calendar that goes by UID and SEQUENCE as RFC 5546 wants it, and says what no calendar could follow. */
function guestCalendar() {
  const known = new Map<string, { readonly sequence: number; readonly start: string | undefined }>();
  const field = (entry: string, name: string): string => new RegExp(`^${name}:(.*)$`, 'm').exec(entry)?.[1]?.trim() ?? '';
  return {
    take: (text: string) => {
      expect(text).not.toMatch(/RRULE|RECURRENCE-ID|EXDATE/);
      const objects = text.split('BEGIN:VCALENDAR').slice(1);
      for (const object of objects) {
        // one meeting in one calendar object
        expect(object.match(/BEGIN:VEVENT/g)).toHaveLength(1);
        const uid = field(object, 'UID');
        const sequence = Number(field(object, 'SEQUENCE'));
        const before = known.get(uid);
        expect(sequence, 'an older or equal version is not taken').toBeGreaterThan(before?.sequence ?? -1);
        const isOff = field(object, 'METHOD') === 'CANCEL';
        expect(field(object, 'STATUS')).toBe(isOff ? 'CANCELLED' : 'CONFIRMED');
        if (isOff) expect(before?.start, 'only what is known can be called off').toBeDefined();
        known.set(uid, { sequence, start: isOff ? undefined : field(object, 'DTSTART') });
      }
    },
    shown: () => [...known].flatMap(([uid, { start }]) => (start === undefined ? [] : [`${uid} ${start}`])).toSorted(),
  };
}

async function world(first = { deliver: true }) {
  const engine = await engineAsOf('2025-10-08');
  const { account, engagement } = await addCustomer(engine, 'Acme');
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Weekly', engagement });
  const ann = await add(engine, 'contact', { name: 'Ann', email: 'ann@example.com', account });
  const calendar = guestCalendar();
  const { view } = engine.context;
  const deliver = async () => {
    const waiting = [...view.all('email')].filter(({ state }) => state === 'queued').toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const mail of waiting) {
      calendar.take(mail.calendar ?? '');
      await change(engine, (draft) => draft.update('email', mail.id, { state: 'sent' }));
    }
    const scheduled = [...view.all('meeting')].filter(({ state }) => state === 'scheduled');
    expect(calendar.shown()).toEqual(
      scheduled.map(({ id, startsAt }) => `${id}@satchel ${startsAt.replaceAll(/[-:]|\.\d{3}/g, '')}`).toSorted(),
    );
    return waiting.map(({ kind }) => kind ?? '').toSorted();
  };
  await call(engine, 'series.create', {
    values: {
      subject: 'Weekly status',
      touchpoint,
      type: 'weeklyStatus',
      timeZone: ZONE,
      startsAt: '2025-10-13T07:00:00.000Z',
      endsAt: '2025-10-13T07:30:00.000Z',
      contacts: [ann],
    },
    cadence: 'weekly',
    repeatUntil: '2025-11-24',
    mail: true,
  });
  if (first.deliver) expect(await deliver()).toEqual(['invitation']);
  const on = (day: string): string => {
    const found = [...view.all('meeting')].find(({ occurrence, state }) => occurrence === day && state === 'scheduled');
    if (!found) throw new Error(`There is no meeting on ${day}`);
    return found.id;
  };
  const turn = (day: string, input: Omit<Input<'series.change'>, 'meeting' | 'mail'>) =>
    call(engine, 'series.change', { ...input, meeting: on(day), mail: true });
  const off = (day: string, scope: Input<'series.cancel'>['scope']) =>
    call(engine, 'series.cancel', { meeting: on(day), scope, mail: true });
  return { engine, calendar, deliver, turn, off, on };
}

const LATER = { startsAt: '2025-10-20T08:00:00.000Z', endsAt: '2025-10-20T08:30:00.000Z' };
const EARLIER = { startsAt: '2025-10-16T07:00:00.000Z', endsAt: '2025-10-16T07:30:00.000Z' };
type World = Awaited<ReturnType<typeof world>>;

test.each<readonly [string, (w: World) => Promise<unknown>, readonly string[], number]>([
  ['one is moved', (w) => w.turn('2025-10-20', { scope: 'one', patch: LATER }), ['invitation'], 7],
  ['this and the following are moved', (w) => w.turn('2025-10-20', { scope: 'following', patch: LATER }), ['invitation'], 7],
  ['all are moved', (w) => w.turn('2025-10-20', { scope: 'all', patch: LATER }), ['invitation'], 7],
  ['all get another place', (w) => w.turn('2025-10-20', { scope: 'all', patch: { link: 'https://meet.example/1' } }), ['invitation'], 7],
  ['the rhythm changes', (w) => w.turn('2025-10-13', { scope: 'all', patch: {}, cadence: 'biweekly' }), ['cancellation', 'invitation'], 4],
  [
    'the end comes earlier',
    (w) => w.turn('2025-10-20', { scope: 'all', patch: {}, repeatUntil: '2025-11-03' }),
    ['cancellation', 'invitation'],
    4,
  ],
  ['the end comes later', (w) => w.turn('2025-10-20', { scope: 'all', patch: {}, repeatUntil: '2025-12-08' }), ['invitation'], 9],
  ['all are moved to an earlier day', (w) => w.turn('2025-10-20', { scope: 'all', patch: EARLIER }), ['cancellation', 'invitation'], 7],
  ['one is called off', (w) => w.off('2025-10-20', 'one'), ['cancellation'], 6],
  ['this and the following are called off', (w) => w.off('2025-10-27', 'following'), ['cancellation'], 2],
  ['all are called off', (w) => w.off('2025-10-27', 'all'), ['cancellation'], 0],
])('TCH-03 TCH-04 %s: calendars follow by UID and SEQUENCE', async (_what, deed, kinds, left) => {
  const w = await world();
  await deed(w);
  expect(await w.deliver()).toEqual(kinds);
  expect(w.calendar.shown()).toHaveLength(left);
});

test('TCH-04 an exception that was told of keeps its UID when the series changes, is called off by it, and a second change is a newer version', async () => {
  const w = await world();
  const id = w.on('2025-10-20');
  await w.turn('2025-10-20', { scope: 'one', patch: { startsAt: '2025-10-21T12:00:00.000Z', endsAt: '2025-10-21T12:30:00.000Z' } });
  await w.deliver();
  await w.turn('2025-10-27', {
    scope: 'all',
    patch: { agenda: 'Figures', startsAt: '2025-10-27T09:00:00.000Z', endsAt: '2025-10-27T09:30:00.000Z' },
  });
  await w.deliver();
  expect(w.calendar.shown()).toContain(`${id}@satchel 20251021T120000Z`);
  await w.off('2025-10-20', 'all');
  expect(await w.deliver()).toEqual(['cancellation']);
  expect(w.calendar.shown()).toEqual([]);
});

test('TCH-04 a series that still waits in the outbox is not lost when one of its meetings moves: it goes first, the newer version after it', async () => {
  const w = await world({ deliver: false });
  await w.turn('2025-10-13', { scope: 'one', patch: { startsAt: '2025-10-14T07:00:00.000Z', endsAt: '2025-10-14T07:30:00.000Z' } });
  expect(await w.deliver()).toEqual(['invitation', 'invitation']);
  expect(w.calendar.shown()).toHaveLength(7);
});
