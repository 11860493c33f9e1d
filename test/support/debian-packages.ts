import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this process may install packages of Debian's. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** Installs packages of Debian's where this is root on Debian; false where that cannot be. Test files that install at the same time wait for each other. */
export function installPackages(...names: readonly string[]): boolean {
  if (!isRoot() || !existsSync('/etc/debian_version')) return false;
  process.stderr.write(`Not found: installing ${names.join(', ')} with apt-get\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const lock = join(tmpdir(), 'satchel-apt.lock');
  const steps = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...names],
  ];
  return steps.every(
    (args) => spawnSync('flock', [lock, 'apt-get', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0,
  );
}
