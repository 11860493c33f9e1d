// An import that was opened from an activity of a playbook.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { playEngine, walker, type PlayEngine } from '../../../test/support/play-engine.ts';
import { filesOf } from '../../../test/support/read-set.ts';

let world: PlayEngine;
let id = '';
let play: ReturnType<typeof walker>;
beforeEach(async () => {
  world = await playEngine();
  const { engine, account, kim, contact, responsibility } = world;
  const values = { shortDescription: 'Acme comes', account, assignedTo: kim, integration: 'none', goLiveDate: '2025-09-01' };
  id = (await call(engine, 'records.create', { table: 'onboardingCase', values })).id;
  play = walker(engine, 'onboardingCase', id);
  await play.complete('core');
  await play.complete('customerTeam', { add: [{ contact }] });
  await play.complete('responsibilities', { set: [{ contact, responsibility: responsibility('Onboarding point of contact') }] });
  await play.complete('accountTeam', { add: [{ user: kim, responsibility: responsibility('Data analyst') }] });
});
afterEach(() => world.engine.close());
const view = () => world.engine.context.view;
const taskFor = (into: string) =>
  view()
    .by('dataImportTask', 'onboardingCase', id)
    .find(({ intoTable }) => intoTable === into);

/** Brings a file in for an activity. */
async function bringIn(activity: string, name: string, text: string) {
  const { engine } = world;
  const { id: run } = await play.current();
  const { sessionId, sheets } = await call(engine, 'import.open', { files: [...filesOf({ [name]: text })], into: 'contact' });
  return { sheets, done: await call(engine, 'import.commit', { sessionId, activity: { run, activity } }) };
}

test('PLY-07 ONB-07 an import that was opened from its activity is noted in the log and in its task, and the activity is done with it', async () => {
  // nothing about the rows says what they are: the activity does
  const { sheets, done } = await bringIn(
    'contacts',
    'people.csv',
    'name,email,account\nJo,jo@acme.example,Acme\nSi,si@acme.example,Acme\n',
  );
  expect([sheets[0]?.into, done.created]).toEqual(['contact', 2]);
  expect((await play.states())['contacts']).toBe('done');
  expect(taskFor('contact')).toMatchObject({
    state: 'closed',
    importState: 'published',
    source: 'people.csv',
    closeNotes: 'people.csv: 2 new, 0 changed.',
  });
  const { log } = await play.current();
  expect(log.slice(-2).map(({ kind, label, text }) => [kind, label, text])).toEqual([
    ['imported', 'Import: customer contacts', 'people.csv: 2 new, 0 changed.'],
    ['completed', 'Import: customer contacts', 'people.csv: 2 new, 0 changed.'],
  ]);
  await call(world.engine, 'records.undo', {});
  expect([(await play.states())['contacts'], taskFor('contact')?.state, view().count('contact')]).toEqual(['ready', 'open', 1]);
});

test('PLY-07 ONB-07 rows of a file that names no account are of the account that is onboarded, those that are held back, too', async () => {
  const { engine, account } = world;
  const { id: run } = await play.current();
  const files = [...filesOf({ 'people.csv': 'name,phone\nJo,12345\n,67890\n' })];
  const { sessionId, sheets } = await call(engine, 'import.open', { files, into: 'contact', account });
  expect(sheets[0]?.columns.at(-1)).toMatchObject({ field: 'account', reason: 'The account that the import was opened for' });
  await call(engine, 'import.commit', { sessionId, activity: { run, activity: 'contacts' } });
  const [held] = view().all('heldRow');
  expect(await call(engine, 'import.repairHeld', { id: held?.id ?? '', cells: { '0': 'Si' } })).toMatchObject({ takenIn: true });
  const brought = [...view().all('contact')].filter(({ name }) => name === 'Jo' || name === 'Si');
  expect(brought.map((contact) => contact.account)).toEqual([account, account]);
});

test('PLY-07 an import with rows that were held back is noted, and its activity waits for a person', async () => {
  const { done } = await bringIn('contacts', 'people.csv', 'name,email,account\nJo,jo@acme.example,Acme\n,si@acme.example,Nobody knows\n');
  expect(done).toMatchObject({ created: 1, held: 1 });
  expect([(await play.states())['contacts'], taskFor('contact')?.importState]).toEqual(['inProgress', 'needsAttention']);
  expect((await play.activity('contacts'))?.input).toEqual({ closeNotes: 'people.csv: 1 new, 0 changed, 1 held back to be repaired.' });
  await play.complete('contacts', { closeNotes: 'The other one is not theirs.' });
  expect(taskFor('contact')).toMatchObject({ state: 'closed', closeNotes: 'The other one is not theirs.' });
});

test('PLY-07 data goes in though its activity is over with, or is none that takes data', async () => {
  await play.skip('contacts', 'They have none.');
  for (const activity of ['contacts', 'core', 'nothing']) {
    const { done } = await bringIn(activity, 'people.csv', `name,email,account\nJo ${activity},${activity}@acme.example,Acme\n`);
    expect(done.created).toBe(1);
  }
  expect((await play.current()).log.filter(({ kind }) => kind === 'imported')).toEqual([]);
});
