import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { MIGRATIONS } from '../storage/migrations.ts';
import { isTenantName, sql, type Sql, type Storage } from '../storage/storage.ts';

/*
 * A tenant as one file (SYN-15): lines of JSON, packed; a head, the rows of each table, and an end that says how many there were and
 * their digest. Sessions and approval codes stay out: devices sign in again by their refresh tokens, of which only hashes are kept.
 */

/** In the order in which rows may refer to one another. */
const TABLES = ['member', 'device', 'record', 'record_key', 'scope_member', 'scope_move', 'intent', 'attached', 'attached_part'] as const;
type Table = (typeof TABLES)[number];
const ROWS_AT_ONCE = 500;
/** Bytes of attached files are large: so few parts at once. */
const PARTS_AT_ONCE = 8;
const FORMAT = 'satchel-tenant';
const STEP = MIGRATIONS.at(-1)?.name ?? '';

const head = z.object({
  format: z.literal(FORMAT),
  step: z.string(),
  tenant: z.object({ id: z.string(), name: z.string(), head: z.number(), purged: z.number(), blocks: z.number(), created_at: z.string() }),
});
const rowsLine = z.object({ table: z.enum(TABLES), rows: z.array(z.record(z.string(), z.unknown())) });
const end = z.object({ end: z.literal(true), rows: z.number(), sha256: z.string() });

const tenantRow = sql('export-tenant', 'select to_jsonb(t) as row from tenant t where id = $1');
const insertTenant = sql(
  'import-tenant',
  'insert into tenant (id, name, epoch, head, purged, blocks, created_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id',
);
// row-level security leaves only rows of the tenant
const open = (table: Table) =>
  sql(`export-open-${table}`, `declare exported no scroll cursor for select to_jsonb(t) as row from ${table} t`);
const next = (count: number) => sql(`export-next-${count}`, `fetch ${count} from exported`);
const close = sql('export-close', 'close exported');
// `record` is a name of PostgreSQL's own as well, so the type comes from the table
const insert = (table: Table) =>
  sql(`import-${table}`, `insert into ${table} select * from jsonb_populate_recordset((select t from ${table} t limit 0), $1::jsonb)`);

const atOnce = (table: Table): number => (table === 'attached_part' ? PARTS_AT_ONCE : ROWS_AT_ONCE);

async function* linesOf(on: Sql, tenant: string): AsyncGenerator<object, void> {
  const [found] = await on.run(tenantRow, [tenant]);
  if (found === undefined) throw new Error(`There is no tenant ${tenant}.`);
  yield { format: FORMAT, step: STEP, tenant: found['row'] };
  for (const table of TABLES) {
    await on.run(open(table), []);
    for (;;) {
      const rows = await on.run(next(atOnce(table)), []);
      if (rows.length === 0) break;
      yield { table, rows: rows.map(({ row }) => row) };
    }
    await on.run(close, []);
  }
}

/** Writes a tenant as it is at one moment, while the server works on. Answers the number of rows. Throws an Error; no file is left then. */
export async function exportTenant(storage: Storage, tenant: string, path: string): Promise<number> {
  if (!isTenantName(tenant)) throw new Error(`There is no tenant ${tenant}.`);
  const part = `${path}.part`;
  const digest = createHash('sha256');
  let count = 0;
  const say = (line: object): string => {
    const text = `${JSON.stringify(line)}\n`;
    digest.update(text);
    if ('rows' in line && Array.isArray(line.rows)) count += line.rows.length;
    return text;
  };
  try {
    await storage.transaction(tenant, 'read', async (on) => {
      const texts = async function* () {
        for await (const line of linesOf(on, tenant)) yield say(line);
        yield `${JSON.stringify({ end: true, rows: count, sha256: digest.digest('hex') })}\n`;
      };
      await pipeline(Readable.from(texts()), createGzip(), createWriteStream(part, { mode: 0o600, flush: true }));
    });
    await rename(part, path);
    return count;
  } catch (thrown) {
    await rm(part, { force: true });
    throw thrown;
  }
}

const damaged = (path: string): Error => new Error(`${path} is no export of a tenant, or is damaged. Nothing was imported.`);

/**
 * Brings a tenant in, whole or not at all, under its own name or another one, with a new epoch: devices load anew and send what the file
 * does not have (S13). Answers its name. Throws an Error.
 */
export async function importTenant(storage: Storage, path: string, as: string | undefined): Promise<string> {
  const unpacked = createGunzip();
  const reading = pipeline(createReadStream(path), unpacked).catch((thrown: unknown) =>
    unpacked.destroy(thrown instanceof Error ? thrown : undefined),
  );
  const lines = createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  const digest = createHash('sha256');
  const take = async (): Promise<string> => {
    const { done, value } = await lines.next().catch(() => ({ done: true, value: undefined }));
    if (done === true || value === undefined) throw damaged(path);
    return value;
  };
  const read = <T>(text: string, schema: z.ZodType<T>): T | undefined => {
    try {
      return schema.safeParse(JSON.parse(text)).data;
    } catch {
      throw damaged(path);
    }
  };
  try {
    const first = await take();
    const said = read(first, head);
    if (said === undefined) throw damaged(path);
    if (said.step !== STEP)
      throw new Error(`${path} was made by another version (${said.step}, here ${STEP}). Export and import by the same one.`);
    const tenant = as ?? said.tenant.id;
    if (!isTenantName(tenant)) throw new Error('The name of a tenant has lower-case letters, digits and hyphens, at most 63.');
    digest.update(`${first}\n`);
    await storage.transaction(tenant, 'write', async (on) => {
      const { name, head: newest, purged, blocks, created_at } = said.tenant;
      const made = await on.run(insertTenant, [tenant, name, randomUUID(), newest, purged, blocks, created_at]);
      if (made.length === 0) throw new Error(`There is a tenant ${tenant} already. Import it under another name: --as NAME.`);
      for (let count = 0; ;) {
        const text = await take();
        const rows = read(text, rowsLine);
        if (rows === undefined) {
          const last = read(text, end);
          if (last?.rows !== count || last.sha256 !== digest.digest('hex')) throw damaged(path);
          return;
        }
        digest.update(`${text}\n`);
        count += rows.rows.length;
        await on.run(insert(rows.table), [JSON.stringify(rows.rows.map((row) => ({ ...row, tenant })))]);
      }
    });
    return tenant;
  } finally {
    unpacked.destroy();
    await reading;
  }
}
