import { describe, expect, test } from 'vitest';
import { planWorld, cancel, close, reopen } from '../../../test/support/plan-world.ts';
import type { RuleWorld } from '../../../test/support/rule-harness.ts';
import type { FieldsToSet } from './rule.ts';

const meeting = { subject: 'Review', touchpoint: 't1', startsAt: '2025-07-01T09:00:00.000Z', endsAt: '2025-07-01T10:00:00.000Z' };
const series = { ...meeting, cadence: 'monthly', repeatUntil: '2026-06-30' };
const mail = { subject: 'Agenda', touchpoint: 't1', toContacts: ['k1'], body: 'Here it is.' };

const refusedWith = (w: RuleWorld, table: 'meeting' | 'meetingSeries' | 'email', values: FieldsToSet) =>
  w.refused(({ create }) => create(table, 'x1', values));

describe('TCH-02 meetings', () => {
  test('REC-17 a meeting and a series take account and engagement from their touchpoint, and begin as drafts', () => {
    const w = planWorld();
    w.run(({ create }) => {
      create('meetingSeries', 'y1', series);
      create('meeting', 'm1', { ...meeting, series: 'y1', occurrence: '2025-07-01' });
    });
    expect(w.row('meeting', 'm1')).toMatchObject({ state: 'draft', type: 'adHoc', account: 'a1', engagement: 'e1' });
    expect(w.row('meetingSeries', 'y1')).toMatchObject({ state: 'scheduled', account: 'a1', engagement: 'e1' });
  });

  test.each([
    ['2025-07-01T09:00:00.000Z', 'ends before it starts'],
    ['2025-07-01T08:00:00.000Z', 'ends before it starts'],
    ['2025-07-02T09:00:00.001Z', 'takes more than 24 hours'],
  ])('TCH-02 a meeting that ends at %s is refused: %s', (endsAt, says) => {
    const refused = refusedWith(planWorld(), 'meeting', { ...meeting, endsAt });
    expect(refused.details).toMatchObject({ rule: 'TCH-02', field: 'endsAt' });
    expect(refused.message).toContain(says);
  });

  test('TCH-02 24 hours are allowed', () => {
    planWorld().run(({ create }) => create('meeting', 'm1', { ...meeting, endsAt: '2025-07-02T09:00:00.000Z' }));
  });

  test('TCH-02 a scheduled meeting needs a type, and a time zone that exists', () => {
    const w = planWorld();
    w.run(({ create }) => create('meeting', 'm1', meeting));
    expect(w.refused(({ update }) => update('meeting', 'm1', { state: 'scheduled', type: null })).message).toContain(
      'is scheduled and needs a type',
    );
    expect(w.refused(({ update }) => update('meeting', 'm1', { timeZone: 'Vienna' })).message).toContain('Write one such as Europe/Vienna');
    w.run(({ update }) => update('meeting', 'm1', { state: 'scheduled', timeZone: 'Europe/Vienna' }));
  });

  test('TCH-02 the day of a cancellation is kept, and goes when the meeting is planned again', () => {
    const w = planWorld();
    w.run(({ create }) => create('meeting', 'm1', { ...meeting, state: 'scheduled' }));
    w.run(({ update }) => update('meeting', 'm1', { state: 'cancelled' }));
    expect(w.row('meeting', 'm1').cancelledOn).toBe('2025-06-15');
    w.run(({ update }) => update('meeting', 'm1', { state: 'scheduled' }));
    expect(w.row('meeting', 'm1')).not.toHaveProperty('cancelledOn');
  });

  test('TCH-02 a virtual meeting gets the room of its organiser, where none is given and the software is the same', () => {
    const w = planWorld();
    const virtual = { ...meeting, virtual: true, organiser: 'u1' };
    w.run(({ update }) => update('user', 'u1', { meetingProvider: 'zoom', meetingRoom: 'https://zoom.example.com/u1' }));
    w.run(({ create }) => {
      create('meeting', 'm1', virtual);
      create('meeting', 'm2', { ...virtual, provider: 'teams' });
      create('meeting', 'm3', { ...virtual, link: 'https://other.example.com' });
      create('meeting', 'm4', { ...virtual, virtual: false });
      create('meetingSeries', 'y1', { ...virtual, cadence: 'monthly', repeatUntil: '2025-09-30' });
    });
    expect(w.row('meeting', 'm1')).toMatchObject({ provider: 'zoom', link: 'https://zoom.example.com/u1' });
    expect(w.row('meeting', 'm2')).not.toHaveProperty('link');
    expect(w.row('meeting', 'm3').link).toBe('https://other.example.com');
    expect(w.row('meeting', 'm4')).not.toHaveProperty('link');
    expect(w.row('meetingSeries', 'y1')).toMatchObject({ link: 'https://zoom.example.com/u1' });
    w.run(({ update }) => update('meeting', 'm1', { link: null }));
    expect(w.row('meeting', 'm1')).not.toHaveProperty('link');
  });

  test('REC-42 a meeting has one checklist', () => {
    const w = planWorld();
    w.run(({ create }) => {
      create('meeting', 'm1', meeting);
      create('meetingChecklist', 'q1', { about: 'meeting/m1', onTime: true });
    });
    expect(() => w.run(({ create }) => create('meetingChecklist', 'q2', { about: 'meeting/m1' }))).toThrow(
      'There is already a record of type meeting checklist',
    );
    w.run(({ create }) => create('meetingChecklist', 'q2', { about: 'touchpoint/t1', strategic: true }));
  });
});

describe('TCH-03 series', () => {
  test('TCH-03 a series is repeated until a day after its first meeting, at most as long as the settings allow', () => {
    const w = planWorld();
    expect(refusedWith(w, 'meetingSeries', { ...series, repeatUntil: '2025-07-01' }).message).toContain(
      'must be repeated until a day after its first meeting (2025-07-01)',
    );
    const long = refusedWith(w, 'meetingSeries', { ...series, repeatUntil: '2026-07-02' });
    expect(long.details).toMatchObject({ rule: 'TCH-03', field: 'repeatUntil' });
    expect(long.message).toContain('goes on for 366 days; the settings allow 365');
    w.run(({ create }) => create('meetingSeries', 'y1', { ...series, repeatUntil: '2026-07-01' }));
  });
});

describe.each([
  ['meeting', meeting],
  ['meetingSeries', series],
  ['email', mail],
] as const)('TCH-01 %s', (table, values) => {
  test.each(['close', 'cancel'] as const)('TCH-01 a touchpoint that has ended (%s) takes no new one; what it has stays', (how) => {
    const w = planWorld();
    w.run(({ create }) => create(table, 'x1', values));
    w.run(({ remove }) => remove('successTask', 'sk3'));
    w.run(how === 'close' ? close(w, 'touchpoint', 't1', 'addressed') : cancel(w, 'touchpoint', 't1'));
    const refused = w.refused(({ create }) => create(table, 'x2', values));
    expect(refused.details).toMatchObject({ rule: 'TCH-01', field: 'touchpoint' });
    expect(refused.message).toContain('has ended, so nothing new can be');
    w.run(({ update }) => update(table, 'x1', { subject: 'Changed' }));
    w.run(reopen(w, 'touchpoint', 't1'));
    w.run(({ create }) => create(table, 'x2', values));
  });
});

describe('BR-44 mail', () => {
  function world(): RuleWorld {
    const w = planWorld();
    w.run(({ create }) => {
      create('user', 'u3', { name: 'Mo' });
      create('user', 'u4', { name: 'Ina' });
      create('contact', 'k2', { name: 'Bo', account: 'a2' });
      create('contact', 'k3', { name: 'Cy', account: 'a3' });
      create('accountTeamMember', 'q1', { about: 'account/a1', user: 'u3' });
    });
    w.run(({ update }) => update('engagement', 'e1', { csm: 'u1' }));
    return w;
  }

  test.each([
    ['a contact of the account', { toContacts: ['k1'] }],
    ['a contact of an account below', { toContacts: ['k2'] }],
    ['the success manager', { toUsers: ['u1'] }],
    ['a member of the account team, as a copy', { toContacts: ['k1'], ccUsers: ['u3'] }],
  ])('BR-44 goes to %s', (_who, values) => {
    const w = world();
    w.run(({ create }) => create('email', 'm1', { subject: 'Hello', touchpoint: 't1', body: 'x', state: 'queued', ...values }));
    expect(w.row('email', 'm1')).toMatchObject({ account: 'a1', engagement: 'e1', direction: 'outgoing' });
  });

  test.each([
    ['toContacts', ['k1', 'k3'], 'cannot go to Cy, who is in none of its teams. Add them to the customer team first, or leave them out.'],
    ['ccContacts', ['k3'], 'cannot go to Cy'],
    [
      'toUsers',
      ['u4'],
      'cannot go to Ina, who is in none of its teams. Add them to the account team or the squad first, or leave them out.',
    ],
    ['ccUsers', ['u2'], 'cannot go to Lee'],
    ['bccUsers', ['u4'], 'cannot go to Ina'],
  ])('BR-44 %s of strangers are refused by name', (field, to, says) => {
    const refused = world().refused(({ create }) => create('email', 'm1', { subject: 'Hello', touchpoint: 't1', [field]: to }));
    expect(refused.details).toMatchObject({ rule: 'BR-44', field });
    expect(refused.message).toContain(says);
  });

  test('BR-44 whoever joins the customer team or the squad may be written to', () => {
    const w = world();
    w.run(({ create }) => {
      create('customerTeamMember', 'q2', { about: 'engagement/e1', contact: 'k3' });
      create('squadMember', 'q3', { about: 'touchpoint/t1', user: 'u4' });
    });
    w.run(({ create }) => create('email', 'm1', { subject: 'Hello', touchpoint: 't1', toContacts: ['k3'], ccUsers: ['u4'] }));
  });

  test('BR-44 what came in may come from anyone', () => {
    world().run(({ create }) =>
      create('email', 'm1', { subject: 'Hello', touchpoint: 't1', direction: 'incoming', state: 'received', toUsers: ['u4'] }),
    );
  });

  test('REC-18 TCH-05 a mail that is to be sent has someone to go to and a text; a draft needs neither', () => {
    const w = world();
    w.run(({ create }) => create('email', 'm1', { subject: 'Hello', touchpoint: 't1' }));
    expect(w.refused(({ update }) => update('email', 'm1', { state: 'queued', body: 'x' })).message).toContain('goes to nobody');
    expect(w.refused(({ update }) => update('email', 'm1', { state: 'queued', toContacts: ['k1'] })).message).toContain('has no text');
    w.run(({ update }) => update('email', 'm1', { state: 'queued', toContacts: ['k1'], body: 'x' }));
  });
});
