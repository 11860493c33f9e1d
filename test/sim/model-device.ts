import { isDeepStrictEqual } from 'node:util';
import {
  SYNC_SCHEMA_VERSION,
  type Answer,
  type Intent,
  type Operation,
  type PulledRow,
  type PullPage,
  type PushReply,
  type SyncFailure,
} from '#shared/contract/sync-contract.ts';
import { writeStamp } from '#shared/sync-core/clock.ts';
import { NetworkFault, type Network, type Wire } from './network.ts';
import type { Deed, SeenRow, SimDevice } from './sim-device.ts';
import type { Seat } from './workspace.ts';

/*
 * A device of the fewest lines: a queue, a copy of the server's rows, a cursor. What it has written down changes in one go between two
 * awaits, so it may die at any of them.
 */

export type ModelOptions = {
  readonly seat: Seat;
  readonly network: Network;
  readonly now: () => number;
  readonly newId: () => string;
  /** Rows a page, by chance. */
  readonly pageRows: () => number;
  readonly batch: (queued: number) => number;
  /** A device that is wrong on purpose. */
  readonly mutant?: 'keeps-what-is-taken' | 'whole-rows' | 'keeps-search' | 'keeps-files' | undefined;
};

type Values = Readonly<Record<string, unknown>>;
const keyOf = (table: string, id: string): string => `${table}/${id}`;

class Refused extends Error {
  readonly failure: SyncFailure['error'];
  constructor(failure: SyncFailure['error']) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A refusal of the server's, or of what stands in front of it (a server that is just going down). */
function failureOf(read: unknown): SyncFailure['error'] {
  const { error } = read as Partial<SyncFailure>; // checked next
  return typeof error === 'object' ? error : { code: 'unavailable', message: 'no answer of the server' };
}

export function openModelDevice({ seat, network, now, newId, pageRows, batch, mutant }: ModelOptions): SimDevice {
  const problems: string[] = [];
  const rows = new Map<string, PulledRow>();
  const seenVersions = new Map<string, number>();
  const answers = new Map<string, Answer>();
  /** Everything that it ever sent, for a server that was put back. */
  const sent: Intent[] = [];
  let cursor: string | undefined;
  let loading: Set<string> | undefined;
  let epoch: string | undefined;
  let wire: Wire = network.wire();

  /** Only what was answered is done with: the server may know more than the device has heard. */
  const queue = (): readonly Intent[] => sent.filter(({ id }) => !answers.has(id));

  const call = async <T>(line: Wire, method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
    const reply = await line.request({ method, path, token: seat.token, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    // the route's answer, or its refusal
    const read: unknown = JSON.parse(reply.text);
    if (reply.status !== 200) throw new Refused(failureOf(read));
    return read as T;
  };

  /** The server was put back to an earlier time: what it no longer knows is asked and sent again. */
  const startOver = (): void => {
    cursor = undefined;
    loading = new Set();
    seenVersions.clear();
  };
  const meetEpoch = (met: string, known: number): void => {
    if (epoch !== undefined && met !== epoch) {
      startOver();
      for (const { seq, id } of sent) if (seq > known) answers.delete(id);
    }
    epoch = met;
  };

  const push = async (line: Wire): Promise<void> => {
    // whoever has it stands by every deletion (S12)
    let deletionsConfirmed: boolean = false;
    for (let queued = queue(); queued.length > 0; queued = queue()) {
      const intents = queued.slice(0, batch(queued.length));
      const sending = { deviceTime: new Date(now()).toISOString(), intents, ...(deletionsConfirmed ? { deletionsConfirmed } : {}) };
      const reply: PushReply = await call<PushReply>(line, 'POST', '/v1/push', sending);
      deletionsConfirmed ||= reply.confirmDeletions !== undefined;
      meetEpoch(reply.epoch, reply.acknowledged);
      for (const answer of reply.answers) {
        const before = answers.get(answer.id);
        if (before !== undefined && !isDeepStrictEqual(before, answer)) problems.push(`${answer.id} was answered twice, differently`);
        answers.set(answer.id, answer);
      }
      const [next] = queue();
      if (reply.gap !== undefined && (next === undefined || next.seq > reply.gap))
        problems.push(`the server wants ${reply.gap}, which it has answered`);
    }
  };

  const take = (page: PullPage): void => {
    meetEpoch(page.epoch, page.acknowledged);
    const drop = (key: string): void => {
      rows.delete(key);
      seenVersions.delete(key);
    };
    if (mutant !== 'keeps-what-is-taken') {
      for (const scope of page.forget) for (const [key, row] of rows) if (row.scope === scope) drop(key);
      for (const { table, id } of page.forgetRows) drop(keyOf(table, id));
    }
    for (const row of page.rows) {
      const key = keyOf(row.table, row.id);
      loading?.add(key);
      if (row.version < (seenVersions.get(key) ?? 0)) problems.push(`${key} was read back in time`);
      if (row.values === undefined) drop(key);
      else {
        rows.set(key, row);
        seenVersions.set(key, row.version);
      }
    }
    cursor = page.cursor;
    if (page.more || loading === undefined) return;
    for (const key of rows.keys()) if (!loading.has(key)) drop(key);
    loading = undefined;
  };

  const pull = async (line: Wire): Promise<void> => {
    for (let more = true; more;) {
      const query = new URLSearchParams({ limit: String(pageRows()), ...(cursor === undefined ? {} : { cursor }) });
      const page = await call<PullPage>(line, 'GET', `/v1/pull?${query.toString()}`);
      take(page);
      ({ more } = page);
    }
  };

  /** Own deeds on top of what the server has confirmed, without the rules. */
  const seen = (table: string): readonly SeenRow[] => {
    const all = new Map<string, Values>();
    for (const row of rows.values()) if (row.table === table && row.values) all.set(row.id, row.values);
    for (const { operations } of queue())
      for (const operation of operations) {
        if (operation.table !== table) continue;
        const known = all.get(operation.id);
        if (operation.action === 'create') all.set(operation.id, operation.values);
        else if (operation.action === 'delete') all.delete(operation.id);
        else if (operation.action === 'update' && known) all.set(operation.id, { ...known, ...withoutJournals(operation.patch) });
        else if (operation.action === 'close' && known) all.set(operation.id, { ...known, state: 'closed' });
      }
    return [...all].map(([id, values]) => ({ table, id, values })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };

  /** Files are beyond it. */
  const operationsOf = (deed: Deed): Operation[] => {
    if (deed.action === 'attach') return [];
    if (deed.action === 'deleteAll') return deed.ids.map((id) => operationOf({ action: 'delete', table: deed.table, id }));
    return [operationOf(deed)];
  };
  const operationOf = (deed: Exclude<Deed, { readonly action: 'attach' | 'deleteAll' }>): Operation => {
    const { table, id } = deed;
    if (deed.action === 'create') return { action: 'create', table, id, values: deed.values };
    const version = rows.get(keyOf(table, id))?.version ?? 0;
    const values = seen(table).find((row) => row.id === id)?.values ?? {};
    const baseOf = (fields: readonly string[]) => ({ version, fields: Object.fromEntries(fields.map((field) => [field, values[field]])) });
    switch (deed.action) {
      case 'update': {
        const patch = mutant === 'whole-rows' ? { ...writable(values), ...deed.patch } : deed.patch;
        return { action: 'update', table, id, patch, base: baseOf(Object.keys(patch)) };
      }
      case 'note': {
        const entry = { at: new Date(now()).toISOString(), by: seat.user, text: deed.text };
        return { action: 'update', table, id, patch: { workNotes: { add: [entry] } }, base: baseOf(['workNotes']) };
      }
      case 'close':
        return { action: 'close', table, id, closureCode: deed.closureCode, closeNotes: deed.closeNotes, base: baseOf(['state']) };
      case 'points':
        return { action: 'points', table: 'dataPointSeries', id, set: deed.points, remove: [] };
      case 'delete':
        return { action: 'delete', table, id, base: { version } };
    }
  };

  return {
    login: seat.login,
    user: seat.user,
    problems,
    seen,
    act: async (deed) => {
      const operations = operationsOf(deed);
      if (operations.length === 0) return false;
      const seq = sent.length + 1;
      const id = newId();
      sent.push({
        seq,
        id,
        kind: 'do',
        label: 'Deed',
        at: new Date(now()).toISOString(),
        hlc: writeStamp({ ms: now(), count: seq }, seat.device.slice(-6)),
        schemaVersion: SYNC_SCHEMA_VERSION,
        operations,
      });
      return true;
    },
    sync: async () => {
      const line = wire;
      try {
        await push(line);
        await pull(line);
      } catch (thrown) {
        if (thrown instanceof NetworkFault) return;
        if (!(thrown instanceof Refused)) throw thrown;
        const { code } = thrown.failure;
        if (code === 'restored' || code === 'reset-required') startOver();
        else if (code !== 'unavailable') problems.push(`the server says ${code}: ${thrown.failure.message}`);
      }
    },
    crash: async () => {
      wire.kill();
      wire = network.wire();
    },
    unsent: async () => queue().length,
    held: () => rows,
    answers: () => answers,
    close: async () => undefined,
  };
}

function withoutJournals(patch: Values): Values {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => name !== 'workNotes'));
}

/** The fields of a row that a person may write: as a device that sends whole rows would. */
function writable(values: Values): Values {
  const { title, name, subject, stage, csm, owner, description } = values;
  return Object.fromEntries(
    Object.entries({ title, name, subject, stage, csm, owner, description }).filter(([, value]) => value !== undefined),
  );
}
