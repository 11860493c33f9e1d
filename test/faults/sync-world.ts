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
import { openCutProxy, type Moment } from './cut-proxy.ts';
import { kill, launch } from './kill-harness.ts';
import { servePage } from './page-server.ts';
import type { SyncPermit, SyncSaying } from './sync-sayings.ts';

const TENANT = 'acme';
const PASSWORD = 'correct horse battery';
/** What does not come about in so long is stuck. */
const PATIENCE_MS = 60_000;
const DEEDS_AMID = 4;
/** More than a page of a first load holds. */
const CONTACTS = 2_600;
const CONTACTS_AT_ONCE = 650;

type Browser = {
  /** Its person's login. */
  readonly name: string;
  readonly user: string;
  readonly profile: string;
  process: ChildProcess;
  code: string;
  isReady: boolean;
  said: SyncSaying | undefined;
};
const played = sql(
  'faults-rows',
  `select tbl, id, body, stamps, scope from record r where tenant = $1 and body is not null
   and tbl in ('account', 'engagement', 'touchpoint', 'contact', 'syncConflict')
   and exists (select from scope_member m where m.tenant = $1 and m.member = $2 and m.scope = r.scope and m.revoked is null)`,
);
const everything = sql(
  'faults-everything',
  `select body->>'name' as name from record where tenant = $1 and body is not null and tbl = 'contact'`,
);

/** Starts everything: Kim has two customers, with Lee working for both of them. A browser each. */
export async function openSyncWorld() {
  const postgres = await startPostgres({ durable: true });
  const storage = openPostgres({ url: postgres.url, poolSize: 2 });
  await migrate(storage);
  const tools = { storage, now: Date.now, newId: idMaker(Date.now), accessSeconds: 0 };
  await createTenant(storage, TENANT, TENANT, new Date());
  await createPerson(tools, TENANT, { login: 'root', name: 'Root', password: PASSWORD, manager: undefined, roles: ['administrator'] });
  const people = ['kim', 'lee'] as const;
  for (const login of people)
    await createPerson(tools, TENANT, { login, name: login, password: PASSWORD, manager: undefined, roles: ['successManager'] });
  const [kim = '', lee = ''] = await Promise.all(people.map((login) => memberId(tools, TENANT, login)));
  const [acme, beta, renewal] = [tools.newId(), tools.newId(), tools.newId()];
  const create = (table: 'account' | 'engagement' | 'contact', id: string, values: Readonly<Record<string, unknown>>) =>
    ({ action: 'create', table, id, values }) as const;
  await administer(tools, TENANT, 'Customers', [
    create('account', acme, { name: 'Acme', owner: kim }),
    create('account', beta, { name: 'Beta', owner: kim }),
    create('engagement', tools.newId(), { title: 'Rollout', account: acme, csm: lee }),
    create('engagement', renewal, { title: 'Renewal', account: beta, csm: lee }),
  ]);
  for (let from = 0; from < CONTACTS; from += CONTACTS_AT_ONCE) {
    const some = Array.from({ length: CONTACTS_AT_ONCE }, (_, at) =>
      create('contact', tools.newId(), { name: `Contact ${from + at}`, account: acme }),
    );
    await administer(tools, TENANT, 'Contacts', some);
  }

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
    const { rows = browser.said?.rows, refused = browser.said?.refused } = saying;
    browser.said = { ...saying, ...(rows && refused ? { rows, refused } : {}) };
    browser.isReady ||= saying.signedIn;
    heard();
    if (!saying.signedIn)
      return {
        what: 'sign-in',
        server: `http://127.0.0.1:${lines[browsers.indexOf(browser)]?.port ?? 0}`,
        tenant: TENANT,
        login: browser.name,
        password: PASSWORD,
        code: browser.code,
      };
    if (!mayAct) return { what: 'rest' };
    deeds += 1;
    // what it had is not what it has after this
    browser.said = { ...saying, pending: 1 };
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
  for (const [name, user] of [
    ['kim', kim],
    ['lee', lee],
  ] as const) {
    const profile = mkdtempSync(join(tmpdir(), `satchel-sync-${name}-`));
    const code = await issueCode(tools, TENANT, user);
    browsers.push({ name, user, profile, code, process: open({ profile, name }), isReady: false, said: undefined });
  }

  /** Until something that browsers say makes it true; they say something all the time. */
  const until = async (isSo: () => boolean, what: string): Promise<void> => {
    const late = Promise.withResolvers<never>();
    const told = () => browsers.map(({ name, isReady, said }) => `${name}: ${isReady ? '' : 'not '}ready, ${said?.pending ?? '?'} waiting`);
    const timer = setTimeout(() => late.reject(new Error(`not within a minute: ${what}; ${told().join('; ')}`)), PATIENCE_MS);
    try {
      while (!isSo()) {
        if (broken !== undefined) throw broken;
        const said = new Promise<void>((resolve) => {
          heard = resolve;
        });
        await Promise.race([said, late.promise]);
      }
    } finally {
      clearTimeout(timer);
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
  /** What a person has, and nothing else, as the database says. */
  const central = async (user: string): Promise<Readonly<Record<string, string>>> => {
    const rows = await storage.transaction(TENANT, 'read', (on) =>
      on.run<{ tbl: string; id: string; body: object; stamps: object }>(played, [TENANT, user]),
    );
    return Object.fromEntries(
      rows.map(({ tbl, id, body, stamps }) => {
        const row = { ...body, id, ...(Object.keys(stamps).length === 0 ? {} : { stamps }) };
        return [`${tbl}/${id}`, content(row)];
      }),
    );
  };
  /** Does something just when a browser has asked or is about to be answered. */
  const amid = async (index: number, moment: Moment, act: () => Promise<void>): Promise<void> => {
    faults += 1;
    const acted = Promise.withResolvers<void>();
    at(lines, index).at(moment, () => void act().then(acted.resolve, acted.reject));
    const silence = setTimeout(() => acted.reject(new Error(`never met: ${moment.request}`)), PATIENCE_MS);
    await acted.promise.finally(() => clearTimeout(silence));
  };
  const killBrowser = async (index: number, moment: Moment): Promise<void> => {
    const browser = at(browsers, index);
    await amid(index, moment, () => kill(browser.process));
    browser.isReady = false;
    browser.process = open(browser);
  };

  return {
    faults: () => faults,
    /** Both sign in; one is killed amid its first load. Answers what that one asked first once it was there again. */
    firstLoads: async () => {
      await killBrowser(1, { request: 'GET /v1/pull?cursor=', is: 'asked' });
      const before = at(lines, 1).requests().length;
      await until(() => browsers.every(({ isReady }) => isReady), 'sign in');
      return at(lines, 1)
        .requests()
        .slice(before)
        .find((request) => request.includes('/v1/pull'));
    },
    work,
    cutWhile: async (index: number, meanwhile: () => Promise<void>) => {
      faults += 1;
      at(lines, index).cut();
      await meanwhile();
      at(lines, index).mend();
    },
    killServer: async (index: number, moment: Moment) => {
      await amid(index, moment, () => at(servers, index).kill());
      await work(DEEDS_AMID);
      servers[index] = await start(at(ports, index));
    },
    killPostgres: async (moment: Moment) => {
      await amid(0, moment, () => postgres.kill());
      await work(DEEDS_AMID);
      await postgres.startAgain();
    },
    killBrowser: async (index: number, moment: Moment) => {
      await killBrowser(index, moment);
      await until(() => at(browsers, index).isReady, 'a browser comes back');
    },
    /** Takes one of the two customers from Lee, while Lee goes on with it. */
    revoke: async () => {
      const base = { version: 0, fields: { csm: lee } };
      await administer(tools, TENANT, 'Hand over', [{ action: 'update', table: 'engagement', id: renewal, patch: { csm: kim }, base }]);
    },
    /** Lets everything come to rest: until each browser has what its person has. Answers what was done, and what is where. */
    rest: async () => {
      mayAct = false;
      const isResting = (): boolean => browsers.every(({ said }) => said?.pending === 0 && said.rows !== undefined);
      const by = Date.now() + PATIENCE_MS;
      for (;;) {
        await until(isResting, 'everything is sent');
        // news of the last deeds may still be on their way
        const wanted = await Promise.all(browsers.map(({ user }) => central(user)));
        const told = browsers.map(({ name, said }, index) => {
          const [is, should] = [said?.rows ?? {}, wanted[index] ?? {}];
          const differing = [...new Set([...Object.keys(is), ...Object.keys(should)])].filter((key) => is[key] !== should[key]);
          return {
            differing,
            text: `${name} has ${Object.keys(is).length} records of ${Object.keys(should).length}, other than they are: ${differing.slice(0, 5).join(', ')}`,
          };
        });
        if (told.every(({ differing }) => differing.length === 0)) break;
        if (Date.now() > by) throw new Error(told.map(({ text }) => text).join('; '));
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
      const names = await storage.transaction(TENANT, 'read', (on) => on.run<{ name: string }>(everything, [TENANT]));
      return {
        done,
        central: names.flatMap(({ name }) => (name.startsWith('deed ') ? [name] : [])),
        refused: browsers.flatMap(({ said }) => said?.refused ?? []),
        rows: Object.fromEntries(browsers.map(({ name, said }) => [name, Object.values(said?.rows ?? {})])),
        beta,
      };
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
