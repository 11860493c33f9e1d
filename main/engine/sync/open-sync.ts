import type { Output } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { EngineContext } from '../context.ts';
import type { Beginning, Begun } from './central-store.ts';
import { createDriver, type Driver } from './drive.ts';
import { signIn, type SigningIn } from './sign-in.ts';
import { createSteps, type Halt, type StepParts, type Steps } from './sync.ts';
import { REFUSED } from './sync-keys.ts';

/**
 * The device's side of sync. `step` and `once` are the same however they are driven and use no timer; `start` drives them with
 * `host.later`, the change feed and the server's news.
 */
export type Sync = Steps &
  Omit<Driver, 'lastSync'> &
  Pick<StepParts, 'central' | 'store' | 'writer'> & {
    /** Throws AppError: what the server says, `approval-needed` among it. */
    readonly signIn: (given: SigningIn) => Promise<void>;
    /** Begins to sign in with the organisation: the page for the system's browser. The ticket is kept here alone. */
    readonly beginSignIn: (given: Beginning) => Promise<{ readonly page: string; readonly expiresIn: number }>;
    /** Ends it with the code that the page shows. Throws AppError `conflict` where none was begun. */
    readonly finishSignIn: (code: string) => Promise<void>;
    readonly signOut: () => Promise<void>;
    /** The person agrees to deletions that were asked about, or not (S12). */
    readonly confirmDeletions: (agree: boolean) => void;
    readonly now: () => void;
    readonly status: () => Omit<Output<'sync.status'>, 'conflicts'>;
  };

/** Derived topic of everything that screens show of sync. */
const TOPIC: ReadonlySet<string> = new Set(['derived:sync']);
/** The list of devices is asked anew once the server can be asked, or no longer. */
const TOPIC_AND_DEVICES: ReadonlySet<string> = new Set(['derived:sync', 'derived:devices']);
const DELETIONS_HELD = 'The deletions were not agreed to, so nothing is sent or fetched until you ask for it.';

const opened = new WeakMap<EngineContext, Sync>();

/** The sync of an engine; undefined where none was opened (tests of single areas). */
export function syncOf({ whole }: EngineContext): Sync | undefined {
  return opened.get(whole);
}

/** Makes the device's side of sync for an engine. */
export function createSync(context: EngineContext, parts: Omit<StepParts, 'changed'>): Sync {
  const { feed, host } = context;
  let wasReached: boolean | undefined;
  const changed = (): void => {
    const isReached = steps.halt() === undefined && driver.trouble() === undefined && steps.standing() !== undefined;
    feed.announceDerived(isReached === wasReached ? TOPIC : TOPIC_AND_DEVICES);
    wasReached = isReached;
  };
  const given: StepParts = { ...parts, changed };
  const steps = createSteps(given);
  const driver = createDriver({ host, central: parts.central, feed, changed }, steps);
  const { store, writer, queue, central } = parts;
  // what was refused, sent or done changes what screens show
  feed.subscribe(() => {
    if (steps.standing() !== undefined) changed();
  });
  const resume = (agreed?: boolean): void => {
    steps.resume(agreed);
    driver.wake();
  };
  let begun: Begun | undefined;
  const enter = async (signingIn: SigningIn): Promise<void> => {
    await signIn(given, signingIn, steps.isForeign());
    begun = undefined;
    resume();
  };
  const sync: Sync = {
    ...steps,
    ...driver,
    central,
    store,
    writer,
    signIn: enter,
    beginSignIn: async (beginning) => {
      begun = await central.beginSignIn(beginning);
      const { page, expiresIn } = begun;
      return { page, expiresIn };
    },
    finishSignIn: async (code) => {
      if (begun === undefined) throw new AppError('conflict', 'This sign-in is over.', { wayOut: 'Begin again.' });
      await enter({ begun, code });
    },
    signOut: async () => {
      await central.signOut();
      await driver.once().catch(() => undefined);
      changed();
    },
    confirmDeletions: (agree) => {
      const halt = steps.halt();
      if (halt?.why !== 'asks') return;
      if (agree) resume(true);
      else {
        steps.resume(false);
        steps.pause(DELETIONS_HELD);
      }
    },
    now: () => resume(),
    status: () => {
      const standing = steps.standing();
      const pending = queue.deeds().filter(({ parts: all }) => all.some(({ answer }) => answer === undefined)).length;
      const refused = store.sync.under(REFUSED).length;
      if (standing === undefined) return { state: 'local', pending: 0, refused: 0 };
      const { server, tenant, login, user, device, deviceName, loading } = standing;
      const halt = steps.halt();
      const trouble = driver.trouble();
      const lastSync = driver.lastSync() ?? standing.lastSync;
      const progress = steps.progress();
      const ahead = steps.clockAheadMs();
      const idle = driver.isWorking() ? 'working' : 'idle';
      return {
        state: halt?.why ?? (trouble ? 'offline' : loading ? 'first-load' : idle),
        connection: { server, tenant, login, user, device, deviceName },
        pending,
        refused,
        ...(progress === undefined ? {} : { progress }),
        ...(lastSync === undefined ? {} : { lastSync, dataAsOf: lastSync }),
        ...(ahead === undefined ? {} : { clockAheadMs: ahead }),
        ...(halt?.why === 'asks' ? { deletions: { where: halt.where, deleted: halt.deleted, of: halt.of } } : {}),
        ...problemOf(halt, trouble, host.now()),
      };
    },
  };
  opened.set(context.whole, sync);
  return sync;
}

const WAYS: Readonly<Record<Exclude<Halt['why'], 'asks'>, string>> = {
  'signed-out': 'Sign in.',
  'too-old': 'Update Satchel. Until then everything works here, and nothing that you do is lost.',
  paused: 'Choose “Sync now” to go on.',
};

function problemOf(halt: Halt | undefined, trouble: ReturnType<Driver['trouble']>, now: string): Pick<Output<'sync.status'>, 'problem'> {
  if (halt !== undefined && halt.why !== 'asks')
    return { problem: { code: halt.why, message: halt.message, wayOut: WAYS[halt.why], since: now } };
  return trouble === undefined ? {} : { problem: trouble };
}

/** Throws AppError where nobody is signed in. */
export function needSync(context: EngineContext): Sync {
  const sync = syncOf(context);
  if (sync?.standing() !== undefined) return sync;
  throw new AppError('conflict', 'Nobody is signed in to a central store: everything is kept on this computer alone.', {
    wayOut: 'Sign in first.',
  });
}
