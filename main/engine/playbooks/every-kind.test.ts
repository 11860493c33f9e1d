// Every kind of activity does what its name says, and refuses to be done where that is not so (PLY-07).
import { afterEach, beforeEach, expect, test } from 'vitest';
import { INPUTS } from '#shared/domain/playbooks/inputs.ts';
import { call } from '../../../test/support/call-engine.ts';
import { playEngine, walker, type PlayEngine } from '../../../test/support/play-engine.ts';
import { add, change } from '../../../test/support/portfolio-engine.ts';

let world: PlayEngine;
beforeEach(async () => {
  world = await playEngine();
});
afterEach(() => world.engine.close());
const view = () => world.engine.context.view;

type Played = 'successCase' | 'onboardingCase';
type World = PlayEngine & { readonly id: string; readonly about: string; readonly one: () => Promise<unknown> };
type Case = {
  readonly activity: Readonly<Record<string, unknown>>;
  readonly on?: Played;
  /** What it is refused with, and why. */
  readonly bad?: (at: World) => Readonly<Record<string, unknown>>;
  readonly refusal?: string;
  /** What has to be so before it can be done. */
  readonly before?: (at: World) => Promise<unknown>;
  readonly good?: (at: World) => Readonly<Record<string, unknown>>;
  /** What it leaves, and what that is. */
  readonly leaves: (at: World) => unknown;
  readonly expected: unknown;
};

const record = ({ id }: World) => view().get('successCase', id);
const texts = (entries: readonly { readonly text: string }[] | undefined) => entries?.map(({ text }) => text);
const mail = (to: string) => ({ to, subject: 'Hello', body: 'Good day' });
const mails = () => [...view().all('email')].map(({ state, toContacts = [], toUsers = [] }) => [state, toContacts.length, toUsers.length]);

const CASES: Readonly<Record<keyof typeof INPUTS, Case>> = {
  form: {
    activity: { fields: ['priority', 'dueDate'], mandatory: ['dueDate'] },
    bad: () => ({ values: { priority: 'high' } }),
    refusal: 'needs Due date. Fill it in.',
    good: () => ({ values: { priority: 'high', dueDate: '2025-07-01' } }),
    leaves: (at) => [record(at)?.priority, record(at)?.dueDate],
    expected: ['high', '2025-07-01'],
  },
  choose: {
    activity: { field: 'contact' },
    refusal: 'needs Contact. Choose it.',
    good: ({ contact }) => ({ id: contact }),
    leaves: (at) => record(at)?.contact === at.contact,
    expected: true,
  },
  customerTeam: {
    activity: {},
    on: 'onboardingCase',
    bad: () => ({ add: [{ name: 'Jo' }] }),
    refusal: 'cannot take what was filled in',
    good: ({ contact }) => ({ add: [{ contact }, { contact }, { name: 'Jo Ng', email: 'jo@acme.example' }] }),
    leaves: ({ about }) =>
      view()
        .by('customerTeamMember', 'about', about)
        .map((member) => view().get('contact', member.contact)?.name),
    expected: ['Lee', 'Jo Ng'],
  },
  responsibilities: {
    activity: { mails: [mail('primary')] },
    on: 'onboardingCase',
    refusal: 'needs at least one member of the customer’s team with a responsibility',
    good: ({ contact, responsibility }) => ({
      set: [{ contact, responsibility: responsibility('Onboarding point of contact'), primary: true }],
    }),
    leaves: ({ about }) => [
      view()
        .by('customerTeamMember', 'about', about)
        .map(({ primary }) => primary),
      mails(),
    ],
    expected: [[true], [['queued', 1, 0]]],
  },
  accountTeam: {
    activity: { mails: [mail('accountTeam')] },
    on: 'onboardingCase',
    refusal: 'needs at least one member of the account team',
    good: ({ ada, responsibility }) => ({ add: [{ user: ada, responsibility: responsibility('Data analyst') }] }),
    leaves: ({ about }) => [view().by('accountTeamMember', 'about', about).length, mails()],
    expected: [1, [['queued', 0, 1]]],
  },
  squad: {
    activity: { mails: [mail('squad')] },
    refusal: 'needs at least one member of the squad',
    good: ({ ada, kim }) => ({ add: [{ user: ada }, { user: kim }] }),
    leaves: (at) => [record(at)?.squad?.length, view().by('squadMember', 'about', at.about).length, mails()],
    expected: [2, 2, [['queued', 0, 2]]],
  },
  comment: {
    activity: {},
    bad: () => ({ text: '  ' }),
    refusal: 'has nothing to tell the customer yet',
    good: () => ({ text: 'Soon' }),
    leaves: (at) => [texts(record(at)?.comments), texts(record(at)?.workNotes)],
    expected: [['Soon'], undefined],
  },
  note: {
    activity: {},
    refusal: 'has no text yet',
    good: () => ({ text: 'Among us' }),
    leaves: (at) => [texts(record(at)?.comments), texts(record(at)?.workNotes)],
    expected: [undefined, ['Among us']],
  },
  tasks: {
    activity: {},
    refusal: 'has no task yet',
    good: ({ ada }) => ({ tasks: [{ subject: 'One' }, { subject: 'Two', assignedTo: ada, dueDate: '2025-07-01' }] }),
    leaves: ({ about }) =>
      view()
        .by('successTask', 'parent', about)
        .map(({ subject, state, dueDate }) => [subject, state, dueDate]),
    expected: [
      ['One', 'new', undefined],
      ['Two', 'new', '2025-07-01'],
    ],
  },
  taskGate: {
    activity: {},
    before: ({ engine, about }) => add(engine, 'successTask', { subject: 'Do', description: 'It', parent: about }),
    refusal: '1 task is open. Close or cancel them.',
    good: () => ({}),
    leaves: ({ about }) =>
      view()
        .by('successTask', 'parent', about)
        .map(({ state }) => state),
    expected: ['cancelled'],
  },
  meetingGate: {
    activity: {},
    before: async ({ engine, about, engagement }) => {
      const touchpoint = await add(engine, 'touchpoint', { subject: 'Talk', engagement });
      const times = { startsAt: '2025-06-20T09:00:00.000Z', endsAt: '2025-06-20T10:00:00.000Z' };
      return add(engine, 'meeting', { subject: 'Review', touchpoint, about, ...times });
    },
    refusal: '1 meeting is open. Complete or cancel them.',
    good: () => ({}),
    leaves: ({ about }) =>
      view()
        .by('meeting', 'about', about)
        .map(({ state }) => state),
    expected: ['cancelled'],
  },
  mail: {
    activity: { mail: mail('contact'), task: { subject: 'Write to them' } },
    refusal: 'goes to nobody',
    good: () => ({ subject: 'About {Short description}' }),
    leaves: ({ about }) => [
      [...view().all('email')].map(({ subject, state }) => [subject, state]),
      view()
        .by('successTask', 'parent', about)
        .map(({ state, closeNotes }) => [state, closeNotes]),
    ],
    expected: [[['About Reports', 'queued']], [['closed', 'The mail “About Reports” was queued to be sent.']]],
  },
  view: { activity: { field: 'engagement' }, leaves: (at) => record(at)?.rev, expected: 1 },
  checklist: {
    activity: {
      items: [
        { key: 'a', label: 'Sponsor' },
        { key: 'b', label: 'Budget', optional: true },
      ],
    },
    bad: () => ({ checked: ['b'] }),
    refusal: 'is not done yet: “Sponsor”.',
    good: () => ({ checked: ['a'] }),
    leaves: (at) => record(at)?.rev,
    expected: 1,
  },
  decision: {
    activity: {
      question: 'Which?',
      options: [
        { key: 'yes', label: 'Yes' },
        { key: 'no', label: 'No' },
      ],
    },
    bad: () => ({ option: 'perhaps' }),
    refusal: 'waits for an answer: Yes, No.',
    good: () => ({ option: 'no' }),
    leaves: async ({ one }) => ((await one()) as { readonly text?: string }).text, // the last line of the log
    expected: 'No',
  },
  task: {
    activity: { task: { subject: 'Call {account}', dueDays: 3 } },
    bad: () => ({ closureCode: 'nonsense' }),
    refusal: 'closure code',
    good: () => ({ closeNotes: 'Called' }),
    leaves: ({ about }) =>
      view()
        .by('successTask', 'parent', about)
        .map(({ subject, dueDate, state, closeNotes }) => [subject, dueDate, state, closeNotes]),
    expected: [['Call Acme', '2025-06-18', 'closed', 'Called']],
  },
  dataImport: {
    activity: { intoTable: 'location', task: { subject: 'Locations' } },
    on: 'onboardingCase',
    bad: () => ({ closureCode: 'nonsense' }),
    refusal: 'closure code',
    good: () => ({ closeNotes: 'In' }),
    leaves: ({ id }) =>
      view()
        .by('dataImportTask', 'onboardingCase', id)
        .map(({ intoTable, state, progress }) => [intoTable, state, progress]),
    expected: [['location', 'closed', 'finished']],
  },
  summary: { activity: { fields: ['state'] }, leaves: (at) => record(at)?.rev, expected: 1 },
  close: {
    activity: {},
    bad: () => ({ closureCode: 'addressed' }),
    refusal: 'needs close notes',
    good: () => ({ closureCode: 'addressed', closeNotes: 'There' }),
    leaves: (at) => [record(at)?.state, record(at)?.progress, record(at)?.closureCode, record(at)?.closeNotes],
    expected: ['closed', 'completed', 'addressed', 'There'],
  },
};

const KINDS = Object.keys(CASES) as (keyof typeof CASES)[]; // its own keys

async function begin({ activity, on = 'successCase' }: Case, kind: string): Promise<World & { readonly play: ReturnType<typeof walker> }> {
  const { engine, account, engagement } = world;
  const definition = { table: on, stages: [{ key: 's', label: 'S', activities: [{ ...activity, key: 'one', label: 'One', kind }] }] };
  const { playbook, version } = await call(engine, 'playbooks.draft', { name: kind, definition });
  await call(engine, 'playbooks.publish', { version });
  const id =
    on === 'onboardingCase'
      ? await add(engine, on, { shortDescription: 'Acme comes', account })
      : await add(engine, on, { shortDescription: 'Reports', description: 'They want reports.', engagement });
  await call(engine, 'playbooks.start', { playbook, table: on, id });
  const play = walker(engine, on, id);
  return { ...world, id, about: `${on}/${id}`, play, one: async () => (await play.current()).log.at(-1) };
}

test.each(KINDS)('PLY-07 an activity of the kind “%s” does to records what its name says', async (kind) => {
  const one = CASES[kind];
  const at = await begin(one, kind);
  if (kind === 'mail') await change(world.engine, (draft) => draft.update('successCase', at.id, { contact: at.contact }));
  await at.play.complete('one', one.good?.(at) ?? {});
  expect((await at.play.current()).activities[0]?.state).toBe('done');
  if (one.before === undefined) expect(await one.leaves(at)).toEqual(one.expected);
});

test.each(KINDS.filter((kind) => CASES[kind].refusal !== undefined))(
  'PLY-07 an activity of the kind “%s” is not done where something is wanting, and leaves nothing behind',
  async (kind) => {
    const one = CASES[kind];
    const at = await begin(one, kind);
    await one.before?.(at);
    const rows = [view().count('email'), view().count('successTask'), view().count('accountTeamMember')];
    await expect(at.play.complete('one', one.bad?.(at) ?? {})).rejects.toThrow(new RegExp(one.refusal ?? '', 'iu'));
    expect([view().count('email'), view().count('successTask'), view().count('accountTeamMember')]).toEqual(rows);
    expect((await at.play.current()).activities[0]?.state).not.toBe('done');
    if (one.before === undefined) return;
    // a gate opens once what it waits for has ended
    const [meeting] = view().by('meeting', 'about', at.about);
    const [task] = view().by('successTask', 'parent', at.about);
    await change(world.engine, (draft) => {
      if (meeting) draft.update('meeting', meeting.id, { state: 'cancelled' });
      if (task) draft.cancel('successTask', task.id, 'Not needed');
    });
    await at.play.complete('one');
    expect(await one.leaves(at)).toEqual(one.expected);
  },
);

test('PLY-07 there is no kind without its proof', () => {
  expect(KINDS.toSorted()).toEqual(Object.keys(INPUTS).toSorted());
});
