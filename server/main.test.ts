import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAdmin } from './admin/run-admin.ts';
import { silentLog } from './log.ts';
import { idMaker, openStorage } from './server.ts';

/** Starting PostgreSQL from its files takes a while on a busy machine. */
const SLOW = 180_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'satchel-server-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const main = join(import.meta.dirname, 'main.ts');
const start = (args: readonly string[], env: Record<string, string> = {}) =>
  spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'] ?? '', SATCHEL_DATA: folder, SATCHEL_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
async function run(args: readonly string[], env?: Record<string, string>) {
  const child = start(args, env);
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, text };
}

/** The administration's commands on the folder's database, in this process. */
async function administer(...commands: readonly (readonly string[])[]): Promise<string> {
  const storage = await openStorage({ databaseUrl: undefined, dataFolder: folder, poolSize: 1 }, silentLog);
  const lines: string[] = [];
  try {
    for (const [password, ...argv] of commands) {
      const tools = {
        storage,
        now: Date.now,
        newId: idMaker(Date.now),
        password: password === '' ? undefined : password,
        clientSecret: 'provider secret',
        publicUrl: 'https://satchel.test',
      };
      lines.push(...(await runAdmin(tools, argv).catch((thrown: Error) => [thrown.message])));
    }
  } finally {
    await storage.close();
  }
  return lines.join('\n');
}

test(
  'SYN-14 the embedded server starts with nothing installed, is administered from the command line, and stops when asked',
  async () => {
    const told = await administer(
      ['', 'create-tenant', 'acme', '--name', 'Acme Inc'],
      ['', 'create-user', 'acme', 'boss@acme.example', '--name', 'Boss', '--roles', 'administrator'],
      ['short', 'create-user', 'acme', 'kim@acme.example', '--name', 'Kim'],
      ['long enough words', 'create-user', 'acme', 'kim@acme.example', '--name', 'Kim', '--manager', 'boss@acme.example'],
      ['', 'set-manager', 'acme', 'boss@acme.example', 'kim@acme.example'],
      ['', 'set-roles', 'acme', 'kim@acme.example', 'king'],
      ['', 'users', 'acme'],
      ['', 'sign-in-with', 'acme', '--issuer', 'https://id.example.com', '--client', 'satchel', '--unknown', 'administrator'],
      ['', 'sign-in-with', 'nobody', '--issuer', 'https://id.example.com', '--client', 'satchel'],
      ['', 'sign-in-with', 'acme', '--issuer', 'http://id.example.com', '--client', 'satchel'],
      ['', 'sign-in-with', 'acme', '--issuer', 'https://id.example.com/', '--client', 'satchel', '--unknown', 'viewer'],
      ['', 'forget-sign-in', 'acme', 'kim@acme.example'],
      ['', 'sign-in-by-password', 'acme'],
      ['', 'tenants'],
      ['', 'purge', 'acme'],
    );
    expect(told).toContain('Tenant acme is there.');
    expect(told).toContain('at least 12 letters');
    expect(told).toContain('circle');
    expect(told).toContain('There is no role king');
    expect(told).toContain('kim@acme.example  successAgent  active');
    const [, password = ''] = /Password: (\S+)/.exec(told) ?? [];
    const [, code = ''] = /Code for the first device: (\S+)/.exec(told) ?? [];

    const server = start([]);
    let log = '';
    const stopped = new Promise<number | null>((resolve) => server.once('close', resolve));
    const address = await new Promise<string>((resolve, reject) => {
      server.once('close', () => reject(new Error(log)));
      server.stdout.on('data', (part: Buffer) => {
        log += part.toString();
        const [, found] = /"address":"([^"]+)"/.exec(log) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    expect(log).toContain('not for production');
    expect((await run(['admin', 'tenants'])).text).toContain('Stop it first');
    const signed = await fetch(`${address}/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tenant: 'acme', login: 'Boss@acme.example', password, code, device: { id: 'd1', name: 'Laptop' } }),
    });
    const { accessToken } = (await signed.json()) as { accessToken: string }; // the route's answer
    const pulled = await fetch(`${address}/v1/pull`, { headers: { authorization: `Bearer ${accessToken}` } });
    expect(await pulled.text()).toContain('kim@acme.example');
    expect((await fetch(`${address}/ready`)).status).toBe(200);
    server.kill('SIGTERM');
    expect(await stopped).toBe(0);
    expect(log).toContain('"event":"stopped"');
    expect(log).not.toMatch(/kim@acme|Acme Inc/);
  },
  SLOW,
);

test(
  'what is wrong with a call is said before anything is opened',
  async () => {
    expect((await run(['admin'])).text).toContain('create-tenant TENANT');
    expect((await run([], { SATCHEL_PORT: 'x' })).text).toContain('SATCHEL_PORT');
    expect(await run(['explode'])).toMatchObject({ code: 1 });
  },
  SLOW,
);
