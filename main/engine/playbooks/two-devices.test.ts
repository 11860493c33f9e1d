// One run, worked on by two people on two devices without a network: real engines, the real server code.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Output } from '#shared/contract/engine-contract.ts';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { call as ask } from '../../../test/support/call-engine.ts';
import { openSyncedEngine, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';

let central: Central;
let people = 0;
beforeAll(async () => {
  central = await openCentral();
});
afterAll(() => central.close());

async function signedIn(login: string): Promise<SyncedEngine> {
  const device = await openSyncedEngine(central, login);
  await device.signIn();
  await device.sync();
  return device;
}

/** A manager and one of her people, with the ready-made playbooks and an engagement of the latter. */
async function pair() {
  people += 1;
  const [boss, member] = [`boss-${people}`, `member-${people}`];
  await central.person(boss, { roles: ['administrator'] });
  await central.person(member, { manager: boss, roles: ['successAgent'] });
  const [kim, ada] = [await signedIn(boss), await signedIn(member)];
  await kim.call('workspace.addStarterDefinitions', {});
  const engagement = await kim.run((draft) => {
    const account = draft.create('account', { name: 'Acme', owner: ada.user() });
    return draft.create('engagement', { title: 'Acme care', account, csm: ada.user() });
  });
  await settle(kim, ada);
  return { kim, ada, engagement };
}

type Current = NonNullable<Output<'playbooks.player'>['current']>;

/** The run of a record as a person sees it on a device. */
function seenBy(device: SyncedEngine, id: string) {
  const current = async (): Promise<Current> => {
    const as = { actor: device.user(), commandId: device.host.newId() };
    const { current: found } = await ask(device.engine, 'playbooks.player', { table: 'successCase', id }, as);
    if (found === undefined) throw new Error('no run');
    return found;
  };
  const complete = async (activity: string, input: Readonly<Record<string, unknown>> = {}) =>
    device.call('playbooks.complete', { run: (await current()).id, activity, input });
  return { current, complete };
}
const told = ({ activities, log }: Current) => ({
  states: Object.fromEntries(activities.map(({ activity, state }) => [activity.key, state])),
  log: log.map(({ kind, activity, by, text, moot }) => ({ kind, activity, by, text, moot })),
});

async function caseOf(device: SyncedEngine, engagement: string): Promise<string> {
  const values = { shortDescription: 'Reports', description: 'They want reports.', engagement };
  return (await device.call('records.create', { table: 'successCase', values })).id;
}

test('PLY-01 SYN-02 two people work on one run without a network: both logs meet, every activity stands alike, and the log says who did what', async () => {
  const { kim, ada, engagement } = await pair();
  const id = await caseOf(ada, engagement);
  await settle(ada, kim);
  const [one, two] = [seenBy(ada, id), seenBy(kim, id)];
  expect(told(await two.current())).toEqual(told(await one.current()));

  // the same activity on both sides, then each goes on by themselves
  await one.complete('core', { values: { category: 'training' } });
  await one.complete('intended', { text: 'Soon' });
  await two.complete('core', { values: { priority: 'high' } });
  await two.complete('squad', { add: [{ user: kim.user() }] });
  const { id: run } = await two.current();
  await kim.call('playbooks.reassign', { run, activity: 'plan', to: kim.user() });
  await settle(ada, kim, ada);

  const [left, right] = [await one.current(), await two.current()];
  expect(told(left)).toEqual(told(right));
  expect(told(left).states).toMatchObject({ core: 'done', squad: 'done', intended: 'done', plan: 'ready' });
  expect(left.activities.find(({ activity }) => activity.key === 'plan')?.assignee).toBe(kim.user());
  // both did it: one was quicker, the other one is in the log all the same
  const cores = told(left).log.filter(({ kind, activity }) => kind === 'completed' && activity === 'core');
  expect(new Set(cores.map(({ by }) => by))).toEqual(new Set([ada.user(), kim.user()]));
  expect(cores.map(({ moot }) => moot)).toEqual([undefined, 'late']);
  // what either filled in is in the record
  for (const device of [ada, kim])
    expect(device.engine.context.view.get('successCase', id)).toMatchObject({
      category: 'training',
      priority: 'high',
      squad: [kim.user()],
    });
  expect([ada, kim].map(({ engine }) => engine.sync.status())).toMatchObject([
    { state: 'idle', pending: 0, refused: 0 },
    { state: 'idle', pending: 0, refused: 0 },
  ]);
});

test('PLY-09 SYN-02 one goes on while the other cancels the record: nothing is pending on either side, and what was written is kept', async () => {
  const { kim, ada, engagement } = await pair();
  const id = await caseOf(ada, engagement);
  await settle(ada, kim);
  const [one, two] = [seenBy(ada, id), seenBy(kim, id)];
  await kim.call('records.cancel', { table: 'successCase', id, closeNotes: 'Not wanted' });
  await one.complete('core', {});
  await one.complete('intended', { text: 'Soon' });
  await settle(kim, ada, kim);
  const [left, right] = [await one.current(), await two.current()];
  expect(told(left)).toEqual(told(right));
  expect(left.state).toBe('cancelled');
  expect(new Set(Object.values(told(left).states))).toEqual(new Set(['done', 'cancelled']));
  expect(told(left).states).toMatchObject({ core: 'done', intended: 'done', plan: 'cancelled' });
  const comments = (device: SyncedEngine) => device.engine.context.view.get('successCase', id)?.comments?.map(({ text }) => text);
  expect([comments(ada), comments(kim)]).toEqual([['Soon'], ['Soon']]);
});

test('PLY-01 SYN-02 two people begin the same playbook on the same record without a network: both runs are there, said to be twice, and one is cancelled', async () => {
  const { kim, ada, engagement } = await pair();
  const id = await caseOf(ada, engagement);
  const { id: begun } = await seenBy(ada, id).current();
  await ada.call('playbooks.cancel', { run: begun, notes: 'Anew' });
  await settle(ada, kim);
  const [playbook] = ada.engine.context.view.by('playbook', 'forTable', 'successCase');
  const start = (device: SyncedEngine) => device.call('playbooks.start', { playbook: playbook?.id ?? '', table: 'successCase', id });
  const [mine, theirs] = [await start(ada), await start(kim)];
  await settle(ada, kim, ada);
  const seen = await seenBy(ada, id).current();
  expect([mine.run, theirs.run]).toContain(seen.id);
  expect([mine.run, theirs.run]).toContain(seen.twin?.id);
  expect(seen.twin?.id).not.toBe(seen.id);
  await ada.call('playbooks.cancel', { run: theirs.run, notes: 'Begun twice' });
  await settle(ada, kim);
  for (const device of [ada, kim]) {
    const current = await seenBy(device, id).current();
    expect([current.id, current.twin]).toEqual([mine.run, undefined]);
  }
});
