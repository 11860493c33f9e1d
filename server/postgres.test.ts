import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres, whyNoPostgres, type TestPostgres } from '../test/support/postgres.ts';
import { attachmentsSuite } from '../test/support/attachments-suite.ts';
import { pointsSuite } from '../test/support/points-suite.ts';
import { crowdSuite } from '../test/support/crowd-suite.ts';
import { codeOn, openTestBrowser } from '../test/support/browse.ts';
import { openIdentityProvider, TEST_CLIENT } from '../test/support/identity-provider.ts';
import { letInBy } from '../test/support/organisation.ts';
import { syncSuite } from '../test/support/sync-suite.ts';
import { openCentral } from '../test/support/central.ts';
import { exportTenant, importTenant } from './admin/tenant-file.ts';
import { migrate, refuseOpenFence } from './storage/migrate.ts';
import { openPostgres } from './storage/postgres.ts';
import { sql, type Storage } from './storage/storage.ts';

const why = whyNoPostgres();
if (why !== undefined) process.stdout.write(`skipped: ${why}\n`);

describe.skipIf(why !== undefined)('on PostgreSQL', () => {
  let server: TestPostgres;
  let storage: Storage;
  const open = (): Storage => openPostgres({ url: server.url, poolSize: 20 });
  const another = async (name: string): Promise<Storage> => {
    const admin = new Pool({ connectionString: server.superuserUrl });
    await admin.query(`create database ${name} owner satchel`);
    await admin.end();
    const own = openPostgres({ url: server.url.replace(/satchel$/, name), poolSize: 20 });
    await migrate(own);
    return own;
  };
  beforeAll(async () => {
    server = await startPostgres();
    storage = open();
    await refuseOpenFence(storage);
    // several instances start at once
    const more = open();
    await Promise.all([migrate(storage), migrate(more)]);
    await more.close();
  });
  afterAll(async () => {
    await storage.close();
    await server.stop();
  });

  describe('the same promises', () => {
    describe('of records', () => {
      syncSuite(async () => open());
    });
    describe('of data points', () => {
      pointsSuite(() => another('points'));
    });
    describe('of a crowd', () => {
      crowdSuite(() => another('crowd'));
    });
    describe('of files', () => {
      attachmentsSuite(() => another('files'));
    });
  });

  test('REC-33 S15 a customer signs in, sees and sends what is theirs; somebody comes in by their organisation', async () => {
    const central = await openCentral(await another('customers'), { publicUrl: 'https://satchel.test' });
    const [csm, user] = [await central.person('ann'), await central.person('cora', { roles: ['customer'] })];
    const [ann, cora] = [await central.device('ann'), await central.device('cora')];
    const account = await ann.create('account', { name: 'Acme', owner: csm });
    const contact = await ann.create('contact', { name: 'Cora', account, user });
    const engagement = await ann.create('engagement', { title: 'Care', account, csm, keyContact: contact });
    await ann.create('contract', { name: 'Deal', account, owner: csm });
    const phone = await central.device('cora', 'Phone');
    await Promise.all([cora.pull(), phone.pull(1)]);
    expect([...cora.rows.values()].map(({ table }) => table).toSorted()).toEqual(['account', 'contact', 'engagement', 'user', 'user']);
    expect([...phone.rows.keys()].toSorted()).toEqual([...cora.rows.keys()].toSorted());
    const id = await cora.create('touchpoint', { subject: 'Please call', engagement, channel: 'phone', category: 'general' });
    await ann.update('engagement', engagement, { keyContact: null });
    await cora.pull();
    expect([cora.row('engagement', engagement), cora.row('touchpoint', id)]).toEqual([undefined, undefined]);
    const provider = await openIdentityProvider(() => central.clock.now);
    await letInBy(central, provider.issuer, TEST_CLIENT);
    const post = async (url: string, payload: object) => (await central.app.inject({ method: 'POST', url, payload })).json<never>();
    const { ticket, page } = await post('/v1/sign-in/organisation', { tenant: 'acme', deviceName: 'Laptop' });
    const browser = openTestBrowser(central.app);
    const shown = await browser.open(
      provider.signIn((await browser.open(page)).location, { sub: 'a', email: 'ann', email_verified: true }),
    );
    const device = { id: central.newId(), name: 'Laptop' };
    expect(await post('/v1/sign-in/organisation/finish', { ticket, code: codeOn(shown), device })).toMatchObject({
      user: csm,
      login: 'ann',
    });
    await provider.close();
    await central.close();
  });

  test('SYN-15 a tenant goes through a file, out of the embedded database into this one too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'satchel-moving-'));
    const central = await openCentral();
    await central.person('kim');
    const kim = await central.device('kim');
    await kim.create('account', { name: 'Acme', owner: kim.user });
    const from = await exportTenant(central.storage, 'acme', join(folder, 'one'));
    await importTenant(storage, join(folder, 'one'), 'moved');
    expect(await exportTenant(storage, 'moved', join(folder, 'two'))).toBe(from);
    await importTenant(storage, join(folder, 'two'), 'moved-again');
    await central.close();
    rmSync(folder, { recursive: true });
  });

  test('a superuser, for whom row-level security does not hold, is refused', async () => {
    const powerful = openPostgres({ url: server.superuserUrl, poolSize: 1 });
    await expect(refuseOpenFence(powerful)).rejects.toThrow('ordinary user');
    await powerful.close();
  });

  test('BR-42 row-level security keeps tenants apart although a statement names no tenant', async () => {
    const all = sql('all-rows', 'select distinct tenant from record');
    const foreign = sql('foreign-row', `insert into record_key (tenant, key, id, tbl) values ('acme', 'k', 'i', 't')`);
    await storage.global(
      sql('second-tenant', `insert into tenant (id, name, epoch, created_at) values ('other', 'Other', 'e', now())`),
      [],
    );
    expect(await storage.transaction('acme', 'read', (on) => on.run(all, []))).toEqual([{ tenant: 'acme' }]);
    expect(await storage.transaction('other', 'read', (on) => on.run(all, []))).toEqual([]);
    expect(await storage.global(all, [])).toEqual([]);
    await expect(storage.transaction('other', 'write', (on) => on.run(foreign, []))).rejects.toThrow('row-level security');
  });

  test('SYN-13 a connection that breaks between two statements fails its transaction and no other, and the process goes on', async () => {
    const admin = new Pool({ connectionString: server.superuserUrl, max: 1 });
    const pid = sql('own-pid', 'select pg_backend_pid() as pid');
    const isThere = async (id: number) => (await admin.query('select 1 from pg_stat_activity where pid = $1', [id])).rowCount !== 0;
    const cutOff = storage.transaction('acme', 'read', async (on) => {
      const [own] = await on.run<{ pid: number }>(pid, []);
      await admin.query('select pg_terminate_backend($1)', [own?.pid]);
      while (await isThere(own?.pid ?? 0));
      await on.run(pid, []);
    });
    await expect(cutOff).rejects.toThrow(/terminat|connection/i);
    await expect(storage.transaction('acme', 'read', (on) => on.run(pid, []))).resolves.toHaveLength(1);
    await admin.end();
  });

  describe('S7 writers at once', () => {
    const WRITERS = 8;
    const COMMITS = 60;
    /** Writers commit one row each time and dawdle before the end; a reader follows by number. Answers how many rows it missed. */
    async function missedBy(tenant: string, commit: string): Promise<number> {
      const pool = new Pool({ connectionString: server.url, max: WRITERS + 1 });
      try {
        await pool.query(`insert into tenant (id, name, epoch, created_at) values ($1, $1, 'e', now())`, [tenant]);
        const begin = `begin; select set_config('satchel.tenant', '${tenant}', true)`;
        let working = WRITERS;
        const write = async (writer: number): Promise<void> => {
          for (let at = 0; at < COMMITS; at += 1) {
            const client = await pool.connect();
            const rows = [{ t: 'contact', i: `${writer}-${at}`, v: 1, s: 'shared', b: {}, st: {} }];
            await client.query(begin);
            await client.query(commit, [tenant, JSON.stringify({ rows, lost: [], keys: [], members: [], intents: [], acknowledged: 0 })]);
            // the time between a number and its commit is where rows get lost
            await client.query('select pg_sleep(random() * 0.002)');
            await client.query('commit');
            client.release();
          }
          working -= 1;
        };
        const seen = new Set<string>();
        const read = async (): Promise<void> => {
          let cursor = 0;
          for (let last = false; !last;) {
            last = working === 0;
            const client = await pool.connect();
            await client.query(begin);
            const { rows } = await client.query<{ id: string; seq: number }>(
              'select id, seq from record where tenant = $1 and seq > $2 order by seq',
              [tenant, cursor],
            );
            await client.query('commit');
            client.release();
            for (const { id, seq } of rows) {
              seen.add(id);
              cursor = seq;
            }
          }
        };
        await Promise.all([read(), ...Array.from({ length: WRITERS }, (_, writer) => write(writer))]);
        return WRITERS * COMMITS - seen.size;
      } finally {
        await pool.end();
      }
    }

    test('a reader that follows the numbers misses no row', async () => {
      const retried = `select satchel_commit($1, (select head from tenant where id = $1 for update), now(), $2::jsonb)`;
      expect(await missedBy('race', retried)).toBe(0);
    });

    test('with numbers from a plain sequence rows are missed: the check can tell', async () => {
      const pool = new Pool({ connectionString: server.url, max: 1 });
      await pool.query(`create sequence unlocked;
        create function commit_unlocked(p_tenant text, p jsonb) returns bigint language sql as $$
          insert into record (tenant, tbl, id, version, seq, scope, body, stamps)
          select p_tenant, x->>'t', x->>'i', 1, nextval('unlocked'), 'shared', '{}', '{}' from jsonb_array_elements(p->'rows') x returning seq $$`);
      await pool.end();
      expect(await missedBy('mutant', 'select commit_unlocked($1, $2::jsonb)')).toBeGreaterThan(0);
    });
  });

  describe('plans', () => {
    const plan = async (text: string, params: readonly unknown[]): Promise<string> => {
      const rows = await storage.transaction('plans', 'write', (on) =>
        on.run<{ 'QUERY PLAN': string }>(sql(`plan-${text.length}-${params.length}`, `explain ${text}`), params),
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    beforeAll(async () => {
      await storage.global(
        sql('plan-tenant', `insert into tenant (id, name, epoch, created_at) values ('plans', 'Plans', 'e', now())`),
        [],
      );
      await storage.transaction('plans', 'write', async (on) => {
        await on.run(
          sql(
            'plan-rows',
            `insert into record (tenant, tbl, id, version, seq, scope, body, stamps)
             select 'plans', 'touchpoint', n::text, 1, n, 'engagement:' || (n % 500), '{}', '{}' from generate_series(1, 30000) n`,
          ),
          [],
        );
        await on.run(
          sql(
            'plan-keys',
            `insert into record_key (tenant, key, id, tbl) select 'plans', 'touchpoint.engagement=' || (n % 500), n::text, 'touchpoint' from generate_series(1, 30000) n`,
          ),
          [],
        );
        await on.run(
          sql(
            'plan-members',
            `insert into scope_member (tenant, member, scope, granted, direct) select 'plans', 'u' || (n % 20), 'engagement:' || n, n, true from generate_series(0, 499) n`,
          ),
          [],
        );
      });
      await storage.script('analyze record; analyze record_key; analyze scope_member');
    });

    test('changes are read by number, records by key and ID, a fill by scope: each by an index, row-level security included', async () => {
      const changes = `select r.id from record r where r.tenant = $1 and r.seq > $2 and (r.scope = any($3::text[])
        or exists (select from scope_member m where m.tenant = $1 and m.member = $4 and m.scope = r.scope and m.revoked is null)) order by r.seq limit 100`;
      expect(await plan(changes, ['plans', 29_000, ['shared'], 'u1'])).toContain('record_by_seq');
      const keys = `select r.id from record_key k join record r on r.tenant = $1 and r.tbl = k.tbl and r.id = k.id where k.tenant = $1 and k.key = any($2::text[])`;
      const byKey = await plan(keys, ['plans', ['touchpoint.engagement=7']]);
      expect(byKey).toContain('record_key_pkey');
      expect(byKey).not.toContain('Seq Scan');
      const fill = `select r.id from record r where r.tenant = $1 and r.scope = any($2::text[]) and (r.scope, r.tbl, r.id) > ($3, $4, $5) and r.body is not null order by r.scope, r.tbl, r.id limit 100`;
      expect(await plan(fill, ['plans', ['engagement:7', 'engagement:8'], '', '', ''])).toContain('record_by_scope');
    });
  });
});
