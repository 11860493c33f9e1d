import type { FastifyInstance } from 'fastify';
import { SYNC_SCHEMA_HEADER } from '#shared/contract/sync-contract.ts';
import { silentLog } from '../../server/log.ts';
import { createServer } from '../../server/server.ts';
import type { Statement, Storage } from '../../server/storage/storage.ts';

export type SimCall = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly token: string | undefined;
  readonly body?: string | undefined;
  /** The version of the schema that the device says it has (S14). */
  readonly schema?: number | undefined;
};
export type SimReply = { readonly status: number; readonly text: string };

/** The real server on a database that the simulation can pull away under it, and that it can be started anew on. */
export type SimServer = {
  /** The database itself, for what stands outside of the play. */
  readonly storage: Storage;
  readonly clock: { now: number };
  readonly request: (call: SimCall) => Promise<SimReply>;
  /** Ends the process and starts another one. */
  readonly restart: () => Promise<void>;
  /** The connection to the database breaks at the so-many-th statement from now on. */
  readonly breakAt: (statement: number) => void;
  readonly close: () => Promise<void>;
};

/** Changes what the server's statements do; for servers that are wrong on purpose. */
export type Tamper = {
  readonly rows?: (statement: Statement, params: readonly unknown[], rows: readonly object[]) => readonly object[];
  readonly before?: (call: SimCall) => void;
};

const CONFIG = {
  host: '127.0.0.1',
  port: 0,
  requestsPerMinute: 1_000_000_000,
  signInsPerMinute: 1_000_000_000,
  accessSeconds: 900,
  newsMs: 3_600_000,
  metricsToken: undefined,
  trustProxy: 0,
  allowedOrigins: [],
  appFolder: undefined,
  publicUrl: undefined,
};

/** As the driver says it: class 08 is a broken connection. */
const broken = (): Error => Object.assign(new Error('the connection broke'), { code: '08006' });

/** Starts the server for simulations. The clock is the server's. */
export function openSimServer(storage: Storage, tamper: Tamper = {}): SimServer {
  const clock = { now: Date.parse('2026-05-05T10:00:00.000Z') };
  let left = Infinity;
  const shaky: Storage = {
    ...storage,
    transaction: (tenant, isolation, work) =>
      storage.transaction(tenant, isolation, (on) =>
        work({
          run: async (statement, params) => {
            left -= 1;
            if (left === 0) throw broken();
            const rows = await on.run(statement, params);
            // a tampered statement answers rows of the same columns
            return (tamper.rows?.(statement, params, rows) ?? rows) as never;
          },
        }),
      ),
    // the database outlives the server
    close: async () => undefined,
  };
  const start = () => createServer({ config: CONFIG, storage: shaky, log: silentLog, now: () => clock.now });
  let running = start();
  const inject = (app: FastifyInstance, { method, path, token, body, schema }: SimCall) =>
    app.inject({
      method,
      url: path,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(schema === undefined ? {} : { [SYNC_SCHEMA_HEADER]: String(schema) }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: body }),
    });
  return {
    storage,
    clock,
    request: async (call) => {
      tamper.before?.(call);
      const { statusCode, body } = await inject(running.app, call);
      left = Infinity;
      return { status: statusCode, text: body };
    },
    restart: async () => {
      await running.close();
      running = start();
    },
    breakAt: (statement) => {
      left = statement;
    },
    close: async () => {
      await running.close();
      await storage.close();
    },
  };
}
