import { formatNumber, formatTime, formatInstant, plural } from '../../ui/format.ts';
import type { IconName } from '../../ui/icon-paths.ts';
import type { SyncState, SyncStatus } from './sync-types.ts';

/** How a state looks: `calm` needs nobody, `busy` goes on by itself, `warn` waits for something, `ask` waits for the person. */
export type Tone = 'calm' | 'busy' | 'warn' | 'ask';
export type SyncLook = {
  readonly icon: IconName;
  readonly tone: Tone;
  /** Two or three words, for the footer. */
  readonly short: string;
  /** What it means for the person's work. */
  readonly sentence: string;
};

type Counts = Pick<SyncStatus, 'pending' | 'conflicts' | 'refused'>;

const changes = (count: number) => plural(count, 'change');

/** "12 of 40", "12" while the whole is not known. */
function share({ done, of }: { readonly done: number; readonly of?: number | undefined }): string {
  return of === undefined ? formatNumber(done, 0) : `${formatNumber(done, 0)} of ${formatNumber(of, 0)}`;
}

/** Percent of the work under way; undefined while the whole is not known. */
export function percentOf(progress: SyncStatus['progress']): number | undefined {
  if (progress?.of === undefined || progress.of === 0) return undefined;
  return Math.min(100, Math.floor((100 * progress.done) / progress.of));
}

function percentWords(progress: SyncStatus['progress']): string {
  const percent = percentOf(progress);
  return percent === undefined ? '' : ` ${formatNumber(percent, 0)} %`;
}

const WORKING = { sending: 'Sending', fetching: 'Fetching', loading: 'Loading' } as const;
const WORK = {
  sending: 'Your changes are being sent',
  fetching: 'Changes of others are being fetched',
  loading: 'Your records are being loaded',
} as const;

/** What waits here and goes up by itself later: "12 changes are kept here and sent later." */
function kept(pending: number, when: string): string {
  if (pending === 0) return '';
  return pending === 1 ? ` 1 change is kept here and sent ${when}.` : ` ${changes(pending)} are kept here and sent ${when}.`;
}

type Look = (status: SyncStatus) => SyncLook;
const LOOKS: Readonly<Record<SyncState, Look>> = {
  local: () => ({
    icon: 'database',
    tone: 'calm',
    short: 'Only on this device',
    sentence:
      'Your records are on this device only. Connect it to a central store to share them with your team and to have them elsewhere.',
  }),
  'signed-out': ({ pending, connection }) => ({
    icon: 'lock',
    tone: 'ask',
    short: 'Signed out',
    sentence: `You are signed out${connection === undefined ? '' : ` of ${connection.tenant}`}. Everything that is here stays, and you can go on working.${kept(pending, 'once you sign in again')}`,
  }),
  'first-load': ({ progress }) => ({
    icon: 'import',
    tone: 'busy',
    short: `Loading records${percentWords(progress)}`,
    sentence: `Your records are coming from the central store${progress === undefined ? '' : `: ${share(progress)} so far`}. You can work meanwhile; what is not here yet appears by itself.`,
  }),
  idle: ({ pending }) => ({
    icon: 'check',
    tone: 'calm',
    short: 'Up to date',
    sentence: pending === 0 ? 'Everything here and in the central store is the same.' : `${changes(pending)} will be sent in a moment.`,
  }),
  working: ({ progress }) => ({
    icon: 'refresh',
    tone: 'busy',
    short: `${WORKING[progress?.what ?? 'fetching']}${percentWords(progress)}`,
    sentence: `${WORK[progress?.what ?? 'fetching']}${progress === undefined ? '' : `: ${share(progress)}`}.`,
  }),
  offline: ({ pending }) => ({
    icon: 'cloudOff',
    tone: 'warn',
    short: 'Offline',
    sentence: `The central store cannot be reached. You can go on working with everything that is here.${kept(pending, 'as soon as it answers')}`,
  }),
  paused: ({ pending }) => ({
    icon: 'clock',
    tone: 'warn',
    short: 'Paused',
    sentence: `Nothing is sent or fetched for the moment. You can go on working with everything that is here.${kept(pending, 'when it goes on')}`,
  }),
  asks: () => ({
    icon: 'help',
    tone: 'ask',
    short: 'Needs your answer',
    sentence: 'Much is about to be deleted, so everything waits until you have said whether that is meant.',
  }),
  'too-old': ({ pending }) => ({
    icon: 'risks',
    tone: 'ask',
    short: 'Update needed',
    sentence: `This version of Satchel is too old for the central store. You can go on working here.${kept(pending, 'after the update')}`,
  }),
};

/** A state in words and signs. */
export function lookOf(status: SyncStatus): SyncLook {
  return LOOKS[status.state](status);
}

/** What waits for a decision: "2 conflicts, 1 refused change"; empty where nothing does. */
export function decisionWords({ conflicts, refused }: Counts): string {
  return [...(conflicts === 0 ? [] : [plural(conflicts, 'conflict')]), ...(refused === 0 ? [] : [plural(refused, 'refused change')])].join(
    ', ',
  );
}

/** What is said to a screen reader when the state turns from one into another; undefined where silence is better. */
export function announcementOf(before: SyncStatus | undefined, after: SyncStatus): string | undefined {
  if (before === undefined) return undefined;
  const more: string[] = [];
  if (after.conflicts > before.conflicts) more.push(`${plural(after.conflicts - before.conflicts, 'new conflict')} to settle`);
  if (after.refused > before.refused) more.push(`${plural(after.refused - before.refused, 'change')} refused by the central store`);
  const look = lookOf(after);
  const isNews = before.state !== after.state && (look.tone === 'ask' || look.tone === 'warn' || isBack(before, after));
  const words = [...(isNews ? [isBack(before, after) ? 'Connected to the central store again' : look.short] : []), ...more];
  return words.length === 0 ? undefined : `${words.join('. ')}.`;
}

/** Ordinary sending and fetching is not worth a word; the end of trouble, and of the first load, is. */
function isBack(before: SyncStatus, after: SyncStatus): boolean {
  const troubled: readonly SyncState[] = ['offline', 'paused', 'signed-out', 'too-old', 'asks', 'first-load'];
  return troubled.includes(before.state) && after.state === 'idle';
}

/** What a person can do about a problem; `wait` is also offered as "Try now". */
export type WayOut = 'sign-in' | 'try-now' | 'update' | 'answer' | 'none';

const WAYS: Readonly<Record<string, WayOut>> = {
  unauthorized: 'sign-in',
  'approval-needed': 'sign-in',
  forbidden: 'sign-in',
  'too-old-client': 'update',
};

/** The button that stands beside the state. */
export function wayOutOf({ state, problem }: SyncStatus): WayOut {
  if (state === 'local' || state === 'signed-out') return 'sign-in';
  if (state === 'asks') return 'answer';
  if (state === 'too-old') return 'update';
  return problem === undefined ? 'try-now' : (WAYS[problem.code] ?? 'try-now');
}

/** "10:24" for today, the whole date otherwise. `now` in milliseconds. */
export function momentWords(instant: string, now: number, timeZone: string): string {
  const day = (at: Date) => at.toLocaleDateString('en-CA', { timeZone });
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  return day(at) === day(new Date(now)) ? formatTime(instant, timeZone) : formatInstant(instant, timeZone);
}

/** "in 12 seconds", "in 3 minutes", "now": when the next try is. `now` in milliseconds. */
export function untilWords(instant: string, now: number): string {
  const seconds = Math.ceil((Date.parse(instant) - now) / 1000);
  if (!(seconds > 0)) return 'now';
  if (seconds < 60) return `in ${plural(seconds, 'second')}`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `in ${plural(minutes, 'minute')}` : `in ${plural(Math.round(minutes / 60), 'hour')}`;
}

/** Clocks that differ by less do no harm (S2). */
const SKEW_TOLD_MS = 120_000;

/** "The clock of this device is 7 minutes ahead."; undefined where it is right enough. */
export function skewWords(clockAheadMs: number | undefined): string | undefined {
  if (clockAheadMs === undefined || Math.abs(clockAheadMs) < SKEW_TOLD_MS) return undefined;
  const minutes = Math.round(Math.abs(clockAheadMs) / 60_000);
  const far =
    minutes < 120
      ? plural(minutes, 'minute')
      : minutes < 2_880
        ? plural(Math.round(minutes / 60), 'hour')
        : plural(Math.round(minutes / 1_440), 'day');
  return `The clock of this device is ${far} ${clockAheadMs > 0 ? 'ahead' : 'behind'}.`;
}

type Deletions = NonNullable<SyncStatus['deletions']>;
/** The question before much is deleted, and what each answer does (S12). */
export function deletionWords({ where, deleted, of }: Deletions) {
  const figures = `${formatNumber(deleted, 0)} of ${plural(of, 'record')}`;
  return where === 'server'
    ? {
        title: `Delete ${figures} in the central store?`,
        text: `You have deleted ${figures} on this device. If you go on, they are deleted for everyone. Nothing has been deleted there yet.`,
        yes: `Delete ${formatNumber(deleted, 0)} for everyone`,
        no: 'Bring them back here',
      }
    : {
        title: `Let ${figures} be deleted on this device?`,
        text: `In the central store ${figures} that you have were deleted. If that was meant, they go here too. Nothing has been deleted here yet.`,
        yes: `Delete ${formatNumber(deleted, 0)} here`,
        no: 'Keep them and stop here',
      };
}
