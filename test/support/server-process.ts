import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The central store as it runs in production: a process of its own. */
export type ServerProcess = {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly id: number;
  /** Ends it at once, in the middle of whatever it does. Rejects where it had ended by itself. */
  readonly kill: () => Promise<void>;
  /** Asks it to end, and waits. Rejects where it had ended by itself. */
  readonly stop: () => Promise<void>;
};

const main = join(import.meta.dirname, '..', '..', 'server', 'main.ts');

/** Starts `npm run server` with this environment, on a free port of loopback or the one that it names. Rejects where it does not come to listen. */
export async function startServer(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'] ?? '',
      SATCHEL_PORT: '0',
      SATCHEL_REQUESTS_PER_MINUTE: '1000000',
      SATCHEL_SIGN_INS_PER_MINUTE: '1000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString();
      const [, address] = /"event":"listening","address":"([^"]+)"/.exec(text) ?? [];
      if (address !== undefined) resolve(address);
    });
    void ended.then(() => reject(new Error(`the server ended: ${text}`)));
  });
  let isOver = false;
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (isOver) return;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended by itself with ${child.exitCode}`);
    isOver = true;
    child.kill(signal);
    await ended;
  };
  return { url, id: child.pid ?? 0, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
