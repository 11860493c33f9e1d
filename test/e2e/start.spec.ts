// npm start without a runtime, as a user runs it: one process, one line, Ctrl+C.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../build/tools.ts';
import { axeFaults, expect, test } from '../support/browser-host.ts';

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const started: ChildProcess[] = [];
test.afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function start(port: number): { child: ChildProcess; line: (pattern: RegExp) => Promise<string> } {
  const env = { ...process.env, PORT: String(port), CI: '1' };
  const child = spawn(process.execPath, [join(root, 'build', 'start.ts'), '--browser'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  if (child.stdout === null) throw new Error('The output was asked for');
  const seen: string[] = [];
  createInterface(child.stdout).on('line', (line) => seen.push(line));
  const find = (pattern: RegExp) => seen.find((line) => pattern.test(line));
  return {
    child,
    line: async (pattern) => {
      await expect.poll(() => find(pattern), { timeout: 60_000 }).toBeDefined();
      return find(pattern) ?? '';
    },
  };
}

async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'exit');
  return child.exitCode;
}

test('DSK-07 npm start serves the application, tells its address in one line, and Ctrl+C ends it', async ({ page, faults }) => {
  const port = await freePort();
  const { child, line } = start(port);
  expect(await line(/runs in the browser/)).toBe(`As you asked, Satchel runs in the browser: http://127.0.0.1:${port}/ (Ctrl+C ends it)`);
  await page.goto(`http://127.0.0.1:${port}/`);
  await expect(page).toHaveTitle(/Satchel/);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  child.kill('SIGINT');
  expect(await endOf(child)).toBe(130);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  // the page notices that its server is gone, which is no fault of the application
  faults.length = 0;
});

test('DSK-07 a second npm start shows the Satchel that is served already, and ends', async () => {
  const port = await freePort();
  const first = start(port);
  await first.line(/runs in the browser/);
  const second = start(port);
  expect(await second.line(/runs in the browser/)).toContain('it is being served already');
  expect(await endOf(second.child)).toBe(0);
  first.child.kill('SIGTERM');
  expect(await endOf(first.child)).toBe(0);
});

test('DSK-07 a port of another program is left alone, and the consequence is told', async () => {
  const other = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'));
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { child, line } = start(port);
  expect(await line(/taken by another program/)).toContain('another store');
  expect(await line(/runs in the browser/)).not.toContain(`:${port}/`);
  child.kill('SIGTERM');
  expect(await endOf(child)).toBe(0);
  other.close();
});
