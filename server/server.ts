import { randomFillSync } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { uuidMaker } from '#shared/util/uuid.ts';
import { listTenants } from './admin/tenants.ts';
import { sweepAttachments } from './attachments/sweep.ts';
import { forgetOldGuesses } from './auth/guesses.ts';
import { openOidcClient } from './auth/oidc-client.ts';
import type { Config } from './config.ts';
import { openApp } from './http/app.ts';
import { openMetrics } from './http/metrics.ts';
import { openNews } from './http/news.ts';
import type { Log } from './log.ts';
import { openPush } from './push/push.ts';
import { openWarmCaches } from './push/warm-caches.ts';
import { purge } from './pull/purge.ts';
import { openEmbedded } from './storage/embedded.ts';
import { migrate, refuseOpenFence } from './storage/migrate.ts';
import { openPostgres } from './storage/postgres.ts';
import type { Storage } from './storage/storage.ts';

/** Opens the database that the configuration names, brought to the newest step. Throws an Error that says what is wrong with it. */
export async function openStorage(config: Pick<Config, 'databaseUrl' | 'dataFolder' | 'poolSize'>, log: Log): Promise<Storage> {
  const { databaseUrl, dataFolder, poolSize } = config;
  const storage =
    databaseUrl === undefined
      ? await openEmbedded(dataFolder)
      : openPostgres({ url: databaseUrl, poolSize, onLost: () => log('database-connection-lost') });
  try {
    await refuseOpenFence(storage);
    for (const step of await migrate(storage)) log('migrated', { step });
  } catch (thrown) {
    await storage.close();
    throw thrown;
  }
  return storage;
}

/** A maker of IDs for the server's own records. */
export function idMaker(now: () => number): () => string {
  return uuidMaker(now, (bytes) => void randomFillSync(bytes));
}

export type Running = { readonly app: FastifyInstance; readonly close: () => Promise<void> };
export type ServerOptions = {
  readonly config: Omit<Config, 'databaseUrl' | 'dataFolder' | 'poolSize'>;
  readonly storage: Storage;
  readonly log: Log;
  readonly now: () => number;
};

const PURGE_MS = 3_600_000;
const CLOSE_MS = 10_000;
const CLOSE_IDLE_MS = 50;

/** Makes the server on an open database; it listens once told to. Closing lets what is under way finish, then closes the database. */
export function createServer({ config, storage, log, now }: ServerOptions): Running {
  const news = openNews({ storage, everyMs: config.newsMs, onFault: () => log('news-fault') });
  const newId = idMaker(now);
  const app = openApp({
    tools: {
      storage,
      now,
      newId,
      push: openPush({ storage, now, newId, warm: openWarmCaches() }),
      accessSeconds: config.accessSeconds,
      metrics: openMetrics(),
      news,
      metricsToken: config.metricsToken,
      oidc: openOidcClient(now),
      log,
      publicUrl: config.publicUrl,
    },
    log,
    requestsPerMinute: config.requestsPerMinute,
    signInsPerMinute: config.signInsPerMinute,
    trustProxy: config.trustProxy,
    allowedOrigins: config.allowedOrigins,
    appFolder: config.appFolder,
  });
  const purgeAll = async (): Promise<void> => {
    try {
      await forgetOldGuesses(storage, now());
      for (const { id } of await listTenants(storage)) {
        const files = await sweepAttachments(storage, id, now());
        if (files > 0) log('files-forgotten', { tenant: id, files });
        const purged = await purge(storage, id, now());
        if (purged > 0) log('purged', { tenant: id, purged });
      }
    } catch {
      log('purge-fault');
    }
  };
  const purging = setInterval(() => void purgeAll(), PURGE_MS);
  return {
    app,
    close: async () => {
      clearInterval(purging);
      news.close();
      const late = setTimeout(() => app.server.closeAllConnections(), CLOSE_MS);
      // a connection that is kept alive is idle once its last answer is out, and nobody else closes it
      const idle = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_MS);
      await app.close();
      clearInterval(idle);
      clearTimeout(late);
      await storage.close();
    },
  };
}
