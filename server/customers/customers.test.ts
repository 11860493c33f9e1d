import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation, PullPage } from '#shared/contract/sync-contract.ts';
import { isScoped } from '#shared/domain/permission/follow.ts';
import { rightsOf } from '#shared/domain/permission/rights.ts';
import { refTo, tablesOfField } from '#shared/model/any-reference.ts';
import { isTableName, SYSTEM_FIELDS, tableNames, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { openCentral, PASSWORD, type Central, type TestDevice } from '../../test/support/central.ts';
import { change } from '../../test/support/portfolio-engine.ts';
import { sampleRecords } from '../../test/support/sample-records.ts';
import { openSyncedEngine, type SyncedEngine } from '../../test/support/synced-engine.ts';

/*
 * A workspace with a record of every type about two customers, put into the central store by somebody inside. Cora is the key contact of
 * one of them. What she may see and do follows from the dictionary and the permission data alone: a type or field that is added is in this matrix.
 */
const SECRET = 'Zyxwvut';
const rights = rightsOf(['customer']);
/** What her device needs to find out who she is (`projection.ts`). */
const WHO: Readonly<Record<string, readonly string[]>> = {
  user: ['roles', 'active'],
  contact: ['name', 'account', 'user'],
  engagement: ['keyContact'],
  customerTeamMember: ['about', 'contact'],
};
const openFields = (table: TableName): readonly string[] => [
  ...(tableOf(table).customer?.fields ?? []),
  ...(WHO[table] ?? []),
  ...SYSTEM_FIELDS,
];

/** Made by hand here, by the server, or out of data points. */
const LEFT_OUT: readonly TableName[] = ['account', 'contact', 'engagement', 'attachment', 'dataPointSeries', 'syncConflict'];

let central: Central;
let chief: SyncedEngine;
let cora: TestDevice;
const mine = new Map<TableName, string>();
const theirs = new Map<TableName, string>();

function tiedTo(table: TableName, engagement: string): Readonly<Record<string, unknown>> {
  const fields = Object.entries(tableOf(table).fields).filter(
    ([, field]) => tablesOfField(field).includes('engagement') && field.kind === 'anyReference',
  );
  const { when } = tableOf(table).customer ?? {};
  return {
    ...Object.fromEntries(fields.map(([name]) => [name, refTo('engagement', engagement)])),
    ...(when === undefined ? {} : { [when]: true }),
  };
}

async function customer(name: string, owner: string, more: Record<string, unknown>, into: Map<TableName, string>): Promise<void> {
  const { engine } = chief;
  const ids = await change(engine, (draft) => {
    const account = draft.create('account', { name: `${name} account`, owner });
    const contact = draft.create('contact', { name: `${name} contact`, account, email: `${name.toLowerCase()}@example.com`, ...more });
    return {
      account,
      contact,
      engagement: draft.create('engagement', { title: `${name} engagement`, account, csm: owner, keyContact: contact }),
    };
  });
  for (const [table, id] of Object.entries(ids)) into.set(table as TableName, id); // the keys above
  const { ids: made } = await sampleRecords(engine, {
    mark: name,
    known: { user: [owner], account: [ids.account], contact: [ids.contact], engagement: [ids.engagement] },
    fixed: (table) => tiedTo(table, ids.engagement),
    only: (table) => isScoped(table) && !LEFT_OUT.includes(table),
  });
  for (const [table, id] of made) into.set(table, id);
}

async function sendFile(device: TestDevice, about: string): Promise<string> {
  const content = Buffer.from(`content of ${about}`);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const id = central.newId();
  const values = { name: 'plan.txt', about, size: content.length, sha256, visibleToCustomer: true };
  await device.send([{ action: 'create', table: 'attachment', id, values }], { kind: 'job' });
  const sent = await putPart(device, sha256, content);
  expect(sent).toBe(200);
  return id;
}
async function putPart(device: TestDevice, sha256: string, payload: Buffer): Promise<number> {
  const headers = { authorization: `Bearer ${device.tokens.accessToken}`, 'content-type': 'application/octet-stream' };
  const { statusCode } = await central.app.inject({ method: 'PUT', url: `/v1/attachments/${sha256}/parts/0`, headers, payload });
  return statusCode;
}

async function everythingUp(): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await chief.sync();
    if (chief.engine.sync.status().pending === 0) return;
  }
  throw new Error('it does not go up');
}

beforeAll(async () => {
  central = await openCentral();
  await central.person('chief', { roles: ['administrator'] });
  const ann = await central.person('ann');
  const user = await central.person('cora', { roles: ['customer'] });
  chief = await openSyncedEngine(central, 'chief');
  await chief.signIn();
  await chief.sync();
  await customer('Mine', ann, { user }, mine);
  await customer(SECRET, ann, {}, theirs);
  await everythingUp();
  expect(chief.engine.sync.status().refused).toBe(0);
  const desk = await central.device('chief');
  for (const of of [mine, theirs]) of.set('attachment', await sendFile(desk, `engagement/${of.get('engagement') ?? ''}`));
  await chief.sync();
  cora = await central.device('cora');
  await cora.pull();
}, 60_000);
afterAll(async () => {
  await chief.engine.close();
  await central.close();
});

const rowOf = (table: TableName, id: string): AnyRow => {
  const row: AnyRow | undefined = chief.engine.context.view.get(table, id);
  if (row === undefined) throw new Error(`${table} is not there`);
  return row;
};

test('REC-32 REC-33 a customer signs in and gets the records that are open to customers, and of these the fields that are', () => {
  const tables = new Set([...cora.rows.values()].map(({ table }) => table));
  const expected = [...mine.keys()].filter((table) => tableOf(table).customer !== undefined);
  expect(expected.length).toBeGreaterThan(8);
  expect(expected.filter((table) => !tables.has(table))).toEqual([]);
  for (const { table, values = {}, stamps } of cora.rows.values()) {
    if (!isTableName(table)) throw new Error(`${table} is none of ours`);
    expect(stamps).toBeUndefined();
    expect([table, Object.keys(values).filter((field) => !openFields(table).includes(field))]).toEqual([table, []]);
  }
  // who she is, and who looks after her
  expect(cora.row('user', cora.user)?.values).toMatchObject({ roles: ['customer'] });
  expect([...cora.rows.values()].filter(({ table }) => table === 'user')).toHaveLength(2);
  expect([...cora.rows.values()].filter(({ table }) => table === 'contact')).toHaveLength(1);
});

/** Everything that the server says to her, by every route, as one text. */
async function allThatIsSaid(): Promise<string> {
  const answers = await Promise.all([
    cora.call('GET', '/v1/pull'),
    cora.call('GET', '/v1/checksums'),
    cora.call('GET', '/v1/me'),
    cora.call('GET', '/v1/devices'),
  ]);
  return JSON.stringify([...answers, ...cora.rows.values()]);
}

test('REC-33 nothing that the server says to her, by any route, names a record of another customer or anybody whom she does not see', async () => {
  const text = await allThatIsSaid();
  expect(text).not.toContain(SECRET);
  for (const id of theirs.values()) expect(text).not.toContain(id);
  expect(text).not.toContain(chief.user());
  // what belongs to her customer and is not open to customers is not there either, nor its name
  for (const [table, id] of mine) if (tableOf(table).customer === undefined && WHO[table] === undefined) expect(text).not.toContain(id);
});

describe('REC-33 what changes where she does not look tells her nothing: no row, no number, no checksum', () => {
  const heard = async (): Promise<string> => {
    const before = cora.cursor();
    const pages: readonly PullPage[] = await cora.pull();
    const { body } = await cora.call('GET', '/v1/checksums');
    return JSON.stringify({
      rows: pages.map(({ rows, forget, forgetRows }) => [rows, forget, forgetRows]),
      moved: before !== cora.cursor(),
      body,
    });
  };

  test('hidden fields of records that she sees, and hidden records', async () => {
    const still = await heard();
    for (const [table, id] of mine) {
      const hidden = Object.entries(tableOf(table).fields).filter(
        ([name, { kind, readOnly }]) =>
          (kind === 'text' || kind === 'longText') && readOnly !== true && !openFields(table).includes(name) && name !== 'externalId',
      );
      for (const [name] of hidden.slice(0, 2))
        await chief.run((draft) => draft.update(table, id, { [name]: `changed ${name}` })).catch(() => undefined);
    }
    for (const [table, id] of theirs) {
      const [title] = tableOf(table).title;
      if (title !== undefined && tableOf(table).fields[title]?.kind === 'text')
        await chief.run((draft) => draft.update(table, id, { [title]: `${SECRET} again` })).catch(() => undefined);
    }
    await chief.run((draft) => draft.update('engagement', mine.get('engagement') ?? '', { workNotes: 'between us' }));
    const { head } = await headOf();
    await everythingUp();
    expect((await headOf()).head).toBeGreaterThan(head + 20);
    expect(await heard()).toBe(still);
  });

  test('what she does see comes, as the next number of hers alone', async () => {
    const version = cora.row('engagement', mine.get('engagement') ?? '')?.version ?? 0;
    await chief.run((draft) => draft.update('engagement', mine.get('engagement') ?? '', { title: 'Mine anew' }));
    await everythingUp();
    const pages = await cora.pull();
    expect(pages.flatMap(({ rows }) => rows)).toMatchObject([
      { table: 'engagement', version: version + 1, values: { title: 'Mine anew' } },
    ]);
  });
});

async function headOf(): Promise<{ readonly head: number }> {
  const [row] = await central.storage.global<{ head: number }>(
    { name: 'test-head', text: `select head from tenant where id = 'acme'` },
    [],
  );
  return row ?? { head: 0 };
}

test('REC-33 what is no longer open to her goes: by its mark, by what it hangs on, by her place; and comes back', async () => {
  const task = [...mine].find(([table]) => tableOf(table).customer?.when !== undefined && table !== 'attachment');
  if (task === undefined) throw new Error('no type has a mark');
  const [table, id] = task;
  const mark = tableOf(table).customer?.when ?? '';
  await chief.run((draft) => draft.update(table, id, { [mark]: false }));
  await everythingUp();
  expect((await cora.pull()).flatMap(({ forgetRows }) => forgetRows)).toEqual([{ table, id }]);
  await chief.run((draft) => draft.update('engagement', mine.get('engagement') ?? '', { keyContact: null }));
  // her place in the customer team
  const team = mine.get('customerTeamMember');
  if (team !== undefined) await chief.run((draft) => draft.remove('customerTeamMember', team));
  await everythingUp();
  await cora.pull();
  expect([...cora.rows.values()].map((row) => row.table).toSorted()).toEqual(['contact', 'user']);
  await chief.run((draft) => {
    draft.update('engagement', mine.get('engagement') ?? '', { keyContact: mine.get('contact') ?? '' });
    draft.update(table, id, { [mark]: true });
  });
  await everythingUp();
  await cora.pull();
  expect(cora.row(table, id)).toBeDefined();
  mine.delete('customerTeamMember');
});

/** The order of everyone's changes, as it is for her: refused or not, and with which words. */
async function outcomeOf(operation: Operation): Promise<string> {
  const { outcome, error, conflicts } = await cora.send([operation]);
  expect(conflicts).toBeUndefined();
  expect(JSON.stringify(error ?? '')).not.toContain(SECRET);
  return error === undefined ? outcome : error.code;
}
const base = { version: 1, fields: {} };

describe.each(tableNames.filter((table) => isScoped(table)))('REC-32 %s', (table) => {
  const { fields, customer: opened } = tableOf(table);
  const isSeen = (): boolean => cora.row(table, mine.get(table) ?? '') !== undefined && opened !== undefined;

  test('each field of a record that she sees: only those that are open to her can be changed', async () => {
    const id = mine.get(table);
    if (id === undefined) return;
    const open = [...(opened?.update ?? []), ...(opened?.fields.includes('comments') === true ? ['comments'] : [])];
    for (const name of Object.keys(fields)) {
      const before = JSON.stringify(rowOf(table, id)[name] ?? null);
      const value =
        fields[name]?.kind === 'journal' ? { add: [{ at: '2026-05-05T09:00:00.000Z', by: cora.user, text: 'x' }] } : rowOf(table, id)[name];
      const patch = { [name]: value ?? 'x' };
      const outcome = await outcomeOf({ action: 'update', table, id, patch, base: { version: 1, fields: patch } });
      if (open.includes(name) && isSeen()) expect([name, outcome]).not.toEqual([name, 'permission']);
      else expect([name, outcome]).toEqual([name, isSeen() ? 'permission' : 'not-found']);
      if (!open.includes(name)) expect(JSON.stringify(rowOf(table, id)[name] ?? null)).toBe(before);
    }
  });

  test('no other action than her role has, on her customer’s records and on others’', async () => {
    for (const id of [mine.get(table), theirs.get(table), central.newId()]) {
      if (id === undefined) continue;
      const seen = id === mine.get(table) && isSeen();
      const tried = await Promise.all([
        outcomeOf({ action: 'delete', table, id, base: { version: 1 } }),
        outcomeOf({ action: 'close', table, id, closureCode: 'completed', closeNotes: 'x', base }),
        outcomeOf({ action: 'cancel', table, id, closeNotes: 'x', base }),
        outcomeOf({ action: 'reopen', table, id, base }),
      ]);
      expect(tried).toEqual(seen ? Array.from({ length: 4 }, () => 'permission') : Array.from({ length: 4 }, () => 'not-found'));
    }
  });

  test('what she makes hangs on what she sees, and holds no more than is open to her', async () => {
    const id = mine.get(table);
    const values =
      id === undefined ? {} : Object.fromEntries(Object.entries(rowOf(table, id)).filter(([name]) => Object.hasOwn(fields, name)));
    const closed = await outcomeOf({ action: 'create', table, id: central.newId(), values });
    expect(closed).toBe('permission');
    if (opened?.create === undefined) return;
    const few = Object.fromEntries(Object.entries(values).filter(([name]) => opened.create?.includes(name)));
    expect(rights.may(table, 'create')).toBe(true);
    const foreign = Object.fromEntries(
      Object.entries(few).map(([name, value]) => [
        name,
        fields[name]?.kind === 'reference' ? (theirs.get(fields[name]?.to as TableName) ?? value) : value,
      ]), // a type's name
    );
    const hidden = await cora.send([{ action: 'create', table, id: central.newId(), values: foreign }]);
    const absent = Object.fromEntries(
      Object.entries(foreign).map(([name, value]) => [name, fields[name]?.kind === 'reference' ? central.newId() : value]),
    );
    const never = await cora.send([{ action: 'create', table, id: central.newId(), values: absent }]);
    expect(hidden.outcome).toBe('refused');
    expect(hidden.error?.message).toBe(never.error?.message);
  });
});

test('REC-33 she calls for a touchpoint and comments on it; her colleague inside sees both, and she sees his answer', async () => {
  const id = await cora.create('touchpoint', {
    subject: 'Please call',
    engagement: mine.get('engagement'),
    channel: 'phone',
    category: 'general',
  });
  await cora.pull();
  expect(cora.row('touchpoint', id)?.values).toMatchObject({ subject: 'Please call', createdBy: cora.user });
  const comment = { at: '2026-05-05T09:59:00.000Z', by: cora.user, text: 'It is urgent' };
  expect((await cora.update('touchpoint', id, { comments: { add: [comment] } }, {})).outcome).toMatch(/applied|merged/);
  await everythingUp();
  expect(rowOf('touchpoint', id)['comments']).toMatchObject([{ text: 'It is urgent' }]);
  await chief.run((draft) => draft.update('touchpoint', id, { comments: 'Tomorrow', workNotes: 'They are cross' }));
  await everythingUp();
  await cora.pull();
  expect(JSON.stringify(cora.row('touchpoint', id))).toContain('Tomorrow');
  expect(JSON.stringify([...cora.rows.values()])).not.toContain('cross');
});

test('S4 S5 where somebody inside was quicker, no conflict is opened that she could not see', async () => {
  const id = [...cora.rows.values()].find(({ table }) => table === 'touchpoint')?.id ?? '';
  const seen = cora.row('touchpoint', id)?.values?.['subject'];
  await chief.run((draft) => draft.update('touchpoint', id, { subject: 'Called already' }));
  await everythingUp();
  const answer = await cora.update('touchpoint', id, { subject: 'Please call now' }, { subject: seen });
  expect(answer.outcome === 'refused' ? answer.error?.code : answer.outcome).toMatch(/conflict|applied|merged/);
  expect(answer.conflicts).toBeUndefined();
});

test('S16 files: those that are open to her and no other', async () => {
  const digests = [mine, theirs].map((of) => rowOf('attachment', of.get('attachment') ?? '')['sha256']);
  const states = await Promise.all(digests.map(async (sha256) => (await cora.call('GET', `/v1/attachments/${String(sha256)}`)).status));
  expect(states).toEqual([200, 404]);
  expect(await putPart(cora, String(digests[0]), Buffer.from('x'))).toBe(403);
  const read = await cora.call('POST', '/v1/attachments/wanted', { sha256: digests });
  expect(read.body).toEqual({ wanted: [] });
  // the mark is taken away: the file is not there from the next request on
  await chief.run((draft) => draft.update('attachment', mine.get('attachment') ?? '', { visibleToCustomer: false }));
  await everythingUp();
  expect((await cora.call('GET', `/v1/attachments/${String(digests[0])}`)).status).toBe(404);
});

test('S11 a first load in pages, and a cursor that somebody inside had, or that was made up', async () => {
  await cora.pull();
  const other = await central.device('cora', 'Phone');
  const pages = await other.pull(3);
  expect(pages.length).toBeGreaterThan(3);
  expect([...other.rows.keys()].toSorted()).toEqual([...cora.rows.keys()].toSorted());
  const { epoch } = pages[0] ?? { epoch: '' };
  expect((await cora.call('GET', `/v1/pull?cursor=${encodeURIComponent(`${epoch},1,1`)}`)).status).toBe(410);
  expect((await cora.call('GET', `/v1/pull?cursor=${encodeURIComponent(`${epoch},999999,999999,c`)}`)).status).toBe(409);
});

test('S12 all of one scope, in pages; of one where she sees nothing she hears the same as of one that is not there', async () => {
  const scope = `engagement:${mine.get('engagement') ?? ''}`;
  const seen: string[] = [];
  let cursor = '';
  for (let more = true; more;) {
    const { body } = await cora.call('GET', `/v1/pull?scope=${scope}&limit=2${cursor}`);
    const page = body as PullPage; // the route's answer
    seen.push(...page.rows.map(({ table, id }) => `${table}/${id}`));
    cursor = `&cursor=${encodeURIComponent(page.cursor)}`;
    more = page.more;
  }
  expect(seen.toSorted()).toEqual([...cora.rows].flatMap(([key, row]) => (row.scope === scope ? [key] : [])).toSorted());
  for (const hidden of [`engagement:${theirs.get('engagement') ?? ''}`, `engagement:${central.newId()}`]) {
    const { body } = await cora.call('GET', `/v1/pull?scope=${hidden}`);
    expect(body).toMatchObject({ rows: [], forget: [hidden], more: false });
  }
});

test('S15 customers sign in as everyone does', async () => {
  const code = await central.code('cora');
  const payload = { tenant: 'acme', login: 'cora', password: PASSWORD, device: { id: central.newId(), name: 'Tablet' }, code };
  expect((await central.app.inject({ method: 'POST', url: '/v1/sign-in', payload })).statusCode).toBe(200);
});
