import { expect, test } from 'vitest';
import { refTo } from '#shared/model/any-reference.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { call } from '../../../test/support/call-engine.ts';
import { countsOf, importTexts } from '../../../test/support/import-texts.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { openEngine, type Engine } from '../engine.ts';

type Values = Readonly<Record<string, unknown>>;
type World = {
  readonly engine: Engine;
  readonly make: (table: TableName, values: Values) => Promise<string>;
  readonly ids: Record<string, string>;
};

const description = 'As agreed';

/** Everything that the records of plans and plays hang on. */
async function world(): Promise<World> {
  const engine = await openEngine(memoryHost());
  const make: World['make'] = async (table, values) => (await call(engine, 'records.create', { table, values })).id;
  const user = await make('user', { name: 'Kim' });
  const account = await make('account', { name: 'Acme' });
  const contact = await make('contact', { name: 'Ada', account });
  const engagement = await make('engagement', { title: 'Care', account });
  const objective = await make('successObjective', { title: 'Service', engagement, description });
  const outcome = await make('successOutcome', { title: 'Waiting', objective, description });
  const initiative = await make('successInitiative', { subject: 'Desk', outcome });
  const play = await make('internalPlay', { shortDescription: 'Renewal', engagement, description });
  const onboarding = await make('onboardingCase', { shortDescription: 'Go live', account });
  const signal = await make('riskSignal', { shortDescription: 'Slow', engagement });
  return { engine, make, ids: { user, account, contact, engagement, objective, outcome, initiative, play, onboarding, signal } };
}

/** Each type with values as a person gives them, and what must come of them. */
const TYPES: readonly (readonly [row: string, table: TableName, values: (ids: World['ids']) => Values, name: string, more: Values])[] = [
  [
    'REC-11',
    'successObjective',
    ({ engagement, user, contact }) => ({
      title: 'Fewer tickets',
      engagement,
      description,
      driver: 'cost',
      owner: user,
      sponsor: contact,
      plannedStart: '2026-01-01',
      plannedStop: '2026-06-30',
    }),
    'Fewer tickets',
    { state: 'new', progress: 'notStarted', priority: 'medium', active: true },
  ],
  [
    'REC-12',
    'successOutcome',
    ({ objective, user }) => ({
      title: 'Half',
      objective,
      description,
      unit: 'minutes',
      baseValue: 30,
      targetValue: 15,
      currentValue: 21,
      owner: user,
    }),
    'Half',
    { trackingMethod: 'manual', state: 'new' },
  ],
  [
    'REC-13',
    'successInitiative',
    ({ outcome, user, contact }) => ({ subject: 'Chat', outcome, assignedTo: user, squad: [user], contact, dueDate: '2026-03-01' }),
    'Chat',
    { category: 'general' },
  ],
  [
    'REC-14',
    'successCase',
    ({ engagement }) => ({ shortDescription: 'Slow search', engagement, description, category: 'training' }),
    'Slow search',
    { state: 'new' },
  ],
  [
    'REC-15',
    'successTask',
    ({ initiative = '' }) => ({
      subject: 'Workshop',
      parent: refTo('successInitiative', initiative),
      description,
      visibleToCustomer: true,
      category: 'workshop',
    }),
    'Workshop',
    { priority: 'medium' },
  ],
  [
    'REC-19',
    'internalPlay',
    ({ engagement }) => ({ shortDescription: 'Win back', engagement, description }),
    'Win back',
    { category: 'general' },
  ],
  [
    'REC-20',
    'internalPlayTask',
    ({ play }) => ({ shortDescription: 'Call', internalPlay: play, description, dueDate: '2026-02-01' }),
    'Call',
    { state: 'new' },
  ],
  [
    'REC-24',
    'onboardingCase',
    ({ account, user, contact }) => ({
      shortDescription: 'Phase two',
      account,
      type: 'phased',
      integration: 'dataSync',
      assignedTo: user,
      contact,
      goLiveDate: '2026-05-01',
      state: 'active',
    }),
    'Phase two',
    { stage: 'onTrack', type: 'phased' },
  ],
  [
    'REC-25',
    'onboardingTask',
    ({ onboarding, contact }) => ({ subject: 'Logins', onboardingCase: onboarding, contact, visibleToCustomer: true }),
    'Logins',
    { state: 'open', phase: 'setup' },
  ],
  [
    'REC-26',
    'dataImportTask',
    ({ onboarding }) => ({ subject: 'Locations', onboardingCase: onboarding, intoTable: 'location', source: 'locations.xlsx' }),
    'Locations',
    { importState: 'notLoaded', visibleToCustomer: false },
  ],
];

test.each(TYPES)(
  '%s a %s is made with its fields and defaults, numbered, listed, found and related to what it hangs on',
  async (_row, table, given, name, more) => {
    const { engine, make, ids } = await world();
    const id = await make(table, given(ids));
    const { row, label } = await call(engine, 'records.get', { table, id });
    expect(label).toBe(name);
    expect(row).toMatchObject({ ...given(ids), ...more, account: ids['account'] });
    const { prefix, plural, fields } = tableOf(table);
    expect(row.number).toMatch(new RegExp(`^${prefix}\\d{7}$`));
    if (fields['engagement'] !== undefined) expect(row['engagement']).toBe(ids['engagement']);
    const { rows } = await call(engine, 'records.list', { table, search: name, window: { offset: 0, limit: 10 } });
    expect(rows.map((one) => one.row.id)).toContain(id);
    const { found } = await call(engine, 'records.find', { text: name, limit: 10 });
    expect(found.map((one) => one.id)).toContain(id);
    const { lists } = await call(engine, 'records.related', { table: 'account', id: ids['account'] ?? '' });
    expect(lists.some((list) => list.label.startsWith(plural) && list.count > 0)).toBe(true);
    await engine.close();
  },
);

test.each(TYPES)('%s a %s is written to a file and brought in again, by number, without a change', async (_row, table, given) => {
  const { engine, make, ids } = await world();
  await make(table, given(ids));
  const { fileName, bytes } = await call(engine, 'export.table', { table, format: 'csv' });
  const { sessionId } = await call(engine, 'import.open', { files: [{ name: fileName, bytes }] });
  const state = await call(engine, 'import.change', { sessionId, sheetId: '1', into: table });
  expect([state.problems, state.questions]).toEqual([{ errors: 0, warnings: 0 }, []]);
  expect(countsOf(state)[table]).toEqual([0, 0, engine.context.view.count(table), 0]);
  await engine.close();
});

test('REC-23 REC-34 a solution and an approval are made and deleted with what they belong to', async () => {
  const { engine, make, ids } = await world();
  await make('riskSolution', { signal: ids['signal'], solution: refTo('internalPlay', ids['play'] ?? '') });
  await make('approval', { about: refTo('successOutcome', ids['outcome'] ?? ''), approver: ids['user'], requestedBy: ids['user'] });
  const lists = (await call(engine, 'records.related', { table: 'internalPlay', id: ids['play'] ?? '' })).lists;
  expect(lists).toMatchObject([{ table: 'riskSolution', field: 'solution', count: 1, first: [{ label: 'Slow · Renewal' }] }]);
  await call(engine, 'records.delete', { table: 'riskSignal', id: ids['signal'] ?? '' });
  await call(engine, 'records.delete', { table: 'successOutcome', id: ids['outcome'] ?? '' });
  expect([engine.context.view.count('riskSolution'), engine.context.view.count('approval')]).toEqual([0, 0]);
  await call(engine, 'records.undo', {});
  expect(engine.context.view.count('approval')).toBe(1);
  await engine.close();
});

test('ONB-04 BR-02 files bring how work ended: state, closure code and notes; without them it is closed with the first code', async () => {
  const { engine, ids } = await world();
  const number = engine.context.view.get('engagement', ids['engagement'] ?? '')?.number;
  await importTexts(engine, {
    'success objectives.csv': [
      'external id,title,engagement,description,state,closure code,close notes',
      `O1,One,${number},x,Closed,Missed,Budget was cut`,
      `O2,Two,${number},x,Closed,,`,
      `O3,Three,${number},x,Cancelled,Missed,Merged into one`,
      `O4,Four,${number},x,In progress,Missed,Not yet`,
    ].join('\n'),
  });
  const ended = Object.fromEntries(
    [...engine.context.view.all('successObjective')].map(({ title, state, closureCode, closeNotes }) => [
      title,
      [state, closureCode, closeNotes],
    ]),
  );
  expect(ended).toMatchObject({
    One: ['closed', 'missed', 'Budget was cut'],
    Two: ['closed', 'achieved', 'Closed in the imported file.'],
    Three: ['cancelled', 'cancelled', 'Merged into one'],
    Four: ['inProgress', undefined, undefined],
  });
  await engine.close();
});

test('ONB-04 BR-14 an open task of a closed case stays out of an import, with the reason at its row', async () => {
  const { engine, ids } = await world();
  const number = engine.context.view.get('onboardingCase', ids['onboarding'] ?? '')?.number;
  const { id } = await call(engine, 'records.close', {
    table: 'onboardingCase',
    id: ids['onboarding'] ?? '',
    closureCode: 'successfulNoIssues',
    closeNotes: 'Live',
  });
  expect(id).toBe(ids['onboarding']);
  await importTexts(engine, {
    'onboarding tasks.csv': `external id,subject,onboarding case,state\nT1,Late,${number},Open\nT2,Done,${number},Closed\n`,
  });
  expect([...engine.context.view.all('onboardingTask')].map(({ subject, state, progress }) => [subject, state, progress])).toEqual([
    ['Done', 'closed', 'finished'],
  ]);
  const [held] = engine.context.view.all('heldRow');
  expect(JSON.stringify(held?.problems)).toContain('Reopen that first');
  await engine.close();
});
