import fc from 'fast-check';
import { expect, test } from 'vitest';
import { portfolioWorld, type TestCommand } from '../../../test/support/rule-harness.ts';
import { SETTING_DEFAULTS } from '../../model/settings.ts';
import { formulaOf } from '../today/formula.ts';
import { rankSilence, silence, weightOf, type Unanswered } from './unanswered.ts';

type Put = (command: TestCommand) => void;
const ASKED = { subject: 'Numbers', engagement: 'e1', contact: 'k1', sentOn: '2025-06-01' };
const asked =
  (more: Readonly<Record<string, unknown>> = {}, id = 'o1'): Put =>
  ({ create }) =>
    create('outreach', id, { ...ASKED, ...more });

function silenceOn(asOf: string, puts: readonly Put[], answerDays = 3) {
  const world = portfolioWorld();
  for (const put of puts) world.run(put, asOf);
  return silence({ view: world.view, asOf, timeZone: 'UTC', answerDays }, () => true);
}
const named = (asOf: string, ...puts: readonly Put[]) => silenceOn(asOf, puts).lines.map(({ outreach }) => outreach.id);

const mail =
  (more: Readonly<Record<string, unknown>>): Put =>
  ({ create }) =>
    create('email', 'm1', { subject: 'Re: Numbers', about: 'engagement/e1', kind: 'message', ...more });
const meeting =
  (more: Readonly<Record<string, unknown>>): Put =>
  ({ create }) => {
    create('touchpoint', 't9', { subject: 'Later', engagement: 'e1', heldOn: '2025-09-01' });
    create('meeting', 'g1', {
      subject: 'Review',
      touchpoint: 't9',
      type: 'adHoc',
      startsAt: '2025-06-04T09:00:00.000Z',
      endsAt: '2025-06-04T10:00:00.000Z',
      state: 'completed',
      contacts: ['k1'],
      ...more,
    });
  };
const touch =
  (more: Readonly<Record<string, unknown>>): Put =>
  ({ create }) =>
    create('touchpoint', 't1', { subject: 'Call', engagement: 'e1', heldOn: '2025-06-04', ...more });
const note =
  (more: Readonly<Record<string, unknown>>): Put =>
  ({ create }) =>
    create('activity', 'v1', { kind: 'call', account: 'a1', contact: 'k1', happenedOn: '2025-06-04', ...more });

test.each<readonly [string, readonly Put[], readonly string[]]>([
  ['nobody answered', [asked()], ['o1']],
  ['it was answered', [asked({ result: 'answered', respondedOn: '2025-06-02' })], []],
  ['it was declined', [asked({ result: 'declined' })], []],
  [
    'they wrote',
    [asked(), mail({ direction: 'incoming', state: 'received', senderContact: 'k1', sentAt: '2025-06-02T08:00:00.000Z' })],
    [],
  ],
  [
    'they wrote before',
    [asked(), mail({ direction: 'incoming', state: 'received', senderContact: 'k1', sentAt: '2025-05-30T08:00:00.000Z' })],
    ['o1'],
  ],
  ['the follow-up waits for its way', [asked(), mail({ direction: 'outgoing', state: 'queued', toContacts: ['k1'], body: 'x' })], []],
  ['the follow-up is only a draft', [asked(), mail({ direction: 'outgoing', state: 'draft', toContacts: ['k1'] })], ['o1']],
  ['a talk with them was held later', [asked(), touch({ contact: 'k1' })], []],
  ['a talk with nobody in particular was held later', [asked(), touch({})], []],
  ['a talk was held before', [asked(), touch({ heldOn: '2025-05-20' })], ['o1']],
  ['a talk is planned', [asked(), touch({ heldOn: '2025-08-01' })], ['o1']],
  ['a meeting with them was held', [asked(), meeting({})], []],
  ['a meeting without them was held', [asked(), meeting({ contacts: [] })], ['o1']],
  ['a meeting with them is only planned', [asked(), meeting({ state: 'scheduled' })], ['o1']],
  ['a call with them was noted', [asked(), note({})], []],
  ['they logged in, which is no answer', [asked(), note({ kind: 'login' })], ['o1']],
  ['it is older than any conversation', [asked({ sentOn: '2024-12-01' })], []],
  ['it was sent today', [asked({ sentOn: '2025-06-15' })], []],
  ['someone waits until tomorrow', [asked({ waitUntil: '2025-06-16' })], []],
  ['the waiting ends today', [asked({ waitUntil: '2025-06-15' })], ['o1']],
  ['they were asked again', [asked(), asked({ sentOn: '2025-06-08' }, 'o2')], ['o2']],
  ['the second was answered', [asked(), asked({ sentOn: '2025-06-08', result: 'answered', respondedOn: '2025-06-09' }, 'o2')], []],
  ['nobody in particular was asked', [asked({ contact: undefined })], ['o1']],
])('T6 %s', (_what, puts, expected) => {
  expect(named('2025-06-15', ...puts)).toEqual(expected);
});

test('T6 silence counts from the day that the setting says, and attempts since they were last heard of are counted', () => {
  expect(silenceOn('2025-06-03', [asked()]).lines).toEqual([]);
  expect(silenceOn('2025-06-04', [asked()]).lines).toMatchObject([{ silentDays: 3, due: '2025-06-04', attempts: 1 }]);
  expect(silenceOn('2025-06-04', [asked()], 0).lines).toMatchObject([{ due: '2025-06-01' }]);
  expect(silenceOn('2025-06-04', [asked()], 10).lines).toEqual([]);
  const thrice = [asked(), asked({ sentOn: '2025-06-05' }, 'o2'), asked({ sentOn: '2025-06-09' }, 'o3')];
  expect(silenceOn('2025-06-15', thrice).lines).toMatchObject([{ attempts: 3, silentDays: 6 }]);
  expect(silenceOn('2025-06-15', [...thrice, touch({ heldOn: '2025-06-07' })]).lines).toMatchObject([{ attempts: 1 }]);
  expect(silenceOn('2025-06-15', [asked({ waitUntil: '2025-07-01' })])).toMatchObject({ lines: [], waiting: 1 });
});

const line = fc.record({
  id: fc.uuid(),
  due: fc.integer({ min: 0, max: 60 }),
  money: fc.constantFrom(0, 0.2, 0.6, 1),
  danger: fc.constantFrom(0, 0.5, 1),
});

test('T6 the order is one order, whatever it began with; more at stake or longer silence never puts a line further down', () => {
  const formula = formulaOf(SETTING_DEFAULTS.todayFormula);
  fc.assert(
    fc.property(fc.uniqueArray(line, { selector: ({ id }) => id, maxLength: 20 }), fc.integer(), (found, seed) => {
      const lines = found.map(({ id, due, money, danger }) => {
        const day = new Date(Date.UTC(2025, 5, 15 - due)).toISOString().slice(0, 10);
        // rank looks at these alone
        const unanswered = { outreach: { ...ASKED, id }, attempts: 1, silentDays: due, due: day } as unknown as Unanswered;
        return { unanswered, weight: weightOf(day, { money, danger, nearness: 0, debt: 0 }, formula, '2025-06-15') };
      });
      const shuffled = lines.toSorted(
        (a, b) => ((a.unanswered.outreach.id.charCodeAt(0) * seed) % 7) - ((b.unanswered.outreach.id.charCodeAt(0) * seed) % 7),
      );
      const ranked = rankSilence(shuffled);
      expect(ranked).toEqual(rankSilence(lines));
      expect(ranked.every((one, at) => at === 0 || one.weight <= (ranked[at - 1]?.weight ?? 0))).toBe(true);
    }),
  );
  const weigh = (due: string, money: number) => weightOf(due, { money, danger: 0, nearness: 0, debt: 0 }, formula, '2025-06-15');
  expect(weigh('2025-06-01', 0.2)).toBeGreaterThan(weigh('2025-06-10', 0.2));
  expect(weigh('2025-06-01', 0.6)).toBeGreaterThan(weigh('2025-06-01', 0.2));
});
