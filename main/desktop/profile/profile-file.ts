import { renameSync } from 'node:fs';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import { PROFILE_VERSION, profileSchema, type Profile } from './profile.ts';

export type ProfileFile = {
  /** The profile as last read or written; undefined where there is none or it is damaged. */
  readonly profile: Profile | undefined;
  /** It was written by a newer Satchel, and must not be touched by this one. */
  readonly isNewer: boolean;
};

const anyVersion = z.looseObject({ version: z.number() });

/** Reads the profile. A damaged file is renamed, so that what replaces it destroys nothing. */
export function readProfile(path: string): ProfileFile {
  const file = readJsonFile(path, profileSchema);
  if (file.found === 'good') return { profile: file.value, isNewer: false };
  const version = readJsonFile(path, anyVersion);
  if (version.found === 'good' && version.value.version > PROFILE_VERSION) return { profile: undefined, isNewer: true };
  if (file.found === 'damaged') renameSync(path, `${path}.damaged`);
  return { profile: undefined, isNewer: false };
}

/** The profile of the running application: what it says, and the one way to change it. */
export type ProfileKeeper = {
  readonly current: () => Profile;
  /** Resolves once the change is on disk; changes queue up. */
  readonly change: (changes: Partial<Profile>) => Promise<void>;
  /** Puts on record that there is a store; costs nothing once it is. */
  readonly storeExists: () => Promise<void>;
};

export function keepProfile(path: string, start: Profile): ProfileKeeper {
  let profile = start;
  let line: Promise<void> = Promise.resolve();
  const change = (changes: Partial<Profile>): Promise<void> => {
    const result = line.then(async () => {
      const next = { ...profile, ...changes };
      await writeJsonFile(path, next);
      profile = next;
    });
    line = result.catch(() => undefined);
    return result;
  };
  return {
    current: () => profile,
    change,
    storeExists: () => (profile.storeExpected ? Promise.resolve() : change({ storeExpected: true })),
  };
}
