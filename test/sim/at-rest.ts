import { isDeepStrictEqual } from 'node:util';
import type { Answer, Intent, PulledRow, PullPage, PushReply } from '#shared/contract/sync-contract.ts';
import { callerOf } from '#shared/domain/permission/caller.ts';
import { memberScopes } from '#shared/domain/permission/member-scopes.ts';
import { sightOf } from '#shared/domain/permission/sight.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import { isTableName, type AnyRow, type Row } from '#shared/model/dictionary.ts';
import { referringFields } from '#shared/model/links.ts';
import { readRecord, RECORD_COLUMNS, type RecordColumns, type StoredRecord } from '../../server/records/stored-record.ts';
import { sql } from '../../server/storage/storage.ts';
import { memoryView, type MemoryView } from '../support/memory-view.ts';
import { POINTS_TABLE, type SegmentValues } from '#shared/sync-core/points.ts';
import { checkHistory, checkReviews, type Taken } from './history.ts';
import { checkPoints } from './point-history.ts';
import type { Deed, SimDevice } from './sim-device.ts';
import { checkWords, takenAway } from './words.ts';
import type { SimServer } from './sim-server.ts';
import type { Seat } from './workspace.ts';

const everyRow = sql('sim-rows', `select ${RECORD_COLUMNS} from record r where r.tenant = $1`);
const everyIntent = sql('sim-intents', 'select device, user_id, sent, answer from intent where tenant = $1 order by head, seq');
const headOf = sql('sim-head', 'select head from tenant where id = $1');

export type Resting = {
  readonly server: SimServer;
  readonly tenant: string;
  readonly devices: readonly { readonly seat: Seat; readonly device: SimDevice; readonly deeds: readonly Deed[] }[];
};

/** Everything that has to hold once all queues are empty and everyone has read what there is (spec/sync.md, How it is proven). */
export async function checkRest({ server, tenant, devices }: Resting): Promise<readonly string[]> {
  const { rows, intents } = await server.storage.transaction(tenant, 'read', async (on) => ({
    rows: await on.run<RecordColumns>(everyRow, [tenant]),
    intents: await on.run<{ device: string; user_id: string; sent: Intent; answer: Answer }>(everyIntent, [tenant]),
  }));
  const records = rows.map(readRecord).filter((record) => record !== undefined);
  const taken = intents.map(({ device, user_id: user, sent, answer }): Taken => ({ device, user, sent, answer }));
  const view = viewOf(records);
  const segments = rows.flatMap(({ tbl, body }) => (tbl === POINTS_TABLE && body !== null ? [body as unknown as SegmentValues] : [])); // as the server keeps them
  const problems = [
    ...checkHistory(taken, records),
    ...checkPoints(taken, records, segments),
    ...checkReviews(taken),
    ...checkIntegrity(view),
  ];
  const fresh = new Map<string, ReadonlyMap<string, PulledRow>>();
  const gone = takenAway(devices.flatMap(({ deeds }) => deeds));
  for (const { seat, device, deeds } of devices) {
    const own = taken.filter((one) => one.device === seat.device);
    problems.push(...checkAnswers(view, own, device, deeds.length), ...checkWords(own, device, deeds, gone));
    const known = fresh.get(seat.user) ?? (await freshOf(server, seat));
    if (!fresh.has(seat.user)) problems.push(...checkSight(view, seat, known));
    fresh.set(seat.user, known);
    problems.push(...checkEqual(seat, known, device.held()));
  }
  problems.push(...(await checkReplay(server, tenant, devices, taken)));
  return problems;
}

/** Each deed was answered once, the device knows the answer, and what it says is there for the author to see. */
function checkAnswers(view: MemoryView, own: readonly Taken[], device: SimDevice, deeds: number): readonly string[] {
  const problems: string[] = [];
  const answers = device.answers();
  const refused = device.refused?.();
  // what was refused by a server that was put back since stays with its author, and is not sent again by itself
  const shown = [...(refused?.keys() ?? [])].filter((id) => own.every(({ sent }) => sent.id !== id)).length;
  if (own.length + shown !== deeds)
    problems.push(`${device.login} did ${deeds} deeds, the server has ${own.length}, ${shown} more are shown as refused`);
  for (const { sent, answer } of own) {
    const heard = answers.get(sent.id);
    if (!isDeepStrictEqual(heard, answer))
      problems.push(`${device.login} heard ${JSON.stringify(heard)} of ${sent.id}, the server says ${JSON.stringify(answer)}`);
    if (answer.outcome === 'refused' && refused?.has(sent.id) === false)
      problems.push(`${device.login} is not shown that ${sent.id} was refused`);
    // it is the list of whoever's change did not come in, which is not always who sent this
    for (const conflict of answer.conflicts ?? [])
      if (view.get('syncConflict', conflict) === undefined) problems.push(`the conflict ${conflict} is not kept`);
  }
  for (const { id, author } of view.all('syncConflict'))
    if (author === device.user && !device.held().has(`syncConflict/${id}`))
      problems.push(`${device.login} does not have their conflict ${id}`);
  return problems;
}

function viewOf(records: readonly StoredRecord[]): MemoryView {
  const view = memoryView();
  for (const { table, row } of records) if (row) view.put(table, row as unknown as Row); // a row of this table, seen generically
  return view;
}

const PLAYED = ['account', 'engagement', 'touchpoint', 'contact'] as const;

/** Rules that hold at every commit: no reference that leads nowhere, work at the account of its engagement, no circle of managers. */
function checkIntegrity(view: MemoryView): readonly string[] {
  const problems: string[] = [];
  for (const table of [...PLAYED, 'user', 'syncConflict'] as const)
    for (const row of view.all(table) as Iterable<AnyRow>)
      // Row seen generically
      for (const [name, field] of referringFields(table))
        for (const ref of refsIn(field, row[name]))
          if (view.get(ref.table, ref.id) === undefined) problems.push(`${table}/${row.id}.${name} leads nowhere`);
  for (const { id, engagement, account } of view.all('touchpoint'))
    if (view.get('engagement', engagement)?.account !== account)
      problems.push(`touchpoint ${id} is at another account than its engagement`);
  for (const { id } of view.all('user')) {
    const above = new Set<string>();
    for (let at = view.get('user', id)?.manager; at !== undefined; at = view.get('user', at)?.manager) {
      if (at === id || above.has(at)) {
        problems.push(`${id} is above themselves`);
        break;
      }
      above.add(at);
    }
  }
  return problems;
}

/** What a device of the person that has never been there before is given. */
async function freshOf(server: SimServer, seat: Seat): Promise<ReadonlyMap<string, PulledRow>> {
  const rows = new Map<string, PulledRow>();
  let cursor: string | undefined;
  for (let more = true; more;) {
    const path = `/v1/pull${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`;
    const { text } = await server.request({ method: 'GET', path, token: seat.token });
    const page = JSON.parse(text) as PullPage; // the route's answer
    for (const row of page.rows)
      if (row.values === undefined) rows.delete(`${row.table}/${row.id}`);
      else rows.set(`${row.table}/${row.id}`, row);
    ({ cursor, more } = page);
  }
  return rows;
}

/** Convergence: a device has exactly what a fresh one of the person gets; so nothing outside of their scopes either. */
function checkEqual({ login }: Seat, fresh: ReadonlyMap<string, PulledRow>, held: ReadonlyMap<string, PulledRow>): readonly string[] {
  return [...new Set([...fresh.keys(), ...held.keys()])].flatMap((key) => {
    const [is, should] = [held.get(key), fresh.get(key)];
    if (is && should)
      return sameRow(is, should) ? [] : [`${login} has ${key} in another state: ${JSON.stringify(is)}, not ${JSON.stringify(should)}`];
    return [`${login} has ${key} ${is ? 'too much' : 'too little'}`];
  });
}

function sameRow(a: PulledRow, b: PulledRow): boolean {
  return isDeepStrictEqual(a, b);
}

/** The server gives a person what the engine's own permissions say that they see (SYN-06, S9). */
function checkSight(view: MemoryView, { user, login }: Seat, fresh: ReadonlyMap<string, PulledRow>): readonly string[] {
  const caller = callerOf(view, user);
  const sight = sightOf(view, caller, memberScopes(view, caller));
  const may = new Set<string>();
  for (const table of PLAYED)
    for (const row of view.all(table) as Iterable<AnyRow>) if (sight.sees(table, row)) may.add(`${table}/${row.id}`); // Row seen generically
  const gets = new Set(
    [...fresh.values()].flatMap(({ table, id }) =>
      isTableName(table) && (PLAYED as readonly string[]).includes(table) ? [`${table}/${id}`] : [],
    ),
  );
  return [
    ...[...gets].flatMap((key) => (may.has(key) ? [] : [`${login} gets ${key}, which they may not see`])),
    ...[...may].flatMap((key) => (gets.has(key) ? [] : [`${login} does not get ${key}, which they may see`])),
  ];
}

/** Sending any prefix of what was sent again changes nothing and is answered the same (S3). */
async function checkReplay(
  server: SimServer,
  tenant: string,
  devices: Resting['devices'],
  taken: readonly Taken[],
): Promise<readonly string[]> {
  const head = async () => (await server.storage.global<{ head: number }>(headOf, [tenant]))[0]?.head;
  const before = await head();
  const problems: string[] = [];
  for (const { seat } of devices) {
    const own = taken.filter((one) => one.device === seat.device).toSorted((a, b) => a.sent.seq - b.sent.seq);
    if (own.length === 0) continue;
    const prefix = own.slice(0, Math.ceil(own.length / 2));
    const body = JSON.stringify({ deviceTime: new Date(server.clock.now).toISOString(), intents: prefix.map(({ sent }) => sent) });
    const { text } = await server.request({ method: 'POST', path: '/v1/push', token: seat.token, body });
    const { answers } = JSON.parse(text) as PushReply; // the route's answer
    if (
      !isDeepStrictEqual(
        answers,
        prefix.map(({ answer }) => answer),
      )
    )
      problems.push(`${seat.login}: sent again, answered otherwise`);
  }
  if ((await head()) !== before) problems.push('sent again, it changed something');
  return problems;
}
