import { leaderLock } from '#shared/contract/port-protocol.ts';
import type { Port } from '#shared/contract/port.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { createFollower } from './follower.ts';
import { createLeader } from './leader.ts';
import { readProfile } from './profile.ts';

/** The client's end, as far as its host moves it. */
export type Attachable = {
  readonly attach: (port: Port) => void;
  readonly detach: () => void;
  readonly fail: (error: AppError) => void;
};

export type BrowserHost = {
  /** The engine on the last port is silent: finds it again, or the next one. */
  readonly reconnect: () => void;
  /** Leaves; where this tab ran the engine, the next tab takes over. */
  readonly close: () => void;
};

type World = { readonly newId: () => string; readonly later: (milliseconds: number, run: () => void) => () => void };

const tooOld = () =>
  new AppError(
    'storage',
    'This browser cannot keep Satchel’s records safe (it lacks Web Locks). Open Satchel in a current Chrome, Edge, Firefox or Safari, at its address on this computer.',
  );

/**
 * Satchel in a plain browser. All tabs ask for one lock: the one that gets it starts the engine's worker and serves every tab;
 * when it closes or crashes, the next one gets the lock and starts the engine, and the others connect anew.
 */
export function startBrowserHost(client: Attachable, databaseName: string, { newId, later }: World): BrowserHost {
  if (!('locks' in navigator) || !('storage' in navigator)) {
    client.fail(tooOld());
    return { reconnect: () => undefined, close: () => undefined };
  }
  const leaving = new AbortController();
  const onPort = client.attach;
  let role: { readonly connect: () => void; readonly close: () => void } = createFollower({ databaseName, newId, later, onPort });

  const lead = (): void => {
    role.close();
    role = createLeader({ databaseName, profile: readProfile(localStorage, newId), later, onPort, onDown: client.detach });
    // refused or not, the footer tells which
    navigator.storage.persist().catch(() => undefined);
  };

  const waitForLock = (): Promise<unknown> =>
    navigator.locks.request(leaderLock(databaseName), { signal: leaving.signal }, () => {
      lead();
      // kept as long as the page lives
      return new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()));
    });

  role.connect();
  waitForLock().catch((error: unknown) => {
    if (leaving.signal.aborted) return;
    client.fail(error instanceof AppError ? error : new AppError('storage', 'This browser does not let Satchel keep its records.'));
  });

  return {
    reconnect: () => role.connect(),
    close: () => {
      role.close();
      leaving.abort();
    },
  };
}
