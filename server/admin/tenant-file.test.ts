import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, PASSWORD, type Central, type TestDevice } from '../../test/support/central.ts';
import { openTestDatabase } from '../../test/support/embedded.ts';
import type { Storage } from '../storage/storage.ts';
import { createServer } from '../server.ts';
import { silentLog } from '../log.ts';
import { runAdmin } from './run-admin.ts';
import { exportTenant, importTenant } from './tenant-file.ts';
import { listTenants } from './tenants.ts';

const folder = mkdtempSync(join(tmpdir(), 'satchel-export-'));
const file = join(folder, 'acme.satchel-tenant');
let central: Central;
let kim: TestDevice;
let target: Storage;
const text = Buffer.from('the plan');
const sha256 = createHash('sha256').update(text).digest('hex');
beforeAll(async () => {
  central = await openCentral();
  target = await openTestDatabase();
  await central.person('kim');
  kim = await central.device('kim');
  const account = await kim.create('account', { name: 'Acme', owner: kim.user });
  const values = { name: 'plan.txt', about: `account/${account}`, size: text.length, sha256 };
  await kim.send([{ action: 'create', table: 'attachment', id: central.newId(), values }], { kind: 'job' });
  await central.app.inject({
    method: 'PUT',
    url: `/v1/attachments/${sha256}/parts/0`,
    headers: { authorization: `Bearer ${kim.tokens.accessToken}`, 'content-type': 'application/octet-stream' },
    payload: text,
  });
  await kim.pull();
});
afterAll(async () => {
  await central.close();
  await target.close();
  rmSync(folder, { recursive: true });
});

test('SYN-15 a tenant moves to another server as one file: people, devices, records, files', async () => {
  const tools = {
    storage: central.storage,
    now: Date.now,
    newId: central.newId,
    password: undefined,
    clientSecret: undefined,
    publicUrl: undefined,
  };
  expect((await runAdmin(tools, ['export', 'acme', file])).join()).toMatch(/^\d+ rows of acme are in/);
  expect(await runAdmin({ ...tools, storage: target }, ['import', file])).toEqual(['Tenant acme is there.']);
  const { app, close } = createServer({
    config: {
      host: '',
      port: 0,
      requestsPerMinute: 1_000,
      signInsPerMinute: 1_000,
      accessSeconds: 900,
      newsMs: 1_000,
      metricsToken: undefined,
      trustProxy: 0,
      allowedOrigins: [],
      appFolder: undefined,
      publicUrl: undefined,
    },
    storage: { ...target, close: () => Promise.resolve() },
    log: silentLog,
    now: () => central.clock.now,
  });
  // the same device goes on with the same password, without a code
  const { id } = { id: kim.tokens.device };
  const signed = await app.inject({
    method: 'POST',
    url: '/v1/sign-in',
    payload: { tenant: 'acme', login: 'kim', password: PASSWORD, device: { id, name: 'Laptop' } },
  });
  const { accessToken, epoch } = signed.json<{ accessToken: string; epoch: string }>();
  expect(epoch).not.toBe(kim.tokens.epoch);
  const headers = { authorization: `Bearer ${accessToken}` };
  // its cursor is of the old epoch: it loads anew (S13)
  const cursor = kim.cursor() ?? '';
  expect((await app.inject({ method: 'GET', url: `/v1/pull?cursor=${encodeURIComponent(cursor)}`, headers })).statusCode).toBe(409);
  const { rows, acknowledged } = (await app.inject({ method: 'GET', url: '/v1/pull', headers })).json<{
    rows: { table: string; id: string }[];
    acknowledged: number;
  }>();
  const mine = new Map([...kim.rows].map(([key, row]) => [key, row.version]));
  expect(new Map(rows.map((row) => [`${row.table}/${row.id}`, (row as unknown as { version: number }).version]))).toEqual(mine);
  expect(acknowledged).toBe(2);
  expect((await app.inject({ method: 'GET', url: `/v1/attachments/${sha256}/parts/0`, headers })).body).toBe('the plan');
  await close();
});

test('SYN-15 a tenant that is there already stays; under another name the copy comes in beside it', async () => {
  await expect(importTenant(target, file, undefined)).rejects.toThrow('There is a tenant acme already');
  expect(await importTenant(target, file, 'acme-copy')).toBe('acme-copy');
  expect((await listTenants(target)).map(({ id }) => id)).toEqual(['acme', 'acme-copy']);
  await expect(importTenant(target, file, '../etc')).rejects.toThrow('lower-case letters');
  await expect(exportTenant(target, 'nobody', join(folder, 'x'))).rejects.toThrow('There is no tenant nobody');
  expect([existsSync(join(folder, 'x')), existsSync(join(folder, 'x.part'))]).toEqual([false, false]);
});

test.each([
  ['cut short', (whole: Buffer) => whole.subarray(0, whole.length - 40)],
  ['without its end', (whole: Buffer) => gzipSync(gunzipSync(whole).toString().split('\n').slice(0, -2).join('\n'))],
  ['altered', (whole: Buffer) => gzipSync(gunzipSync(whole).toString().replace('"Acme"', '"Evil"'))],
  ['something else', () => Buffer.from('hello')],
  ['of another version', (whole: Buffer) => gzipSync(gunzipSync(whole).toString().replace('"step":"', '"step":"x'))],
])('SYN-15 a file that is %s brings nothing in', async (_what, spoil) => {
  const spoiled = join(folder, 'spoiled');
  writeFileSync(spoiled, spoil(readFileSync(file)));
  await expect(importTenant(target, spoiled, 'spoiled')).rejects.toThrow(/damaged|another version/);
  expect((await listTenants(target)).map(({ id }) => id)).not.toContain('spoiled');
});
