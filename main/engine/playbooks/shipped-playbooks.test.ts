// The five playbooks of the manual, walked from their start to the close of the record on the real engine.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDefinition } from '#shared/domain/playbooks/definition.ts';
import { problemsOf } from '#shared/domain/playbooks/problems.ts';
import { STARTER_PLAYBOOKS } from '#shared/domain/starter/starter-playbooks.ts';
import { STARTER_RESPONSIBILITIES } from '#shared/domain/starter/starter-people.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { call } from '../../../test/support/call-engine.ts';
import { playEngine, walker, type PlayEngine } from '../../../test/support/play-engine.ts';
import { add, change } from '../../../test/support/portfolio-engine.ts';

let world: PlayEngine;
beforeEach(async () => {
  world = await playEngine();
});
afterEach(() => world.engine.close());

const view = () => world.engine.context.view;
const texts = (entries: Row<'successCase'>['workNotes']) => (entries ?? []).map(({ text }) => text);
const create = async (table: 'successCase' | 'internalPlay' | 'successInitiative' | 'onboardingCase', values: Record<string, unknown>) =>
  (await call(world.engine, 'records.create', { table, values })).id;
const refusedBy = (promise: Promise<unknown>) =>
  promise.then(
    () => 'taken',
    (thrown: Error) => thrown.message,
  );

test('the shipped playbooks can be published as they are', () => {
  const responsibilities = new Set(STARTER_RESPONSIBILITIES.map(({ name }) => name));
  for (const { values, steps } of STARTER_PLAYBOOKS) {
    const read = readDefinition(steps);
    expect('problem' in read ? read.problem : problemsOf(read.definition, responsibilities), values.name).toEqual([]);
  }
});

test('PLY-02 the success case playbook: comments for the customer, a plan, meetings and tasks that hold, the close', async () => {
  const { engagement, ada, engine } = world;
  const values = { shortDescription: 'Reports', description: 'They want reports.', engagement };
  const id = await create('successCase', values);
  const play = walker(engine, 'successCase', id);
  expect((await play.current()).stages.map(({ label, state }) => [label, state])).toEqual([
    ['Initiate', 'current'],
    ['Assist', 'pending'],
    ['Review and close', 'pending'],
  ]);
  expect(await play.states()).toMatchObject({ engagement: 'done', core: 'ready', squad: 'pending', intended: 'pending' });
  await play.complete('core', { values: { category: 'guidance', dueDate: '2025-07-01' } });
  await play.complete('squad', { add: [{ user: ada }] });
  await play.complete('intended', { text: 'You will have reports.' });
  await play.complete('plan', { text: 'First the data.' });
  const touchpoint = await add(engine, 'touchpoint', { subject: 'Talk', engagement });
  const meeting = await add(engine, 'meeting', {
    subject: 'Review',
    touchpoint,
    about: `successCase/${id}`,
    startsAt: '2025-06-20T09:00:00.000Z',
    endsAt: '2025-06-20T10:00:00.000Z',
  });
  expect(await refusedBy(play.complete('meetings'))).toBe(
    '“Related meetings” cannot be completed: 1 meeting is open. Complete or cancel them.',
  );
  await change(engine, (draft) => draft.update('meeting', meeting, { state: 'completed' }));
  await play.complete('meetings');
  const task = await add(engine, 'successTask', { subject: 'Do it', description: 'Really', parent: `successCase/${id}` });
  expect((await play.activity('work'))?.open.map(({ label }) => label)).toEqual(['Do it']);
  expect(await refusedBy(play.complete('work'))).toContain('1 task is open');
  await change(engine, (draft) => draft.close('successTask', task, 'addressed', 'Done'));
  await play.complete('work');
  await play.complete('outcome', { text: 'There they are.' });
  expect(await refusedBy(play.complete('end', { closureCode: 'addressed' }))).toContain('needs close notes');
  await play.complete('end', { closureCode: 'addressed', closeNotes: 'They have them.' });
  const row = view().get('successCase', id);
  expect(row).toMatchObject({ state: 'closed', progress: 'completed', closureCode: 'addressed', category: 'guidance', squad: [ada] });
  expect([texts(row?.comments), texts(row?.workNotes)]).toEqual([['You will have reports.', 'There they are.'], ['First the data.']]);
  expect(view().by('squadMember', 'about', `successCase/${id}`)).toMatchObject([{ user: ada }]);
  expect(await play.current()).toMatchObject({ state: 'closed' });
});

test('PLY-03 the internal play playbook: everything stays internal', async () => {
  const { engagement, engine } = world;
  const id = await create('internalPlay', { shortDescription: 'Check in', description: 'They are quiet.', engagement });
  const play = walker(engine, 'internalPlay', id);
  await play.complete('core');
  await play.skip('squad');
  await play.complete('steps', { text: 'Call them.' });
  await play.complete('work');
  await play.complete('outcome', { text: 'They answered.' });
  await play.complete('end', { closureCode: 'addressed', closeNotes: 'Talking again.' });
  const row = view().get('internalPlay', id);
  expect([row?.state, row?.progress, texts(row?.workNotes)]).toEqual(['closed', 'completed', ['Call them.', 'They answered.']]);
});

async function renewal(): Promise<string> {
  const { account, engagement, contact } = world;
  await change(world.engine, (draft) => draft.update('engagement', engagement, { keyContact: contact }));
  const contract = await add(world.engine, 'contract', { name: 'Gold 2025', account, startDate: '2025-01-01', endDate: '2025-12-31' });
  const values = {
    shortDescription: 'Renew Gold',
    description: 'It ends in December.',
    engagement,
    category: 'expansionRenewal',
    contract,
  };
  return create('internalPlay', values);
}

test('PLY-04 the renewal playbook: the contract, the mail whose task closes itself, the opportunity, the end', async () => {
  const id = await renewal();
  const play = walker(world.engine, 'internalPlay', id);
  expect((await play.current()).name).toBe('Renewal');
  await play.complete('core');
  await play.skip('squad');
  expect((await play.activity('contract'))?.record?.label).toContain('Gold 2025');
  await play.complete('contract');
  await play.complete('engagement', { text: 'Show them the value.' });
  const mail = await play.activity('mail');
  expect([mail?.state, mail?.record?.label]).toEqual(['ready', 'Communicate the renewal of Gold 2025']);
  const [task] = view().by('internalPlayTask', 'internalPlay', id);
  expect(texts(view().get('internalPlay', id)?.workNotes).at(-1)).toBe(
    `Internal play task ${task?.number} “Communicate the renewal of Gold 2025” was created.`,
  );
  await play.complete('mail', { send: true });
  expect(view().get('internalPlayTask', task?.id ?? '')).toMatchObject({
    state: 'closed',
    closureCode: 'addressed',
    closeNotes: 'The mail “Renewal of Gold 2025” was queued to be sent.',
  });
  expect([...view().all('email')]).toMatchObject([
    {
      subject: 'Renewal of Gold 2025',
      state: 'queued',
      toContacts: [world.contact],
      about: `internalPlay/${id}`,
      engagement: world.engagement,
    },
  ]);
  await play.complete('opportunity', { closeNotes: 'OPP1' });
  await play.complete('track');
  await play.complete('outcome', { text: 'They renewed.' });
  await play.complete('end', { closureCode: 'addressed', closeNotes: 'Renewed for a year.' });
  expect(view().get('internalPlay', id)).toMatchObject({ state: 'closed', progress: 'completed' });
  expect(
    view()
      .by('internalPlayTask', 'internalPlay', id)
      .map(({ state }) => state),
  ).toEqual(['closed', 'closed']);
});

test('PLY-04 a skipped mail cancels its task', async () => {
  const id = await renewal();
  const play = walker(world.engine, 'internalPlay', id);
  await play.complete('core');
  await play.complete('contract');
  await play.complete('engagement', { text: 'Fine.' });
  await play.complete('mail', { send: false });
  expect(view().by('internalPlayTask', 'internalPlay', id)).toMatchObject([
    { state: 'cancelled', closeNotes: 'The mail was skipped.' },
    { state: 'new' },
  ]);
  expect(view().count('email')).toBe(0);
});

test('PLY-05 the initiative playbook: its outcome, its plan, a task, its end', async () => {
  const { engagement, engine } = world;
  const objective = await add(engine, 'successObjective', { title: 'Grow', description: 'More', engagement });
  const outcome = await add(engine, 'successOutcome', { title: 'More users', description: 'By June', objective });
  const id = await create('successInitiative', { subject: 'Train them', outcome });
  const play = walker(engine, 'successInitiative', id);
  expect(await play.states()).toMatchObject({ outcome: 'done', core: 'ready' });
  expect(await refusedBy(play.complete('core'))).toBe('“Enter core information” needs Description. Fill it in.');
  await play.complete('core', { values: { description: 'Two days.' } });
  await play.complete('tasks', { tasks: [{ subject: 'Invite them' }] });
  const [task] = view().by('successTask', 'parent', `successInitiative/${id}`);
  expect(task).toMatchObject({ subject: 'Invite them', state: 'new' });
  expect(await refusedBy(play.complete('end', { closureCode: 'achieved', closeNotes: 'Trained.' }))).toContain(
    '1 success task of it is open',
  );
  await change(engine, (draft) => draft.close('successTask', task?.id ?? '', 'addressed', 'Done'));
  await play.complete('end', { closureCode: 'achieved', closeNotes: 'Trained.' });
  expect(view().get('successInitiative', id)).toMatchObject({ state: 'closed', progress: 'completed', closureCode: 'achieved' });
});

test('PLY-06 ONB-02 ONB-03 the onboarding playbook: five stages, teams with their mails, imports, tasks by responsibility', async () => {
  const { engine, account, kim, ada, responsibility } = world;
  const id = await create('onboardingCase', { shortDescription: 'Acme comes', account });
  const play = walker(engine, 'onboardingCase', id);
  expect(await play.states()).toMatchObject({ account: 'done', core: 'ready' });
  expect(await refusedBy(play.complete('core', { values: { type: 'full' } }))).toContain('needs Assigned to and Go-live date');
  await play.complete('core', { values: { assignedTo: kim, type: 'phased', integration: 'remoteTask', goLiveDate: '2025-09-01' } });
  await play.complete('customerTeam', { add: [{ name: 'Jo Ng', email: 'jo@acme.example' }, { contact: world.contact }] });
  const about = `onboardingCase/${id}`;
  const jo = view().by('customerTeamMember', 'about', about)[0]?.contact ?? '';
  expect(view().get('contact', jo)).toMatchObject({ name: 'Jo Ng', account });
  await play.complete('responsibilities', {
    set: [{ contact: jo, responsibility: responsibility('Onboarding point of contact'), primary: true }],
  });
  expect([...view().all('email')].map(({ toContacts }) => toContacts)).toEqual([[jo], expect.arrayContaining([jo, world.contact])]);
  expect(view().by('customerTeamMember', 'about', about)).toHaveLength(2);
  await play.complete('accountTeam', {
    add: [
      { user: ada, responsibility: responsibility('Data analyst') },
      { user: kim, responsibility: responsibility('Technical lead') },
    ],
  });
  expect([...view().all('email')].at(-1)).toMatchObject({ state: 'queued', account, about });
  await play.skip('squad');
  const imports = view().by('dataImportTask', 'onboardingCase', id);
  expect(imports.map(({ intoTable, assignedTo }) => [intoTable, assignedTo])).toEqual(
    ['contact', 'location', 'entitlement', 'installBaseItem', 'accountAddress', 'contract', 'soldProduct', 'installBaseSoldProduct'].map(
      (table) => [table, ada],
    ),
  );
  for (const key of ['contacts', 'locations', 'entitlements', 'installBase', 'addresses', 'contracts', 'soldProducts'])
    await play.complete(key, { closeNotes: 'In.' });
  await play.skip('installBaseLinks', 'They have none.');
  expect(
    view()
      .by('dataImportTask', 'onboardingCase', id)
      .map(({ state, progress }) => [state, progress])
      .at(-1),
  ).toEqual(['cancelled', 'finished']);
  await play.complete('dataSummary');
  const states = await play.states();
  expect([states['remoteCatalogue'], states['remoteTasks'], states['relationships'], states['work']]).toEqual([
    'leftOut',
    'ready',
    'ready',
    'ready',
  ]);
  for (const key of ['relationships', 'maintenance', 'levels', 'reporting', 'catalogue', 'remoteTasks', 'work', 'developmentSummary'])
    await play.complete(key);
  for (const key of ['changeRequest', 'communications', 'trainingPlan', 'training', 'support'])
    await play.complete(key, { closeNotes: 'Done.' });
  await play.complete('end', { closureCode: 'successfulNoIssues', closeNotes: 'Live.' });
  expect(view().get('onboardingCase', id)).toMatchObject({ state: 'closed', stage: 'finished', closureCode: 'successfulNoIssues' });
  expect(
    view()
      .by('onboardingTask', 'onboardingCase', id)
      .every(({ state }) => state === 'closed'),
  ).toBe(true);
  expect((await play.current()).stages.every(({ state }) => state === 'done')).toBe(true);
});
