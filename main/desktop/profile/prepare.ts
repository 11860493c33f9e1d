import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { segmentsIn, snapshotsIn } from '../journal/file-names.ts';
import { readProfile } from './profile-file.ts';
import { pinnedFeatures, startPlan, type StartPlan } from './start-plan.ts';

/** Where things lie below the user's folder for Satchel, outside Chromium's own folders. */
export type Places = {
  readonly profile: string;
  readonly window: string;
  /** Which reminders were shown. */
  readonly reminders: string;
  readonly journal: string;
  /** The bytes of attachments, named by their SHA-256. */
  readonly files: string;
  /** The central store that the person agreed to. */
  readonly central: string;
  /** The mail server that the person agreed to, and what was handed to it. */
  readonly mailServer: string;
  readonly mailLog: string;
  /** Sealed by the system's key store. */
  readonly secrets: string;
  readonly log: string;
};

export type Prepared = { readonly plan: StartPlan; readonly places: Places };

/** The part of Electron's command line that is needed. */
export type Switches = {
  readonly getSwitchValue: (name: string) => string;
  readonly appendSwitch: (name: string, value: string) => void;
};

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const newer = 'A newer Satchel was used here before. Install that version again to open your records. Nothing was changed.';

/** Decides how to start, and pins Chromium's IndexedDB backend while that is still possible. */
export function prepareProfile(userData: string, switches: Switches, chromeVersion: string): Prepared {
  const places: Places = {
    profile: join(userData, 'profile.json'),
    window: join(userData, 'window.json'),
    reminders: join(userData, 'reminders.json'),
    journal: join(userData, 'journal'),
    files: join(userData, 'files'),
    central: join(userData, 'central.json'),
    mailServer: join(userData, 'mail-server.json'),
    mailLog: join(userData, 'mail-log.jsonl'),
    secrets: join(userData, 'secrets.json'),
    log: join(userData, 'logs', 'main.log'),
  };
  const { profile, isNewer } = readProfile(places.profile);
  if (isNewer) return { plan: { plan: 'refuse', why: newer }, places };
  const files = namesIn(places.journal);
  const plan = startPlan({
    profile,
    journalFilled: segmentsIn(files).length > 0 || snapshotsIn(files).length > 0,
    partitions: namesIn(join(userData, 'Partitions')),
    chromium: Number.parseInt(chromeVersion, 10),
    newDeviceId: randomUUID(),
  });
  if (plan.plan === 'refuse') return { plan, places };
  const { backend } = plan.plan === 'open' ? plan.profile : plan.restored;
  const given = { enable: switches.getSwitchValue('enable-features'), disable: switches.getSwitchValue('disable-features') };
  const { enable, disable } = pinnedFeatures(backend, given);
  if (enable !== '') switches.appendSwitch('enable-features', enable);
  if (disable !== '') switches.appendSwitch('disable-features', disable);
  return { plan, places };
}
