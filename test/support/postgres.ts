import { execFile, execFileSync } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder of PostgreSQL's own programs, newest first; undefined where it is not installed. */
function installed(): string | undefined {
  const folders = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** Why tests on a real PostgreSQL cannot run here; undefined where they can. */
export function whyNoPostgres(): string | undefined {
  if (installed() === undefined) return 'no PostgreSQL';
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
  readonly stop: () => Promise<void>;
};

async function freePort(): Promise<number> {
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
export async function startPostgres(): Promise<TestPostgres> {
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
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60`;
  // what it prints goes to its log: pg_ctl would otherwise wait for the end of a pipe
  await as('pg_ctl', ['-D', data, '-w', '-t', '60', '-l', join(folder, 'log'), '-o', options, 'start']);
  const superuserUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const sql = (text: string) => as('psql', ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-c', text]);
  await sql('create role satchel login');
  await sql('create database satchel owner satchel');
  return {
    url: `postgres://satchel@127.0.0.1:${port}/satchel`,
    superuserUrl,
    stop: async () => {
      await as('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
