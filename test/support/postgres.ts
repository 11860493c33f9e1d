import { execFile, execFileSync } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installPackages, isRoot } from './debian-packages.ts';

const run = promisify(execFile);

/** The folder of PostgreSQL's own programs, newest first; undefined where it is not installed. */
function installed(): string | undefined {
  const folders = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

/** Why tests on a real PostgreSQL cannot run here; undefined where they can, on Debian after installing it. */
export function whyNoPostgres(): string | undefined {
  if (installed() === undefined && !(installPackages('postgresql') && installed() !== undefined)) return 'no PostgreSQL';
  if (!isRoot()) return undefined;
  try {
    execFileSync('id', ['postgres'], { stdio: 'ignore' });
    return undefined;
  } catch {
    // it refuses to run as root
    return 'no user for PostgreSQL';
  }
}

export type TestPostgres = {
  /** The address of an empty database that an ordinary user owns. */
  readonly url: string;
  readonly superuserUrl: string;
  /** Ends it as a power cut would: no goodbye to anyone. */
  readonly kill: () => Promise<void>;
  /** Starts it again on what is on the disk. */
  readonly startAgain: () => Promise<void>;
  readonly stop: () => Promise<void>;
};
export type PostgresOptions = {
  /** What is committed is on the disk, as in production; by default it is only fast. */
  readonly durable?: boolean;
};

/** A port of loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** Starts a PostgreSQL of its own in a temporary folder, on loopback. */
export async function startPostgres({ durable = false }: PostgresOptions = {}): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'satchel-postgres-'));
  const bin = installed() ?? '';
  if (isRoot()) {
    const { stdout } = await run('id', ['-u', 'postgres']);
    chownSync(folder, Number(stdout), -1);
  }
  const as = (program: string, args: readonly string[]) =>
    isRoot()
      ? run('runuser', ['-u', 'postgres', '--', join(bin, program), ...args], { cwd: folder })
      : run(join(bin, program), [...args], { cwd: folder });
  const data = join(folder, 'data');
  const port = await freePort();
  await as('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']);
  const hasty = durable ? '' : '-c fsync=off -c full_page_writes=off -c synchronous_commit=off';
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories='' ${hasty} -c max_connections=60`;
  // what it prints goes to its log: pg_ctl would otherwise wait for the end of a pipe
  const start = () => as('pg_ctl', ['-D', data, '-w', '-t', '60', '-l', join(folder, 'log'), '-o', options, 'start']);
  await start();
  const superuserUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const sql = (text: string) => as('psql', ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-c', text]);
  await sql('create role satchel login');
  await sql('create database satchel owner satchel');
  return {
    url: `postgres://satchel@127.0.0.1:${port}/satchel`,
    superuserUrl,
    kill: async () => {
      const id = Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10);
      const serving = childrenOf(id);
      process.kill(id, 'SIGKILL');
      // its children notice and end; a new one does not start before
      while ([id, ...serving].some(isRunning)) await new Promise((resolve) => void setTimeout(resolve, 20));
      // a process that nobody has collected yet would pass for one that runs
      rmSync(join(data, 'postmaster.pid'), { force: true });
    },
    startAgain: async () => void (await start()),
    stop: async () => {
      await as('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function childrenOf(id: number): readonly number[] {
  return readFileSync(`/proc/${id}/task/${id}/children`, 'utf8')
    .split(' ')
    .map(Number)
    .filter((child) => child > 0);
}

function isRunning(id: number): boolean {
  try {
    // one that is gone but not yet collected runs no more
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, 'utf8'));
  } catch {
    return false;
  }
}
