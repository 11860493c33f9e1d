import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

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

test('SYN-14 the embedded server starts with nothing installed, is administered from the command line, and stops when asked', async () => {
  expect(await run(['admin', 'create-tenant', 'acme', '--name', 'Acme Inc'])).toEqual({ code: 0, text: 'Tenant acme is there.\n' });
  const made = await run(['admin', 'create-user', 'acme', 'boss@acme.example', '--name', 'Boss', '--roles', 'administrator']);
  const [, password = ''] = /Password: (\S+)/.exec(made.text) ?? [];
  const [, code = ''] = /Code for the first device: (\S+)/.exec(made.text) ?? [];
  expect(
    await run(['admin', 'create-user', 'acme', 'kim@acme.example', '--name', 'Kim', '--manager', 'boss@acme.example'], {
      SATCHEL_PASSWORD: 'short',
    }),
  ).toMatchObject({ code: 1 });
  expect(
    await run(['admin', 'create-user', 'acme', 'kim@acme.example', '--name', 'Kim', '--manager', 'boss@acme.example'], {
      SATCHEL_PASSWORD: 'long enough words',
    }),
  ).toMatchObject({ code: 0 });

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
});

test('the administration says what it can do, and what is wrong', async () => {
  expect((await run(['admin'])).text).toContain('create-tenant TENANT');
  expect(await run(['admin', 'explode'])).toMatchObject({ code: 1 });
  expect((await run(['admin', 'set-roles', 'acme', 'kim@acme.example', 'king'])).text).toContain('There is no role king');
  expect((await run(['admin', 'set-manager', 'acme', 'boss@acme.example', 'kim@acme.example'])).text).toContain('circle');
  expect((await run([], { SATCHEL_PORT: 'x' })).text).toContain('SATCHEL_PORT');
});
