import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { openSyncedEngine, rowsAtServer, rowsOn, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';
import type { Draft } from '../context.ts';
import { conflictLines } from './conflicts.ts';
import { refusedDeeds } from './refused.ts';

let central: Central;
let people = 0;

beforeAll(async () => {
  central = await openCentral();
});
afterAll(() => central.close());

/** A person of their own for each test, so that none sees another's records. */
async function person(manager?: string): Promise<string> {
  people += 1;
  const login = `person-${people}`;
  await central.person(login, manager === undefined ? {} : { manager });
  return login;
}
async function signedIn(login: string): Promise<SyncedEngine> {
  const device = await openSyncedEngine(central, login);
  await device.signIn();
  await device.sync();
  return device;
}
/** Two devices that have an account and an engagement of one person. */
async function pair() {
  const login = await person();
  const [one, two] = [await signedIn(login), await signedIn(login)];
  const made = await one.run((draft) => {
    const account = draft.create('account', { name: 'Acme', owner: one.user() });
    const engagement = draft.create('engagement', { title: 'Rollout', account, csm: one.user() });
    const touchpoint = draft.create('touchpoint', { subject: 'Kick-off', engagement, heldOn: '2026-05-01' });
    return { account, engagement, touchpoint };
  });
  await settle(one, two);
  return { login, one, two, ...made };
}
const view = ({ engine }: SyncedEngine) => engine.context.view;
const refused = ({ engine }: SyncedEngine) => refusedDeeds(engine.context.view, engine.sync.store.sync).deeds;
const lines = ({ engine }: SyncedEngine) => conflictLines(engine.context.view).lines;

async function expectSame(login: string, ...devices: readonly SyncedEngine[]): Promise<void> {
  const server = await rowsAtServer(central, login);
  for (const device of devices) {
    expect(rowsOn(device)).toEqual(server);
    expect(device.engine.sync.queue.deeds()).toEqual([]);
    expect(device.engine.sync.store.sync.under('shadow/')).toEqual([]);
    expect(await device.engine.sync.compare()).toBe(0);
  }
}

test('S5 BR-02 a close that met another state can still be taken, with the code and the notes that were given', async () => {
  const { login, one, two, touchpoint } = await pair();
  await one.run((draft) => draft.update('touchpoint', touchpoint, { state: 'paused' }));
  await two.run((draft) => draft.close('touchpoint', touchpoint, 'addressed', 'They agreed'));
  await settle(one, two);
  expect(view(two).get('touchpoint', touchpoint)).toMatchObject({ state: 'paused' });
  await two.call('sync.resolve', { ids: lines(two).map(({ id }) => id), choice: 'mine' });
  await settle(two, one);
  expect(view(one).get('touchpoint', touchpoint)).toMatchObject({ closureCode: 'addressed', closeNotes: 'They agreed', active: false });
  expect(lines(one)).toEqual([]);
  await expectSame(login, one, two);
});

type End = (draft: Draft, touchpoint: string) => void;
const CLOSED: End = (draft, id) => draft.close('touchpoint', id, 'addressed', 'They agreed');
const CLOSED_OTHERWISE: End = (draft, id) => draft.close('touchpoint', id, 'unaddressed', 'Nobody came');
const SAID_OTHERWISE: End = (draft, id) => draft.close('touchpoint', id, 'addressed', 'They agreed in the end');
const CANCELLED: End = (draft, id) => draft.cancel('touchpoint', id, 'No use');
const IS_CLOSED = { state: 'closed', closureCode: 'addressed', closeNotes: 'They agreed', active: false };
const IS_CANCELLED = { state: 'cancelled', closeNotes: 'No use', active: false };
test.each<[string, End, End, object, object]>([
  ['closed against cancelled', CLOSED, CANCELLED, IS_CLOSED, IS_CANCELLED],
  ['cancelled against closed', CANCELLED, CLOSED, IS_CANCELLED, IS_CLOSED],
  ['closed against closed otherwise', CLOSED, CLOSED_OTHERWISE, IS_CLOSED, { closureCode: 'unaddressed', closeNotes: 'Nobody came' }],
  ['closed against closed with other words', CLOSED, SAID_OTHERWISE, IS_CLOSED, { closeNotes: 'They agreed in the end' }],
])(
  'S5 BR-02 BR-03 %s: state, code and notes are one choice, which can be settled both ways and be undone',
  async (_, mine, theirs, asMine, asTheirs) => {
    const { login, one, two, touchpoint } = await pair();
    await one.run((draft) => theirs(draft, touchpoint));
    await two.run((draft) => mine(draft, touchpoint));
    await settle(one, two);
    expect(view(two).get('touchpoint', touchpoint)).toMatchObject(asTheirs);
    const [line] = lines(two);
    const said = (ended: object): unknown[] => Object.entries(ended).flatMap(([name, value]) => (name === 'closeNotes' ? [value] : []));
    expect(line?.mine).toContain(said(asMine)[0]);
    expect(line?.theirs).toContain(said(asTheirs)[0]);
    await two.call('sync.resolve', { ids: [line?.id ?? ''], choice: 'mine' });
    await settle(two, one);
    expect(refused(two)).toEqual([]);
    expect(view(one).get('touchpoint', touchpoint)).toMatchObject(asMine);
    await two.engine.context.undo.undo({ commandId: `undo-${login}`, actor: two.user() });
    await settle(two, one);
    expect(view(one).get('touchpoint', touchpoint)).toMatchObject(asTheirs);
    await one.call('sync.resolve', { ids: lines(one).map(({ id }) => id), choice: 'theirs' });
    await settle(one, two);
    expect(view(two).get('touchpoint', touchpoint)).toMatchObject(asTheirs);
    expect([...lines(one), ...lines(two), ...refused(two)]).toEqual([]);
    await expectSame(login, one, two);
  },
);

test('S5 BR-02 who closes what was closed with the same words has no conflict', async () => {
  const { login, one, two, touchpoint } = await pair();
  await one.run((draft) => CLOSED(draft, touchpoint));
  await two.run((draft) => CLOSED(draft, touchpoint));
  await settle(one, two);
  expect(lines(two)).toEqual([]);
  await expectSame(login, one, two);
});
