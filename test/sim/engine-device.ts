import { IDBFactory } from 'fake-indexeddb';
import type { Draft } from '#engine/context.ts';
import { packed } from '#engine/sync/deed-points.ts';
import { openEngine, type Engine } from '#engine/engine.ts';
import { openSearchIndex, type SearchIndex } from '#engine/search/search-index.ts';
import { sweepBytes } from '#engine/attachments/sweep.ts';
import { SYNC_SCHEMA_VERSION } from '#shared/contract/sync-contract.ts';
import { refTo } from '#shared/model/any-reference.ts';
import { fold } from '#shared/util/folding.ts';
import { memoryKeys } from '#engine/host/memory-keys.ts';
import type { Host } from '#engine/host/host.ts';
import type { RefusedDeed } from '#engine/sync/sync-keys.ts';
import { REFUSED } from '#engine/sync/sync-keys.ts';
import type { Net } from '#shared/contract/net.ts';
import type { Answer, PulledRow, PullPage, PushReply, Tokens } from '#shared/contract/sync-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isTableName, tableNames, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { POINTS_TABLE, segmentId } from '#shared/sync-core/points.ts';
import { cutDatabase } from '../support/cut-database.ts';
import { memoryHost } from '../support/memory-host.ts';
import { segmentsIn } from '../support/synced-engine.ts';
import type { ModelOptions } from './model-device.ts';
import { NetworkFault, type Wire } from './network.ts';
import type { Deed, SeenRow, SimDevice } from './sim-device.ts';
import type { SimReply } from './sim-server.ts';
import type { Seat } from './workspace.ts';

/*
 * A device with the real engine inside: its store on an in-memory IndexedDB, its writer, its side of sync. Only the clock, IDs and the network are the
 * simulation's. Passwords are left out: the answer to a sign-in and to a refresh is known beforehand.
 */

const SERVER = 'http://127.0.0.1:1';

/** What of a device outlives its death. */
type Kept = { readonly indexedDB: IDBFactory; readonly keys: Host['keys']; readonly bytes: Host['bytes'] };

/** Opens a real engine that is signed in; its first load comes with the first round. */
export async function openEngineDevice({ seat, network, now, newId, pageRows, mutant }: ModelOptions): Promise<SimDevice> {
  const problems: string[] = [];
  const answers = new Map<string, Answer>();
  const versions = new Map<string, number>();
  const committed = new Set<string>();
  const kept: Kept = { indexedDB: new IDBFactory(), keys: memoryKeys(), bytes: memoryHost().bytes };
  let epoch: string | undefined;
  let commands = 0;
  let wire = network.wire();
  let life = { isOver: false };
  let schema: number = SYNC_SCHEMA_VERSION;
  let asked = 0;
  const encoder = new TextEncoder();

  const hear = (path: string, text: string): void => {
    const read: unknown = JSON.parse(text);
    const { epoch: met } = read as { readonly epoch?: string }; // of a push or a pull
    if (met !== epoch) versions.clear();
    epoch = met;
    if (path === '/v1/push') {
      for (const answer of (read as PushReply).answers) answers.set(answer.id, answer);
      return;
    }
    const page = read as PullPage;
    // what comes again after it was taken may be older: there is nothing to compare it with
    if (page.forget.length > 0 || page.forgetRows.length > 0) versions.clear();
    for (const { table, id, version, values } of page.rows) {
      const key = `${table}/${id}`;
      if (version < (versions.get(key) ?? 0)) problems.push(`${key} was read back in time`);
      if (values === undefined) versions.delete(key);
      else versions.set(key, version);
    }
  };

  const open = async (line: Wire, own: typeof life): Promise<Engine> => {
    const host: Host = memoryHost({
      ...kept,
      net: netOf(line, seat, pageRows, hear, () => schema),
      deviceId: seat.device,
      now: () => new Date(now()).toISOString(),
      newId,
      yieldTurn: () => new Promise((resolve) => void (own.isOver || setImmediate(resolve))),
      later: () => () => undefined,
    });
    const engine = await openEngine(host);
    engine.context.feed.subscribe(({ changeSetId }) => void committed.add(changeSetId));
    return engine;
  };
  let engine = await open(wire, life);
  // made when someone first searches, as in the application, and told of every change from then on
  let search: SearchIndex | undefined;
  const searched = (): SearchIndex => {
    const { feed } = engine.context;
    // one that is told of nothing that came from the central store
    const deaf: typeof feed = { ...feed, subscribe: (hears) => feed.subscribe((touched) => touched.kind === 'sync' || hears(touched)) };
    search ??= openSearchIndex(mutant === 'keeps-search' ? { ...engine.context, feed: deaf } : engine.context);
    return search;
  };
  await engine.sync.signIn({ server: SERVER, tenant: seat.tenant, login: seat.login, password: 'none', deviceName: 'Sim' });

  const rowsOf = (table: TableName): Iterable<AnyRow> => engine.context.view.all(table) as Iterable<AnyRow>; // Row seen generically
  const seen = (table: string): readonly SeenRow[] =>
    isTableName(table)
      ? [...rowsOf(table)].map(({ id, ...values }) => ({ table, id, values })).toSorted((a, b) => (a.id < b.id ? -1 : 1))
      : [];

  return {
    login: seat.login,
    user: seat.user,
    problems,
    seen,
    act: async (deed) => {
      commands += 1;
      const command = { commandId: `${seat.device}-${commands}`, actor: seat.user, label: 'Deed' };
      try {
        const file = deed.action === 'attach' ? await keepFile(kept.bytes, encoder.encode(deed.text)) : undefined;
        const { changeSetId } = await engine.context.records.run(command, (draft) => perform(draft, deed, file));
        return committed.has(changeSetId);
      } catch (thrown) {
        // the device's own rules refuse it: nothing is sent
        if (thrown instanceof AppError && REFUSALS.has(thrown.code)) return false;
        throw thrown;
      }
    },
    sync: async (agrees) => {
      const own = life;
      try {
        engine.sync.resume(agrees === true ? true : undefined);
        await engine.sync.once();
        if (engine.sync.halt()?.why === 'asks') asked += 1;
      } catch (thrown) {
        if (own.isOver) return;
        if (!(thrown instanceof AppError) || !WAITS.has(thrown.code)) throw thrown;
      }
    },
    crash: async () => {
      life.isOver = true;
      wire.kill();
      cutDatabase(kept.indexedDB);
      life = { isOver: false };
      wire = network.wire();
      search = undefined;
      engine = await open(wire, life);
    },
    speak: (version) => {
      schema = version;
    },
    compare: () => engine.sync.compare(),
    asked: () => asked,
    find: async (word) => {
      const index = searched();
      if (!(await index.ready(PATIENCE_MS))) problems.push('the search does not come to an end');
      const { documents, at } = index.find([fold(word)]);
      return documents.flatMap((document) => {
        const found = at(document);
        return found === undefined ? [] : [`${found.table}/${found.id}`];
      });
    },
    files: async () => {
      if (mutant !== 'keeps-files') await sweepBytes(engine.context);
      return kept.bytes.list();
    },
    unsent: async () => engine.sync.queue.waiting().length,
    held: () => {
      const held = new Map<string, PulledRow>();
      for (const table of tableNames)
        for (const row of rowsOf(table)) {
          const { id, rev: _rev, stamps, ...values } = row;
          const version = engine.sync.queue.known.version(table, id);
          const scope = engine.sync.queue.known.scope(table, id);
          if (version === undefined && STAYS.has(table)) continue;
          held.set(`${table}/${id}`, { table, id, version: version ?? -1, scope: scope ?? '', values, ...(stamps ? { stamps } : {}) });
        }
      const { known } = engine.sync.queue;
      for (const [series, points] of engine.sync.store.series.all())
        for (const [key, values] of segmentsIn(series, points)) {
          const id = segmentId(series, values.year);
          const version = known.version(POINTS_TABLE, id) ?? -1;
          held.set(key, { table: POINTS_TABLE, id, version, scope: known.scope(POINTS_TABLE, id) ?? '', values });
        }
      return held;
    },
    answers: () => answers,
    refused: () =>
      new Map(
        engine.sync.store.sync.under(REFUSED).map(({ value }) => {
          const { id, rows, points } = value as RefusedDeed; // kept by the engine under this name
          return [id, JSON.stringify([rows, points])];
        }),
      ),
    close: async () => {
      life.isOver = true;
      await engine.close();
    },
  };
}

const OWN_VERSION = `"schemaVersion":${SYNC_SCHEMA_VERSION}`;
const PATIENCE_MS = 600_000;

/** Refusals of the device's own rules. */
const REFUSALS: ReadonlySet<string> = new Set(['rule', 'validation', 'not-found', 'permission', 'conflict']);
/** What a device tries again later. */
const WAITS: ReadonlySet<string> = new Set(['network', 'unavailable']);
/** Types of which a device has records of its own. */
const STAYS: ReadonlySet<string> = new Set(['setting', 'notification', 'heldRow']);

type File = { readonly sha256: string; readonly size: number };

async function keepFile(bytes: Host['bytes'], text: Uint8Array<ArrayBuffer>): Promise<File> {
  const incoming = await bytes.begin();
  await incoming.write(text);
  return incoming.keep();
}

function perform(draft: Draft, deed: Deed, file: File | undefined): void {
  const { table } = deed;
  if (!isTableName(table)) return;
  if (deed.action === 'deleteAll') {
    for (const id of deed.ids) draft.remove(table, id);
    return;
  }
  const { id } = deed;
  switch (deed.action) {
    case 'create':
      draft.create(table, deed.values, { id });
      return;
    case 'update':
      draft.update(table, id, deed.patch);
      return;
    case 'note':
      draft.update(table, id, { workNotes: deed.text });
      return;
    case 'close':
      draft.close(table, id, deed.closureCode, deed.closeNotes);
      return;
    case 'points':
      draft.putPoints(id, packed(deed.points));
      return;
    case 'attach':
      draft.setSystemFields('attachment', draft.create('attachment', { name: deed.text, about: refTo(table, id) }), {
        mediaType: 'text/plain',
        ...file,
      });
      return;
    case 'delete':
      draft.remove(table, id);
  }
}

/** The engine's network over a bad wire. */
function netOf(wire: Wire, seat: Seat, pageRows: () => number, hear: (path: string, text: string) => void, schemaNow: () => number): Net {
  const encoder = new TextEncoder();
  const json = (status: number, text: string) => ({
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: encoder.encode(text),
  });
  return {
    listen: () => new Promise(() => undefined),
    request: async ({ method, path, body, headers }) => {
      if (path === '/v1/sign-in' || path === '/v1/refresh') return json(200, JSON.stringify(tokensOf(seat)));
      const isPull = path.startsWith('/v1/pull');
      // pages of all sizes, whatever the engine asks for
      const bare = path.replace(/[?&]limit=\d+/, '');
      const asked = isPull ? `${bare}${bare.includes('?') ? '&' : '?'}limit=${pageRows()}` : path;
      const token = headers?.['authorization']?.slice('Bearer '.length);
      let reply: SimReply;
      try {
        const schema = schemaNow();
        // intents of another version are marked so
        const sent = typeof body === 'string' ? body.replaceAll(OWN_VERSION, `"schemaVersion":${schema}`) : undefined;
        reply = await wire.request({ method, path: asked, token, schema, ...(sent === undefined ? {} : { body: sent }) });
      } catch (thrown) {
        if (thrown instanceof NetworkFault) throw new AppError('network', 'The central store cannot be reached.', {}, true);
        throw thrown;
      }
      if (reply.status === 200 && (isPull || path === '/v1/push')) hear(path, reply.text);
      return json(reply.status, reply.text);
    },
  };
}

function tokensOf({ token, user, device, block }: Seat): Tokens {
  return { accessToken: token, refreshToken: token, expiresIn: 900, user, device, block, epoch: 'any' };
}
