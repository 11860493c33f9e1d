// Two Chromiums, two server processes, a PostgreSQL, and lines between them that can be cut; each of them can be killed.
import { mkdtempSync, rmSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administer, createPerson, memberId } from '../../server/admin/people.ts';
import { createTenant } from '../../server/admin/tenants.ts';
import { issueCode } from '../../server/auth/sign-in.ts';
import { idMaker } from '../../server/server.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { openPostgres } from '../../server/storage/postgres.ts';
import { sql } from '../../server/storage/storage.ts';
import { freePort, startPostgres } from '../support/postgres.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { openCutProxy } from './cut-proxy.ts';
import { kill, launch } from './kill-harness.ts';
import { servePage } from './page-server.ts';
import type { SyncPermit, SyncSaying } from './sync-sayings.ts';

const TENANT = 'acme';
const LOGIN = 'kim';
const PASSWORD = 'correct horse battery';
/** Nothing new for so long: something is stuck. */
const SILENCE_MS = 60_000;
const DEEDS_AMID = 8;

type Browser = {
  readonly name: string;
  readonly profile: string;
  process: ChildProcess;
  code: string;
  isReady: boolean;
  said: SyncSaying | undefined;
};
const played = sql(
  'faults-rows',
  `select tbl, id, version, body, stamps from record where tenant = $1 and body is not null and tbl in ('account', 'contact')`,
);

/** Starts everything and signs both browsers in as the same person. */
export async function openSyncWorld() {
  const postgres = await startPostgres({ durable: true });
  const storage = openPostgres({ url: postgres.url, poolSize: 2 });
  await migrate(storage);
  const tools = { storage, now: Date.now, newId: idMaker(Date.now), accessSeconds: 0 };
  await createTenant(storage, TENANT, TENANT, new Date());
  await createPerson(tools, TENANT, { login: 'root', name: 'Root', password: PASSWORD, manager: undefined, roles: ['administrator'] });
  await createPerson(tools, TENANT, { login: LOGIN, name: 'Kim', password: PASSWORD, manager: undefined, roles: ['successManager'] });
  const user = await memberId(tools, TENANT, LOGIN);
  // all that is done hangs on it
  const account = { action: 'create', table: 'account', id: tools.newId(), values: { name: 'Acme', owner: user } } as const;
  await administer(tools, TENANT, 'Account', [account]);

  const done: string[] = [];
  let mayAct = false;
  let deeds = 0;
  let faults = 0;
  let heard: () => void = () => undefined;
  const browsers: Browser[] = [];
  const hear = (saying: SyncSaying): SyncPermit => {
    if (saying.broke !== undefined) throw new Error(saying.broke);
    const browser = browsers.find(({ name }) => name === saying.client);
    if (browser === undefined) throw new Error(`nobody is ${saying.client}`);
    done.push(...saying.done);
    browser.said = saying;
    browser.isReady ||= saying.signedIn;
    heard();
    if (!saying.signedIn)
      return {
        what: 'sign-in',
        server: `http://127.0.0.1:${lines[browsers.indexOf(browser)]?.port ?? 0}`,
        tenant: TENANT,
        login: LOGIN,
        password: PASSWORD,
        code: browser.code,
      };
    if (!mayAct) return { what: 'rest' };
    deeds += 1;
    const name = `deed ${deeds} of ${saying.client}`;
    return { what: 'act', name };
  };
  let broken: Error | undefined;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/say') return void response.writeHead(404).end();
      try {
        response.end(JSON.stringify(hear(JSON.parse(Buffer.concat(chunks).toString()) as SyncSaying))); // our own page says nothing else
      } catch (thrown) {
        broken = thrown instanceof Error ? thrown : new Error(String(thrown));
        response.writeHead(500).end();
      }
    });
  };
  const page = await servePage('test/faults/sync-client.page.ts', answer);
  const ports = [await freePort(), await freePort()];
  const env = { DATABASE_URL: postgres.url, SATCHEL_ALLOWED_ORIGINS: new URL(page.url).origin };
  const start = (port: number): Promise<ServerProcess> => startServer({ ...env, SATCHEL_PORT: String(port) });
  const servers = await Promise.all(ports.map(start));
  const lines = await Promise.all(ports.map(openCutProxy));
  const open = ({ profile, name }: Pick<Browser, 'profile' | 'name'>): ChildProcess => launch(profile, `${page.url}#${name}`);
  for (const name of ['one', 'two']) {
    const profile = mkdtempSync(join(tmpdir(), `satchel-sync-${name}-`));
    const code = await issueCode(tools, TENANT, user);
    browsers.push({ name, profile, code, process: open({ profile, name }), isReady: false, said: undefined });
  }

  /** Until something that browsers say makes it true. */
  const until = async (isSo: () => boolean, what: string): Promise<void> => {
    while (!isSo()) {
      if (broken !== undefined) throw broken;
      const said = new Promise<void>((resolve) => {
        heard = resolve;
      });
      const silence = Promise.withResolvers<never>();
      const timer = setTimeout(() => silence.reject(new Error(`nothing new for a minute: ${what}`)), SILENCE_MS);
      await Promise.race([said, silence.promise]).finally(() => clearTimeout(timer));
    }
  };
  const at = <T>(list: readonly T[], index: number): T => {
    const one = list[index];
    if (one === undefined) throw new Error('there are two of each');
    return one;
  };
  /** Goes on until so many more deeds are done. */
  const work = async (count: number): Promise<void> => {
    mayAct = true;
    const goal = done.length + count;
    await until(() => done.length >= goal, `${count} deeds`);
  };
  const central = async (): Promise<Readonly<Record<string, string>>> => {
    const rows = await storage.transaction(TENANT, 'read', (on) =>
      on.run<{ tbl: string; id: string; version: number; body: object; stamps: object }>(played, [TENANT]),
    );
    return Object.fromEntries(
      rows.map(({ tbl, id, body, stamps }) => {
        const row = { ...body, id, ...(Object.keys(stamps).length === 0 ? {} : { stamps }) };
        return [`${tbl}/${id}`, content(row)];
      }),
    );
  };

  return {
    faults: () => faults,
    untilSignedIn: async () => {
      await storage.transaction(TENANT, 'read', async () => undefined);
      await until(() => browsers.every(({ isReady }) => isReady), 'sign in');
    },
    work,
    cutWhile: async (index: number, meanwhile: () => Promise<void>) => {
      faults += 1;
      at(lines, index).cut();
      await meanwhile();
      at(lines, index).mend();
    },
    killServer: async (index: number) => {
      await work(DEEDS_AMID);
      faults += 1;
      await at(servers, index).kill();
      await work(DEEDS_AMID);
      servers[index] = await start(at(ports, index));
    },
    killPostgres: async () => {
      await work(DEEDS_AMID);
      faults += 1;
      await postgres.kill();
      await work(DEEDS_AMID);
      await postgres.startAgain();
    },
    killBrowser: async (index: number) => {
      await work(DEEDS_AMID);
      faults += 1;
      const browser = at(browsers, index);
      await kill(browser.process);
      browser.isReady = false;
      browser.process = open(browser);
      await until(() => browser.isReady, 'a browser comes back');
    },
    /** Lets everything come to rest; answers what was done, and what is where. */
    rest: async () => {
      mayAct = false;
      const isSame = (): boolean => {
        const [one, two] = browsers.map(({ said }) => said);
        return (
          one?.pending === 0 &&
          two?.pending === 0 &&
          one.rows !== undefined &&
          JSON.stringify(sorted(one.rows)) === JSON.stringify(sorted(two.rows))
        );
      };
      await until(isSame, 'both the same').catch((thrown: unknown) => {
        const told = browsers.map(
          ({ name, said }) => `${name}: ${said?.pending ?? '?'} waiting, ${Object.keys(said?.rows ?? {}).length} records`,
        );
        throw new Error(told.join('; '), { cause: thrown });
      });
      return { done, devices: browsers.map(({ said }) => said?.rows ?? {}), central: await central() };
    },
    close: async () => {
      for (const browser of browsers)
        if (browser.process.exitCode === null && browser.process.signalCode === null) await kill(browser.process);
      for (const line of lines) line.close();
      for (const server of servers) await server.kill();
      page.close();
      await storage.close();
      await postgres.stop();
      for (const { profile } of browsers) rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

const content = (row: object): string => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
const sorted = (rows: Readonly<Record<string, string>> | undefined): object =>
  Object.fromEntries(Object.entries(rows ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));
