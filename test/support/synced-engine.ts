// Real engines against the real server code, in one process: who signs in, does something, and how all of them come to rest.
import { openEngine, type Engine } from '#engine/engine.ts';
import type { Draft } from '#engine/context.ts';
import { openCentralStore } from '#engine/sync/central-store.ts';
import { isTableName, tableNames, type AnyRow } from '#shared/model/dictionary.ts';
import type { PullPage } from '#shared/contract/sync-contract.ts';
import { PASSWORD, type Central } from './central.ts';
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
  readonly sync: () => Promise<void>;
  /** Stops the engine and opens another one on the same store. */
  readonly restart: () => Promise<void>;
};

let devices = 0;
let commands = 0;

/** An engine of a person; not signed in yet. */
export async function openSyncedEngine(central: Central, login: string, changes: Partial<MemoryHost> = {}): Promise<SyncedEngine> {
  devices += 1;
  const net = netTo(central.app);
  const host = memoryHost({ net, deviceId: `installation-${devices}`, ...changes });
  host.setNow(new Date(central.clock.now).toISOString());
  const device: SyncedEngine = {
    engine: await openEngine(host),
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
    sync: () => device.engine.sync.once(),
    restart: async () => {
      await device.engine.close();
      device.engine = await openEngine(host, openCentralStore(host));
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
  return rows;
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
      if (isTableName(table) && values !== undefined) rows.set(`${table}/${id}`, { ...values, id, ...(stamps ? { stamps } : {}) });
    ({ cursor, more } = page);
  }
  return rows;
}
