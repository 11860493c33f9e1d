import { AppError } from '#shared/errors/app-error.ts';
import type { Host } from '../host/host.ts';

/** Logs a failure that no one foresaw: its kind and where in our code, never its text, which may quote a customer. */
export function logFailure(host: Host, operation: string, thrown: unknown): void {
  if (thrown instanceof AppError) return;
  const frames = thrown instanceof Error ? (thrown.stack ?? '').split('\n').filter((line) => /^\s+at |@/.test(line)) : [];
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  host.log({ event: 'handler-failed', operation, kind, where: frames.slice(0, 4).join(' ').slice(0, 500) });
}
