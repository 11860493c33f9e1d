import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { call } from '../../../test/support/call-engine.ts';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { openSyncedEngine, rowsAtServer, rowsOn, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';
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

describe('two devices of one person', () => {
  test('SYN-02 what is done on one is on the other, the same to the last field', async () => {
    const { login, one, two, account, engagement } = await pair();
    expect(view(two).get('account', account)).toMatchObject({ name: 'Acme' });
    await two.run((draft) => draft.update('engagement', engagement, { title: 'Rollout 2', workNotes: 'Called' }));
    await one.run((draft) => draft.update('account', account, { name: 'Acme Ltd' }));
    await settle(one, two);
    await expectSame(login, one, two);
    expect(one.engine.sync.status()).toMatchObject({ state: 'idle', pending: 0, refused: 0 });
  });

  test('S4 both write at the same time: lists and notes have what both did, a plain field what came last', async () => {
    const { login, one, two, engagement } = await pair();
    await one.run((draft) => draft.update('engagement', engagement, { title: 'One', workNotes: 'From one', watchList: [one.user()] }));
    await two.run((draft) => draft.update('engagement', engagement, { title: 'Two', workNotes: 'From two' }));
    await settle(one, two);
    await expectSame(login, one, two);
    const row = view(one).get('engagement', engagement);
    expect(row).toMatchObject({ title: 'Two', watchList: [one.user()] });
    expect(row?.workNotes?.map(({ text }) => text)).toEqual(['From one', 'From two']);
  });

  test('S4 S5 a stage that both changed is a conflict that either device decides, offline too, and can undo', async () => {
    const { login, one, two, engagement } = await pair();
    await one.run((draft) => draft.update('engagement', engagement, { stage: 'adoption' }));
    await two.run((draft) => draft.update('engagement', engagement, { stage: 'expand' }));
    await one.sync();
    expect(view(two).get('engagement', engagement)?.stage).toBe('expand');
    await settle(one, two);
    expect(view(two).get('engagement', engagement)?.stage).toBe('adoption');
    expect(lines(one)).toMatchObject([{ field: 'stage', kind: 'field', recordId: engagement }]);
    const [line] = lines(two);
    two.net.next('lost-request');
    await two.call('sync.resolve', { ids: [line?.id ?? ''], choice: 'mine' });
    expect(view(two).get('engagement', engagement)?.stage).toBe('expand');
    expect(lines(two)).toEqual([]);
    await two.engine.context.undo.undo({ commandId: 'undo-1', actor: two.user() });
    expect(lines(two)).toHaveLength(1);
    await two.engine.context.undo.redo({ commandId: 'redo-1', actor: two.user() });
    await two.sync().catch(() => undefined);
    await settle(one, two);
    expect(lines(one)).toEqual([]);
    expect(view(one).get('engagement', engagement)?.stage).toBe('expand');
    await expectSame(login, one, two);
  });

  test('S5 two fields of one conflict are decided one by one, with their values for a form', async () => {
    const { one, two, account } = await pair();
    const contract = await one.run((draft) =>
      draft.create('contract', {
        name: 'Yearly',
        account,
        owner: one.user(),
        endDate: '2026-12-31',
        value: { amount: 100, currency: 'USD' },
      }),
    );
    await settle(one, two);
    const mine = { endDate: '2027-06-30', value: { amount: 300, currency: 'USD' } };
    await one.run((draft) => draft.update('contract', contract, { endDate: '2027-03-31', value: { amount: 200, currency: 'USD' } }));
    await two.run((draft) => draft.update('contract', contract, mine));
    await settle(one, two);
    const { lines: both } = await call(two.engine, 'sync.conflicts', {});
    expect(new Map(both.map(({ field, values }) => [field, values?.mine]))).toEqual(new Map(Object.entries(mine)));
    const idOf = (field: string) => both.find((line) => line.field === field)?.id ?? '';
    await two.call('sync.resolve', { ids: [idOf('value')], choice: 'theirs' });
    expect((await call(two.engine, 'sync.conflicts', {})).lines.map(({ field }) => field)).toEqual(['endDate']);
    await two.call('sync.resolve', { ids: [idOf('endDate')], choice: 'value', value: '2027-05-01' });
    expect((await call(two.engine, 'sync.conflicts', {})).lines).toEqual([]);
    await settle(two, one);
    expect(view(one).get('contract', contract)).toMatchObject({ endDate: '2027-05-01', value: { amount: 200, currency: 'USD' } });
  });

  test('S5 a decision about one of several fields is taken back with everything else, and known to the other device', async () => {
    const { one, two, account } = await pair();
    const contract = await one.run((draft) =>
      draft.create('contract', { name: 'Two fields', account, owner: one.user(), endDate: '2026-12-31' }),
    );
    await settle(one, two);
    await one.run((draft) => draft.update('contract', contract, { endDate: '2027-03-31', value: { amount: 200, currency: 'USD' } }));
    await two.run((draft) => draft.update('contract', contract, { endDate: '2027-06-30', value: { amount: 300, currency: 'USD' } }));
    await settle(one, two);
    const fields = (device: SyncedEngine) => lines(device).map(({ field }) => field);
    const both = fields(two);
    expect(new Set(both)).toEqual(new Set(['endDate', 'value']));
    const [line] = lines(two);
    expect(line).toMatchObject({ author: two.user() });
    await two.call('sync.resolve', { ids: [line?.id ?? ''], choice: 'mine' });
    expect(fields(two)).toEqual(both.slice(1));
    await two.engine.context.undo.undo({ commandId: 'undo-field', actor: two.user() });
    expect(fields(two)).toEqual(both);
    await two.call('sync.resolve', { ids: [line?.id ?? ''], choice: 'mine' });
    await settle(two, one);
    expect(fields(one)).toEqual(both.slice(1));
  });

  test('S6 what was deleted on the one while the other worked on it can be restored with their work', async () => {
    const { login, one, two, touchpoint } = await pair();
    await one.run((draft) => draft.remove('touchpoint', touchpoint));
    await two.run((draft) => draft.update('touchpoint', touchpoint, { subject: 'Kick-off, moved' }));
    await settle(one, two);
    expect(view(two).get('touchpoint', touchpoint)).toBeUndefined();
    const [line] = lines(two);
    expect(line).toMatchObject({ kind: 'deleted', recordId: touchpoint });
    await two.call('sync.resolve', { ids: [line?.id ?? ''], choice: 'mine' });
    await settle(two, one);
    expect(view(one).get('touchpoint', touchpoint)).toMatchObject({ subject: 'Kick-off, moved' });
    expect(lines(one)).toEqual([]);
    await expectSame(login, one, two);
  });

  test('BR-02 BR-03 closing, reopening, deleting and undo arrive as what they are', async () => {
    const { login, one, two, touchpoint, engagement } = await pair();
    await one.run((draft) => draft.close('touchpoint', touchpoint, 'addressed', 'Done'));
    await settle(one, two);
    expect(view(two).get('touchpoint', touchpoint)).toMatchObject({ active: false, closeNotes: 'Done' });
    await two.run((draft) => draft.reopen('touchpoint', touchpoint));
    await settle(two, one);
    expect(view(one).get('touchpoint', touchpoint)).toMatchObject({ active: true });
    await one.run((draft) => draft.remove('touchpoint', touchpoint));
    await settle(one, two);
    expect(view(two).get('touchpoint', touchpoint)).toBeUndefined();
    await one.engine.context.undo.undo({ commandId: 'undo-2', actor: one.user() });
    await one.run((draft) => draft.update('engagement', engagement, { title: 'Again' }));
    await settle(one, two);
    expect(view(two).get('touchpoint', touchpoint)).toMatchObject({ subject: 'Kick-off' });
    await expectSame(login, one, two);
  });
});

describe('answers', () => {
  test('S3 an answer that was lost on its way is asked for again and nothing is done twice', async () => {
    const { login, one, two } = await pair();
    await one.run((draft) => draft.create('account', { name: 'Bolt', owner: one.user() }));
    one.net.next('lost-answer');
    await expect(one.sync()).rejects.toMatchObject({ code: 'network' });
    expect(one.engine.sync.status()).toMatchObject({ state: 'offline', pending: 1, problem: { code: 'network' } });
    await one.run((draft) => draft.create('account', { name: 'Cole', owner: one.user() }));
    await settle(one, two);
    await expectSame(login, one, two);
    expect([...view(two).all('account')].map(({ name }) => name).toSorted()).toEqual(['Acme', 'Bolt', 'Cole']);
  });

  test('S3 S5 a refused change is taken back, its neighbours go in, and its text waits to be tried again or discarded', async () => {
    const login = await person();
    const other = await person();
    const [one, two] = [await signedIn(login), await signedIn(login)];
    const lee = await signedIn(other);
    const { engagement } = await one.run((draft) => {
      const account = draft.create('account', { name: 'Acme', owner: one.user() });
      return { engagement: draft.create('engagement', { title: 'Rollout', account, csm: one.user() }) };
    });
    await settle(one, two);
    await two.run((draft) => draft.update('engagement', engagement, { workNotes: 'Words that came' }));
    await settle(two, one);
    // two gives it away while one still works on it
    await two.run((draft) => {
      draft.update('engagement', engagement, { csm: lee.user() });
      draft.update('account', view(two).get('engagement', engagement)?.account ?? '', { owner: lee.user() });
    });
    await two.sync();
    await one.run((draft) => draft.update('engagement', engagement, { title: 'My words' }), 'Change engagement');
    const bolt = await one.run((draft) => draft.create('account', { name: 'Bolt', owner: one.user() }));
    await settle(one, two, lee);
    expect(view(one).get('engagement', engagement)).toBeUndefined();
    expect(view(one).get('account', bolt)).toBeDefined();
    expect(refused(one)).toMatchObject([{ label: 'Change engagement', fields: [{ field: 'title', text: 'My words' }] }]);
    // S9: nothing of the record is left on the device but the person's own words: what was refused, and what may have to be sent again (S13)
    const rows = one.engine.sync.store.sync.all();
    const left = JSON.stringify([...rows, ...(await history(one))]);
    expect(left).not.toContain('Words that came');
    expect(JSON.stringify([...rows.filter(({ key }) => !key.startsWith('own/')), ...(await history(one))])).not.toContain('Rollout');
    expect(left).toContain('My words');
    expect((await one.engine.context.history.headers()).length).toBeGreaterThan(0);
    await expect(one.call('sync.retry', { ids: [refused(one)[0]?.id ?? ''] })).rejects.toMatchObject({ code: 'not-found' });
    await one.call('sync.discard', { ids: [refused(one)[0]?.id ?? ''] });
    expect(refused(one)).toEqual([]);
    expect(view(lee).get('engagement', engagement)).toMatchObject({ title: 'Rollout' });
    await expectSame(login, one, two);
    await expectSame(other, lee);
  });
});

async function history({ engine }: SyncedEngine): Promise<readonly unknown[]> {
  const headers = await engine.context.history.headers();
  return Promise.all(headers.map(({ seq }) => engine.context.history.read(seq)));
}

describe('what was here before', () => {
  test('SYN-01 records from before the first sign-in go up as they are, under the name of the person', async () => {
    const login = await person();
    const one = await openSyncedEngine(central, login);
    const account = await one.run((draft) => draft.create('account', { name: 'Old customer' }));
    await one.run((draft) => draft.update('account', account, { name: 'Older customer' }));
    const engagement = await one.run((draft) => draft.create('engagement', { title: 'From before', account }));
    await one.run((draft) => draft.update('engagement', engagement, { workNotes: 'Noted' }));
    const contact = await one.run((draft) => draft.create('contact', { name: 'Eve', account }));
    await one.run((draft) => draft.create('touchpoint', { subject: 'Call', engagement, heldOn: '2026-05-02' }));
    await one.signIn();
    await one.run((draft) => draft.update('contact', contact, { name: 'Eve Adams' }));
    await one.sync();
    expect(refused(one)).toEqual([]);
    const two = await signedIn(login);
    await settle(one, two);
    expect(view(two).get('contact', contact)).toMatchObject({ name: 'Eve Adams' });
    expect(view(two).get('account', account)).toMatchObject({ name: 'Older customer', createdBy: one.user() });
    expect(view(two).get('engagement', engagement)?.workNotes).toMatchObject([{ text: 'Noted', by: one.user() }]);
    await expectSame(login, one, two);
  });
});

describe('what was sent', () => {
  test('S13 what was sent long ago is not remembered for ever', async () => {
    const { one, account } = await pair();
    const remembered = () => one.engine.sync.store.sync.under('sent/').length;
    expect(remembered()).toBe(1);
    one.host.setNow(new Date(central.clock.now + 61 * 86_400_000).toISOString());
    await one.run((draft) => draft.update('account', account, { name: 'Later' }));
    await one.sync();
    expect(remembered()).toBe(1);
  });
});

describe('the tie to the server', () => {
  test('S15 a session that is over pauses sync and touches nothing', async () => {
    const { one, account } = await pair();
    await one.run((draft) => draft.update('account', account, { name: 'Kept' }));
    await one.engine.sync.central.signOut();
    await one.sync();
    expect(one.engine.sync.status()).toMatchObject({ state: 'signed-out', pending: 1 });
    expect(view(one).get('account', account)).toMatchObject({ name: 'Kept' });
    await one.signIn();
    await one.sync();
    expect(one.engine.sync.status()).toMatchObject({ state: 'idle', pending: 0 });
  });

  test('S1 a copied profile is found out, and goes on as another device', async () => {
    const { login, one, two, account } = await pair();
    // the same store and keys a second time, as a copied folder is
    const copy = await one.copy();
    await one.run((draft) => draft.update('account', account, { name: 'From the first' }));
    await one.sync();
    await copy.run((draft) => draft.create('account', { name: 'From the copy', owner: one.user() }));
    await copy.sync();
    expect(copy.engine.sync.status()).toMatchObject({ state: 'signed-out', pending: 1 });
    await copy.signIn();
    // to the server one of the two has stolen the other's session, so it has signed off both
    await one.signIn();
    await settle(copy, one, two);
    expect(copy.engine.sync.standing()?.device).not.toBe(one.engine.sync.standing()?.device);
    await expectSame(login, one, two, copy);
    expect([...view(two).all('account')].map(({ name }) => name).toSorted()).toEqual(['From the copy', 'From the first']);
  });

  test('S12 a scope that has missed something is found by its checksum, and only that is loaded again', async () => {
    const { login, one, two, account, engagement } = await pair();
    const { writer, queue, store } = one.engine.sync;
    const scope = queue.known.scope('account', account) ?? '';
    await writer.bring(async () => {
      const change = queue.known.begin();
      change.set('account', account, 99, scope);
      const row = { ...store.rows.table('account').get(account), name: 'Something else' };
      const changed = { table: 'account', id: account, action: 'update', rev: 2, after: { name: 'Something else' } } as const;
      return {
        label: '',
        rows: [changed],
        puts: new Map([['account', [row as AnyRow]]]), // a record with another name
        removes: new Map(),
        sync: change.writes(),
        shown: change.show,
      };
    });
    await one.run((draft) => draft.update('engagement', engagement, { title: 'Not sent yet' }));
    const before = one.net.asked.length;
    expect(await one.engine.sync.compare()).toBe(1);
    expect(one.net.asked.slice(before)).toEqual(['GET /v1/checksums', 'GET /v1/pull']);
    expect(view(one).get('account', account)).toMatchObject({ name: 'Acme' });
    expect(view(one).get('engagement', engagement)).toMatchObject({ title: 'Not sent yet' });
    expect(one.engine.sync.standing()).toMatchObject({ mismatches: 1, loading: false });
    await settle(one, two);
    await expectSame(login, one, two);
  });

  test('S12 a scope that was missed as a whole is found, and what is here but not there goes', async () => {
    const { login, one, two, account, engagement } = await pair();
    await one.run((draft) => draft.create('account', { name: 'Bolt', owner: one.user() }));
    await settle(one, two);
    const { writer, queue } = one.engine.sync;
    const lost = queue.known.inScope(`engagement:${engagement}`).map((name) => name.split('/') as [TableName, string]); // `table/id`
    expect(lost.length).toBeGreaterThan(1);
    const removes = new Map<TableName, string[]>();
    for (const [table, id] of lost) removes.set(table, [...(removes.get(table) ?? []), id]);
    const stray = { id: one.host.newId(), rev: 1, name: 'Nobody else has it', createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' };
    await writer.bring(async () => {
      const change = queue.known.begin();
      for (const [table, id] of lost) change.remove(table, id);
      change.set('account', stray.id, 1, `account:${stray.id}`);
      return {
        label: '',
        rows: [
          ...lost.map(([table, id]) => ({ table, id, action: 'delete', rev: 1 }) as const),
          { table: 'account', id: stray.id, action: 'create', rev: 1 },
        ],
        puts: new Map([['account', [stray]]]),
        removes,
        sync: change.writes(),
        shown: change.show,
      };
    });
    expect(view(one).get('engagement', engagement)).toBeUndefined();
    expect(await one.engine.sync.compare()).toBe(2);
    expect(view(one).get('engagement', engagement)).toMatchObject({ title: 'Rollout' });
    expect(view(one).get('account', stray.id)).toBeUndefined();
    expect(view(one).get('account', account)).toBeDefined();
    await expectSame(login, one, two);
  });

  test('no server at all: the error is the caller`s to wait for', async () => {
    const { one } = await pair();
    one.net.next('lost-request');
    await expect(one.sync()).rejects.toBeInstanceOf(AppError);
    await one.sync();
    expect(one.engine.sync.status().state).toBe('idle');
  });
});
