import { callerOf } from '#shared/domain/permission/caller.ts';
import { memberScopes } from '#shared/domain/permission/member-scopes.ts';
import { sightOf } from '#shared/domain/permission/sight.ts';
import { chance, type Chance } from '#shared/domain/demo/random.ts';
import type { Answer, Operation, PulledRow, PullPage, PushReply } from '#shared/contract/sync-contract.ts';
import { isTableName, type AnyRow, type Row } from '#shared/model/dictionary.ts';
import { setManager } from '../../server/admin/people.ts';
import { createTenant } from '../../server/admin/tenants.ts';
import { readRecord, RECORD_COLUMNS, type RecordColumns } from '../../server/records/stored-record.ts';
import { sql } from '../../server/storage/storage.ts';
import type { Central, TestDevice } from '../support/central.ts';
import { memoryView, type MemoryView } from '../support/memory-view.ts';

/*
 * A seeded world against the real server code: several people and a manager tree, devices with queues that send late, twice, out of order or
 * lose the answer, first loads that are cut, engagements that are handed on, managers that change. At rest everything has to agree.
 */

export type SimResult = {
  readonly seed: number;
  readonly operations: number;
  readonly faults: number;
  readonly problems: readonly string[];
};

type Sent = { readonly seq: number; readonly id: string };
type Player = {
  readonly login: string;
  readonly device: TestDevice;
  queue: Sent[];
  readonly answers: Map<string, Answer>;
  readonly seen: Map<string, number>;
};

const PEOPLE = [
  ['boss', undefined],
  ['lead', 'boss'],
  ['kim', 'lead'],
  ['lee', 'boss'],
] as const;
const everyRow = sql('sim-rows', `select ${RECORD_COLUMNS} from record r where r.tenant = $1 and r.body is not null`);
const everyIntent = sql('sim-intents', 'select device, id from intent where tenant = $1');

/** Plays one seed in a tenant of its own. Answers what did not agree, in words. */
export async function simulate(central: Central, seed: number, steps: number): Promise<SimResult> {
  const tenant = `sim-${seed}`;
  const dice = chance(seed);
  const problems: string[] = [];
  let operations = 0;
  let faults = 0;
  await createTenant(central.storage, tenant, tenant, new Date(central.clock.now));
  await central.person('root', { tenant, roles: ['administrator'] });
  for (const [login, manager] of PEOPLE) await central.person(login, { tenant, ...(manager === undefined ? {} : { manager }) });
  const players: Player[] = [];
  for (const login of ['boss', 'kim', 'kim', 'lee', 'lead'])
    players.push({ login, device: await central.device(login, 'Sim', tenant), queue: [], answers: new Map(), seen: new Map() });
  const users = [...new Set(players.map(({ device }) => device.user))];

  const take = (player: Player, reply: PushReply): void => {
    for (const answer of reply.answers) {
      const before = player.answers.get(answer.id);
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(answer))
        problems.push(`seed ${seed}: ${answer.id} was answered twice, differently`);
      player.answers.set(answer.id, answer);
    }
    // only what was answered is done with: another answer may have been lost
    player.queue = player.queue.filter(({ id }) => !player.answers.has(id));
  };
  const push = async (player: Player): Promise<void> => {
    if (player.queue.length === 0) return;
    const count = dice.whole(1, player.queue.length);
    const batch = player.queue.slice(0, count);
    const fault = dice.whole(0, 9);
    if (fault <= 3) faults += 1;
    // the answer is lost: the device does not know and sends again later
    if (fault === 0) return void (await player.device.push(batch));
    if (fault === 1) await player.device.push(batch);
    if (fault === 2) return take(player, await player.device.push(batch.toReversed()));
    if (fault === 3) return take(player, await player.device.push(player.queue.slice(1)));
    take(player, await player.device.push(batch));
  };
  const pull = async (player: Player): Promise<void> => {
    const pages = await player.device.pull(dice.oneOf([2, 5, 50, 5_000]));
    checkTime(player, pages, problems, seed);
  };
  const queue = (player: Player, operation: Operation | undefined): void => {
    if (operation === undefined) return;
    operations += 1;
    player.queue.push(player.device.intent([operation]));
  };

  for (let step = 0; step < steps; step += 1) {
    central.clock.now += dice.whole(1, 3_000);
    const player = pick(dice, players);
    const what = dice.whole(0, 99);
    if (what < 60) queue(player, deed(dice, player.device, users, central.newId));
    else if (what < 78) await push(player);
    else if (what < 96) await pull(player);
    else {
      const boss = dice.oneOf(['boss', 'lead', 'lee']);
      const tools = { storage: central.storage, now: () => central.clock.now, newId: central.newId };
      // a circle of managers is refused, which is as it should be
      await setManager(tools, tenant, 'kim', boss).catch(() => undefined);
    }
  }
  for (const player of players)
    for (let tries = 0; player.queue.length > 0; tries += 1) {
      if (tries > 100) throw new Error(`seed ${seed}: a queue does not drain`);
      take(player, await player.device.push(player.queue));
    }
  for (const player of players) await pull(player);
  await checkRest(central, tenant, players, problems, seed, operations);
  return { seed, operations, faults, problems };
}

function pick<T>(dice: Chance, list: readonly T[]): T {
  const one = list[dice.whole(0, list.length - 1)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

function rowsOf(device: TestDevice, table: string): readonly PulledRow[] {
  return [...device.rows.values()].filter((row) => row.table === table).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Something that a person does on what their device knows, which may be long past. */
function deed(dice: Chance, device: TestDevice, users: readonly string[], newId: () => string): Operation | undefined {
  const some = (table: string): PulledRow | undefined => {
    const rows = rowsOf(device, table);
    return rows.length === 0 ? undefined : pick(dice, rows);
  };
  const edit = (row: PulledRow | undefined, patch: Readonly<Record<string, unknown>>): Operation | undefined =>
    row && {
      action: 'update',
      table: row.table,
      id: row.id,
      patch,
      base: { version: row.version, fields: Object.fromEntries(Object.keys(patch).map((field) => [field, row.values?.[field]])) },
    };
  const [account, engagement] = [some('account'), some('engagement')];
  const what = dice.whole(0, 99);
  const text = `T${dice.whole(1, 1_000)}`;
  if (account === undefined || what < 8)
    return {
      action: 'create',
      table: 'account',
      id: newId(),
      values: { name: text, owner: dice.happens(0.8) ? device.user : pick(dice, users) },
    };
  if (engagement === undefined || what < 18)
    return {
      action: 'create',
      table: 'engagement',
      id: newId(),
      values: { title: text, account: account.id, ...(dice.happens(0.7) ? { csm: pick(dice, users) } : {}) },
    };
  if (what < 33) {
    const assigned = dice.happens(0.3) ? { assignedTo: pick(dice, users) } : {};
    return {
      action: 'create',
      table: 'touchpoint',
      id: newId(),
      values: { subject: text, engagement: engagement.id, heldOn: '2026-05-01', ...assigned },
    };
  }
  if (what < 41) return { action: 'create', table: 'contact', id: newId(), values: { name: text, account: account.id } };
  if (what < 53) return edit(engagement, { title: text });
  if (what < 63) return edit(engagement, { stage: dice.oneOf(['adoption', 'expand', 'renew']) });
  if (what < 70) return edit(engagement, { csm: dice.happens(0.8) ? pick(dice, users) : null });
  if (what < 74) return edit(account, { owner: pick(dice, users) });
  if (what < 78) return edit(some('touchpoint'), { engagement: engagement.id });
  if (what < 82) return edit(some('touchpoint'), { assignedTo: dice.happens(0.5) ? pick(dice, users) : null });
  if (what < 86) return edit(engagement, { watchList: [pick(dice, users)] });
  const touchpoint = some('touchpoint');
  if (what < 90 && touchpoint)
    return {
      action: 'close',
      table: 'touchpoint',
      id: touchpoint.id,
      closureCode: 'addressed',
      closeNotes: text,
      base: { version: touchpoint.version, fields: { state: touchpoint.values?.['state'] } },
    };
  const gone = dice.happens(0.2) ? engagement : (some(dice.oneOf(['touchpoint', 'contact'])) ?? touchpoint);
  return gone && { action: 'delete', table: gone.table, id: gone.id, base: { version: gone.version } };
}

/** What a device reads of a record never goes back in time, as long as it has the record. */
function checkTime({ seen, login }: Player, pages: readonly PullPage[], problems: string[], seed: number): void {
  for (const page of pages) {
    if (page.forget.length > 0 || page.forgetRows.length > 0) seen.clear();
    for (const { table, id, version, values } of page.rows) {
      const key = `${table}/${id}`;
      if (version < (seen.get(key) ?? 0)) problems.push(`seed ${seed}: ${login} read ${key} back in time`);
      if (values === undefined) seen.delete(key);
      else seen.set(key, version);
    }
  }
}

async function checkRest(
  central: Central,
  tenant: string,
  players: readonly Player[],
  problems: string[],
  seed: number,
  operations: number,
): Promise<void> {
  const { rows, intents } = await central.storage.transaction(tenant, 'read', async (on) => ({
    rows: await on.run<RecordColumns>(everyRow, [tenant]),
    intents: await on.run<{ device: string; id: string }>(everyIntent, [tenant]),
  }));
  const answered = players.reduce((sum, { answers }) => sum + answers.size, 0);
  if (answered !== operations || intents.length !== operations)
    problems.push(`seed ${seed}: of ${operations} intents ${intents.length} are kept and ${answered} were answered`);
  const view = viewOf(rows);
  checkRules(view, problems, seed);
  for (const player of players) await checkPlayer(view, player, problems, seed);
}

function viewOf(rows: readonly RecordColumns[]): MemoryView {
  const view = memoryView();
  for (const columns of rows) {
    const record = readRecord(columns);
    if (record?.row) view.put(record.table, record.row as unknown as Row); // a row of this table, seen generically
  }
  return view;
}

function checkRules(view: MemoryView, problems: string[], seed: number): void {
  for (const touchpoint of view.all('touchpoint')) {
    const engagement = view.get('engagement', touchpoint.engagement);
    if (engagement === undefined) problems.push(`seed ${seed}: touchpoint ${touchpoint.id} has lost its engagement`);
    else if (engagement.account !== touchpoint.account)
      problems.push(`seed ${seed}: touchpoint ${touchpoint.id} is at another account than its engagement`);
  }
  for (const { id, account } of [...view.all('engagement'), ...view.all('contact')])
    if (account !== undefined && view.get('account', account) === undefined) problems.push(`seed ${seed}: ${id} has lost its account`);
}

/** A device has exactly what a fresh one of the person gets, and what the engine's own permissions say that they see. */
async function checkPlayer(view: MemoryView, { device, login }: Player, problems: string[], seed: number): Promise<void> {
  const fresh = new Map<string, PulledRow>();
  let cursor: string | undefined;
  for (let more = true; more;) {
    const { body } = await device.call('GET', `/v1/pull${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`);
    const page = body as PullPage; // the route's answer
    for (const row of page.rows) fresh.set(`${row.table}/${row.id}`, row);
    ({ cursor, more } = page);
  }
  for (const key of new Set([...fresh.keys(), ...device.rows.keys()]))
    if (JSON.stringify(fresh.get(key)) !== JSON.stringify(device.rows.get(key)))
      problems.push(
        `seed ${seed}: ${login} has ${key} ${device.rows.has(key) ? (fresh.has(key) ? 'in another state' : 'too much') : 'too little'}`,
      );
  const caller = callerOf(view, device.user);
  const sight = sightOf(view, caller, memberScopes(view, caller));
  const expected = new Set<string>();
  for (const table of ['account', 'engagement', 'touchpoint', 'contact'] as const)
    for (const row of view.all(table) as Iterable<AnyRow>) if (sight.sees(table, row)) expected.add(`${table}/${row.id}`); // Row seen generically
  const had = [...fresh.values()].filter(
    ({ table }) => isTableName(table) && ['account', 'engagement', 'touchpoint', 'contact'].includes(table),
  );
  for (const { table, id } of had)
    if (!expected.has(`${table}/${id}`)) problems.push(`seed ${seed}: ${login} gets ${table}/${id}, which they may not see`);
  const keys = new Set(had.map(({ table, id }) => `${table}/${id}`));
  for (const key of expected) if (!keys.has(key)) problems.push(`seed ${seed}: ${login} does not get ${key}, which they may see`);
}
