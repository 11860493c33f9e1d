// Ways to a central store for tests: none at all, or straight to a server's code.
import type { FastifyInstance } from 'fastify';
import type { Net } from '#shared/contract/net.ts';
import { AppError } from '#shared/errors/app-error.ts';

const unreachable = (): AppError => new AppError('network', 'The central store cannot be reached.', {}, true);

/** A computer without a network. */
export const noNet: Net = { request: () => Promise.reject(unreachable()), listen: () => Promise.reject(unreachable()) };

export type FakeNet = Net & {
  /** What happens to the next requests, one each: an answer of its own, an answer lost on its way, a request that waits on its way, or no way at all. */
  readonly next: (...faults: readonly Fault[]) => void;
  /** What waited on its way gets there; nobody hears the answers any more. Answers their statuses. */
  readonly arrive: () => Promise<readonly number[]>;
  /** Methods and paths that were asked, without their queries. */
  readonly asked: readonly string[];
  /** Bytes of the last body that went out, and whether it was packed. */
  readonly lastBody: () => { readonly bytes: number; readonly packed: boolean };
};
export type Fault =
  | 'lost-request'
  | 'lost-answer'
  | 'late'
  | 'through'
  | { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };

/** The way to a server in this process, without sockets. */
export function netTo(app: Pick<FastifyInstance, 'inject'>): FakeNet {
  const faults: Fault[] = [];
  const asked: string[] = [];
  const waiting: (() => Promise<number>)[] = [];
  let last = { bytes: 0, packed: false };
  return {
    asked,
    lastBody: () => last,
    arrive: async () => {
      const statuses: number[] = [];
      for (const send of waiting.splice(0)) statuses.push(await send());
      return statuses;
    },
    next: (...more) => void faults.push(...more),
    listen: () => Promise.reject(unreachable()),
    request: async ({ method, path, headers = {}, body, maxBytes, signal }) => {
      asked.push(`${method} ${path.split('?')[0] ?? ''}`);
      if (signal?.aborted === true) throw new AppError('cancelled', 'Cancelled.');
      last = { bytes: body?.length ?? 0, packed: headers['content-encoding'] === 'gzip' };
      const fault = faults.shift() ?? 'through';
      if (fault === 'lost-request') throw unreachable();
      if (typeof fault === 'object')
        return {
          status: fault.status,
          headers: fault.headers ?? { 'content-type': 'application/json' },
          body: new TextEncoder().encode(fault.body),
        };
      const payload = typeof body === 'string' || body === undefined ? body : Buffer.from(body);
      const send = () => app.inject({ method, url: path, headers: { ...headers }, ...(payload === undefined ? {} : { payload }) });
      if (fault === 'late') {
        waiting.push(async () => (await send()).statusCode);
        throw unreachable();
      }
      const response = await send();
      if (fault === 'lost-answer') throw unreachable();
      if (response.rawPayload.length > maxBytes) throw new AppError('limit', 'The answer is too large.');
      const entries = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]);
      return { status: response.statusCode, headers: Object.fromEntries(entries), body: new Uint8Array(response.rawPayload) };
    },
  };
}
