import { z } from 'zod';
import type { KeyStore } from '#shared/contract/net.ts';
import type { Tokens } from '#shared/contract/sync-contract.ts';

/** Under this name it lies among the host's keys. */
const NAME = 'central-session';

const kept = z.object({
  server: z.string(),
  tenant: z.string(),
  login: z.string(),
  user: z.string(),
  device: z.string(),
  deviceName: z.string(),
  block: z.number(),
  epoch: z.string(),
  refreshToken: z.string(),
});
type Kept = z.infer<typeof kept>;

/** Who is signed in, where and as which device. */
export type CentralSession = Omit<Kept, 'refreshToken'>;

/** The session among the host's keys; what cannot be read there any more counts as none. */
export async function readSession(keys: KeyStore): Promise<Kept | undefined> {
  const text = await keys.get(NAME);
  if (text === undefined) return undefined;
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Keeps a session with the newest refresh token. */
export async function keepSession(keys: KeyStore, session: CentralSession, { refreshToken, epoch }: Tokens): Promise<void> {
  await keys.set(NAME, JSON.stringify({ ...session, epoch, refreshToken } satisfies Kept));
}

/** Drops the session; the server is not told. */
export function forgetSession(keys: KeyStore): Promise<void> {
  return keys.remove(NAME);
}
