import { createHash } from 'node:crypto';
import { SyncError } from '../http/sync-error.ts';
import { sql, type Storage } from '../storage/storage.ts';

/** So many wrong ones are forgiven; then each doubles the time until the next one is looked at. */
const FREE = 5;
const FIRST_WAIT_S = 2;
const LONGEST_WAIT_S = 300;
/** Without a further one for so long, it begins anew. */
const FORGOTTEN_MS = 86_400_000;

// counted before it is looked at: a hundred at once, through any instances, are a hundred
const count = sql(
  'count-guess',
  `insert into sign_in_guess as g (key, failed, open_at) values ($1, 1, $2)
   on conflict (key) do update set
     failed = case when g.open_at <= $3 then 1 else g.failed + 1 end,
     open_at = $2 + make_interval(secs => case when g.open_at <= $3 or g.failed < $4 then 0 else least($5, $6 * power(2, least(g.failed - $4, 30))) end)
   where g.open_at <= $2
   returning failed`,
);
const opensAt = sql('guess-opens-at', 'select open_at from sign_in_guess where key = $1');
const forget = sql('forget-guesses', 'delete from sign_in_guess where key = $1');
const forgetOld = sql('forget-old-guesses', 'delete from sign_in_guess where open_at <= $1 returning key');

/** What is tried: the password of a login, from a device. */
export type Guess = {
  readonly tenant: string;
  readonly login: string;
  /**
   * By what the caller is known apart from the password: a device of this person's, or a code made out for them. Each is counted by itself, so
   * whoever guesses from elsewhere keeps nobody out. Absent: by nothing; all of those are counted together.
   */
  readonly known: string | undefined;
};

/** The row that counts: a digest, for what was typed as a login may be anything, and belongs to no tenant where there is none of that name. */
function keyOf({ tenant, login, known = '' }: Guess): string {
  return createHash('sha256')
    .update(JSON.stringify([tenant, login, known]))
    .digest('base64url');
}

/** Counts a try, whether there is such a login or not. Throws SyncError where it has to wait: it is not looked at then, right or wrong. */
export async function countGuess(storage: Storage, guess: Guess, now: number): Promise<void> {
  const at = new Date(now);
  const key = keyOf(guess);
  const counted = await storage.global(count, [key, at, new Date(now - FORGOTTEN_MS), FREE, LONGEST_WAIT_S, FIRST_WAIT_S]);
  if (counted.length > 0) return;
  const [row] = await storage.global<{ open_at: Date }>(opensAt, [key]);
  const wait = Math.max(1_000, (row?.open_at.getTime() ?? now) - now);
  throw new SyncError(
    'too-many',
    'There were too many wrong tries to sign in as this person. Wait a moment; a device that is signed in already, or a code for a new one, is not held up.',
    wait,
  );
}

/** Forgets what was counted: the person is in. */
export async function forgetGuesses(storage: Storage, guess: Guess): Promise<void> {
  await storage.global(forget, [keyOf(guess)]);
}

/** Forgets what is too old to count. Answers how many. */
export async function forgetOldGuesses(storage: Storage, now: number): Promise<number> {
  return (await storage.global(forgetOld, [new Date(now - FORGOTTEN_MS)])).length;
}
