import { backendFor, PROFILE_VERSION, type Profile } from './profile.ts';

/** All that is known before Chromium opens anything. */
export type Evidence = {
  readonly profile: Profile | undefined;
  /** The second copy holds at least one entry or snapshot. */
  readonly journalFilled: boolean;
  /** Names of the session folders that exist. */
  readonly partitions: readonly string[];
  /** Major version of the Chromium that is running. */
  readonly chromium: number;
  readonly newDeviceId: string;
};

/**
 * How to start. `open`: with this profile. `ask`: this Chromium cannot open the store, and may destroy it; the user chooses
 * between restoring from the second copy into a new folder (`restored`) and quitting. `refuse`: there is no second copy either.
 */
export type StartPlan =
  | { readonly plan: 'open'; readonly profile: Profile }
  | { readonly plan: 'ask'; readonly why: string; readonly restored: Profile }
  | { readonly plan: 'refuse'; readonly why: string };

type Folder = Pick<Profile, 'generation' | 'backend'>;

function newestFolder(partitions: readonly string[]): Folder | undefined {
  const folders = partitions.flatMap((name): Folder[] => {
    const match = /^engine-(\d{1,6})-(sqlite|leveldb)$/.exec(name);
    if (match === null) return [];
    return [{ generation: Number(match[1]), backend: match[2] === 'sqlite' ? 'sqlite' : 'leveldb' }];
  });
  return folders.toSorted((a, b) => b.generation - a.generation)[0];
}

/** A profile for a start without one: what lies on the disk decides whether a store is expected. */
function freshProfile({ journalFilled, partitions, chromium, newDeviceId }: Evidence): Profile {
  const folder = newestFolder(partitions) ?? { generation: 1, backend: backendFor(chromium) };
  return { version: PROFILE_VERSION, deviceId: newDeviceId, storeExpected: journalFilled, ...folder, chromium };
}

function whyNot({ backend, chromium }: Profile, running: number): string | undefined {
  if (backend === 'sqlite' && backendFor(running) !== 'sqlite') return 'it keeps its records in a way that this one cannot read';
  return running < chromium ? 'it is built on a newer browser engine' : undefined;
}

/** A profile that starts with an empty folder, to be filled from the second copy. */
export function restoredProfile(profile: Profile, chromium: number): Profile {
  return { ...profile, storeExpected: true, backend: backendFor(chromium), generation: profile.generation + 1, chromium };
}

/** Decides from the evidence how to start, so that no store is ever overwritten, taken for new, or opened by what would destroy it. */
export function startPlan(evidence: Evidence): StartPlan {
  const { journalFilled, chromium } = evidence;
  const profile = evidence.profile ?? freshProfile(evidence);
  const expected = profile.storeExpected || journalFilled;
  const reason = whyNot(profile, chromium);
  if (reason === undefined)
    return { plan: 'open', profile: { ...profile, storeExpected: expected, chromium: Math.max(profile.chromium, chromium) } };
  const restored = restoredProfile(profile, chromium);
  if (!expected) return { plan: 'open', profile: { ...restored, storeExpected: false } };
  const why = `A newer Satchel was used here before: ${reason}.`;
  if (!journalFilled) return { plan: 'refuse', why: `${why} Install that version again to open your records. Nothing was changed.` };
  return { plan: 'ask', why, restored };
}

/** Chromium's feature switches with its IndexedDB backend pinned to the profile's, whatever its own default has become. */
export function pinnedFeatures(
  backend: Profile['backend'],
  given: { readonly enable: string; readonly disable: string },
): { readonly enable: string; readonly disable: string } {
  const feature = 'IdbSqliteBackingStore';
  const list = (features: string) => features.split(',').filter((each) => each !== '' && each !== feature);
  const enable = list(given.enable);
  const disable = list(given.disable);
  (backend === 'sqlite' ? enable : disable).push(feature);
  return { enable: enable.join(','), disable: disable.join(',') };
}
