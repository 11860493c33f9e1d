// Real engines against the real server code, in one process: who signs in, does something, and how all of them come to rest.
import { IDBFactory } from 'fake-indexeddb';
import { openEngine, type Engine } from '#engine/engine.ts';
import type { Draft } from '#engine/context.ts';
import { memoryKeys } from '#engine/host/memory-keys.ts';
import { isTableName, tableNames, type AnyRow } from '#shared/model/dictionary.ts';
import type { CommandName, Input, Output } from '#shared/contract/engine-contract.ts';
import type { PullPage } from '#shared/contract/sync-contract.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { POINTS_TABLE, segmentId, yearOf, type SegmentValues } from '#shared/sync-core/points.ts';
import { PASSWORD, type Central } from './central.ts';
import { call } from './call-engine.ts';
import { copyDatabases } from './copy-databases.ts';
import { netTo, type FakeNet } from './fake-net.ts';
import { memoryHost, type MemoryHost } from './memory-host.ts';

export type SyncedEngine = {
  engine: Engine;
  readonly host: MemoryHost;
  readonly net: FakeNet;
  readonly login: string;
  readonly user: () => string;
  readonly signIn: () => Promise<void>;
  /** Runs a command as the person of the device. */
  readonly run: <R>(work: (draft: Draft) => R, label?: string) => Promise<R>;
  /** Asks as a screen does, as the person of the device. */
  readonly call: <N extends CommandName>(name: N, input: Input<N>) => Promise<Output<N>>;
  readonly sync: () => Promise<void>;
  /** Stops the engine and opens another one on the same store. */
  readonly restart: () => Promise<void>;
  /** After so many further moments at which it waits (requests, turns) it never goes on. */
  readonly killAfter: (moments: number) => void;
  readonly killed: () => Promise<void>;
  /** Opens another engine on the store of one that was killed. */
  readonly reopen: () => Promise<void>;
  /** Loses the database; another engine opens what the second copy has of it. */
  readonly lose: () => Promise<void>;
  /** Another engine on a copy of the store and the keys, as a copied folder is. */
  readonly copy: () => Promise<SyncedEngine>;
};

let devices = 0;
let commands = 0;

/** An engine of a person; not signed in yet. */
export async function openSyncedEngine(central: Central, login: string, changes: Partial<MemoryHost> = {}): Promise<SyncedEngine> {
  devices += 1;
  const net = netTo(central.app);
  let left = Infinity;
  let die: () => void = () => undefined;
  let dead: Promise<void> = new Promise(() => undefined);
  let life = 0;
  /** Goes on, or never. */
  const live = async (of: number): Promise<void> => {
    left -= 1;
    if (left >= 0 && of === life) return;
    die();
    await new Promise(() => undefined);
  };
  const host = memoryHost({
    net,
    keys: memoryKeys(),
    deviceId: `installation-${devices}`,
    ...changes,
  });
  host.setNow(new Date(central.clock.now).toISOString());
  /** The host as one engine has it: once that was killed, nothing of it goes on. */
  const alive = (): MemoryHost => {
    const of = life;
    return {
      ...host,
      yieldTurn: async () => {
        await live(of);
        await host.yieldTurn();
        await live(of);
      },
      net: {
        ...net,
        request: async (call) => {
          await live(of);
          const reply = await net.request(call);
          await live(of);
          return reply;
        },
      },
    };
  };
  const device: SyncedEngine = {
    engine: await openEngine(alive()),
    host,
    net,
    login,
    user: () => device.engine.sync.standing()?.user ?? '',
    signIn: async () => {
      const code = await central.code(login);
      await device.engine.sync.signIn({
        server: 'http://127.0.0.1:1',
        tenant: 'acme',
        login,
        password: PASSWORD,
        deviceName: 'Laptop',
        code,
      });
    },
    run: async (work, label = 'Change') => {
      commands += 1;
      const actor = device.engine.sync.standing()?.user ?? 'local-user';
      const command = { commandId: `synced-${commands}`, actor, label };
      return (await device.engine.context.records.run(command, work)).result;
    },
    call: (name, input) => call(device.engine, name, input, { actor: device.user(), commandId: host.newId() }),
    sync: () => device.engine.sync.once(),
    copy: async () => {
      const keys = memoryKeys();
      const session = await host.keys.get('central-session');
      if (session !== undefined) await keys.set('central-session', session);
      const { deviceId } = host;
      return openSyncedEngine(central, login, { indexedDB: await copyDatabases(host.indexedDB), keys, deviceId });
    },
    killAfter: (moments) => {
      left = moments;
      dead = new Promise((resolve) => {
        die = resolve;
      });
    },
    killed: () => dead,
    reopen: async () => {
      life += 1;
      left = Infinity;
      device.engine = await openEngine(alive());
    },
    lose: async () => {
      await device.engine.close();
      device.engine = await openEngine({ ...alive(), indexedDB: new IDBFactory() });
    },
    restart: async () => {
      await device.engine.close();
      device.engine = await openEngine(alive());
    },
  };
  return device;
}

/** Lets all of them send and fetch until nothing is left. */
export async function settle(...all: readonly SyncedEngine[]): Promise<void> {
  for (let round = 0; round < 3; round += 1) for (const one of all) await one.sync();
}

type Shown = Readonly<Record<string, unknown>>;
const without = ({ rev: _rev, ...row }: AnyRow): Shown => row;

/** Everything on a device that sync is about. */
export function rowsOn({ engine }: SyncedEngine): ReadonlyMap<string, Shown> {
  const rows = new Map<string, Shown>();
  for (const table of tableNames) {
    if (table === 'notification' || table === 'heldRow') continue;
    for (const row of engine.context.view.all(table) as Iterable<AnyRow>) {
      // settings of the device itself
      if (table === 'setting' && (row['key'] === 'currentUser' || row['key'] === 'asOf')) continue;
      rows.set(`${table}/${row.id}`, without(row));
    }
  }
  for (const [series, points] of engine.sync.store.series.all()) for (const one of segmentsIn(series, points)) rows.set(...one);
  return rows;
}

/** A series as the central store keeps it: a segment for each year. */
export function segmentsIn(series: string, { start, end, value }: PackedSeries): readonly (readonly [key: string, SegmentValues])[] {
  const years = new Map<number, { start: number[]; end: number[]; value: number[] }>();
  end.forEach((day, at) => {
    const year = years.get(yearOf(day)) ?? { start: [], end: [], value: [] };
    years.set(yearOf(day), year);
    year.start.push(start[at] ?? 0);
    year.end.push(day);
    year.value.push(value[at] ?? 0);
  });
  return [...years].map(([year, points]) => [`${POINTS_TABLE}/${segmentId(series, year)}`, { series, year, ...points }]);
}

/** What a new device of the person would get. */
export async function rowsAtServer(central: Central, login: string): Promise<ReadonlyMap<string, Shown>> {
  const fresh = await central.device(login, 'Fresh');
  const rows = new Map<string, Shown>();
  let cursor: string | undefined;
  for (let more = true; more;) {
    const { body } = await fresh.call('GET', `/v1/pull${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`);
    const page = body as PullPage; // the route's answer
    for (const { table, id, values, stamps } of page.rows)
      if (table === POINTS_TABLE && values !== undefined) rows.set(`${table}/${id}`, values);
      else if (isTableName(table) && values !== undefined) rows.set(`${table}/${id}`, { ...values, id, ...(stamps ? { stamps } : {}) });
    ({ cursor, more } = page);
  }
  return rows;
}
