import { z } from 'zod';
import { SYNC_SCHEMA_HEADER, SYNC_SCHEMA_VERSION } from '#shared/contract/sync-contract.ts';
import type { KeyStore } from '#shared/contract/net.ts';
import type { Host } from '../host/host.ts';
import { refusalOf } from '../sync/central-errors.ts';
import { readMark } from './mark.ts';

/** Under this name lies among the host's keys what is kept until the server knows, and nothing else of the tie. */
const NAME = 'erase-confirmation';
const keptSchema = z.object({ server: z.string(), refreshToken: z.string() });
type Confirmation = z.infer<typeof keptSchema>;

const DEADLINE_MS = 20_000;
const MAX_BYTES = 64 * 1024;
const AGAIN_MS = 60_000;
const AGAIN_AT_MOST_MS = 3_600_000;

/** Keeps by what the server is told later that this device has been erased. */
export function keepConfirmation(host: { readonly keys: KeyStore }, confirmation: Confirmation): Promise<void> {
  return host.keys.set(NAME, JSON.stringify(confirmation));
}

function parsed(text: string): Confirmation | undefined {
  try {
    return keptSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Tells the server that this device has erased itself, pages included. Answers whether there is nothing left to tell. Rejects where the server is
 * not reached; to be tried again.
 */
export async function confirmErased(host: Pick<Host, 'keys' | 'net' | 'indexedDB' | 'databaseName'>): Promise<boolean> {
  const text = await host.keys.get(NAME);
  if (text === undefined) return true;
  const mark = await readMark(host);
  if (mark !== undefined && mark.phase !== 'all') return false;
  const kept = parsed(text);
  if (kept !== undefined) {
    const reply = await host.net.request({
      server: kept.server,
      method: 'POST',
      path: '/v1/erased',
      deadlineMs: DEADLINE_MS,
      maxBytes: MAX_BYTES,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        [SYNC_SCHEMA_HEADER]: String(SYNC_SCHEMA_VERSION),
      },
      body: JSON.stringify({ refreshToken: kept.refreshToken }),
    });
    const refused = reply.status === 200 ? undefined : refusalOf(reply);
    // whose token is nobody's any more was heard before, and its answer was lost
    if (refused !== undefined && refused.code !== 'unauthorized') throw refused;
  }
  await host.keys.remove(NAME);
  return true;
}

/** Goes on trying to tell the server until it knows. */
export function startConfirming(host: Host): void {
  let wait = AGAIN_MS;
  const attempt = async (): Promise<void> => {
    if (await confirmErased(host).catch(() => false)) return;
    host.later(wait, () => void attempt());
    wait = Math.min(AGAIN_AT_MOST_MS, wait * 2);
  };
  void attempt();
}
