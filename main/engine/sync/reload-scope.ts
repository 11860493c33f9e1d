import type { PullPage } from '#shared/contract/sync-contract.ts';
import { areTooManyDeletions } from '#shared/sync-core/deletions.ts';
import { readCursor } from '#shared/sync-core/cursor.ts';
import { scopeChecksum } from '#shared/sync-core/checksum.ts';
import { eachStep } from '../host/in-turns.ts';
import { CONFIRM_FORGOTTEN, confirmedBy, forgetNamed, type Applying } from './apply-page.ts';
import type { CentralStore } from './central-store.ts';
import { ownWordsOf } from './own-words.ts';
import { planRows } from './plan-rows.ts';
import { kept, nameOf, PURGE, STANDING, standingOf } from './sync-keys.ts';

const LABEL = 'From the central store';
const NOTHING = scopeChecksum([]);
const PAGE_ROWS = 2_000;

/** What comparing came to: nothing differs, others have changed something meanwhile, or these scopes differ (S12). */
export type Compared = 'same' | 'later' | readonly string[];

/** Compares the checksums of all scopes, those that the device does not have at all included. */
export async function compareScopes({ store, queue }: Applying, central: CentralStore, signal: AbortSignal): Promise<Compared> {
  const cursor = standingOf(store.sync)?.cursor;
  const mark = cursor === undefined ? undefined : readCursor(cursor);
  if (mark === undefined || mark.fill !== undefined) return 'later';
  const there = new Map<string, string>();
  let after: string | undefined;
  do {
    const { head, checksums, next } = await central.checksums(after, signal);
    if (head !== mark.rows) return 'later';
    for (const [scope, sum] of Object.entries(checksums)) there.set(scope, sum);
    after = next;
  } while (after !== undefined);
  const all = new Set([...queue.known.scopes(), ...there.keys()]);
  const differing = [...all].filter((scope) => queue.known.checksum(scope) !== (there.get(scope) ?? NOTHING));
  return differing.length === 0 ? 'same' : differing;
}

/**
 * Loads one scope again as it is now (S12): what comes takes the place of what is here, and what does not come is not there any more. Answers false where
 * that would be too much of everything, or others have changed something meanwhile: nothing is taken away then.
 */
export async function reloadScope(applying: Applying, central: CentralStore, scope: string, signal: AbortSignal): Promise<boolean> {
  const { queue, store } = applying;
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let more = true; more;) {
    const page = await central.pull({ scope, cursor, limit: PAGE_ROWS }, signal);
    for (const { table, id } of page.rows) seen.add(nameOf(table, id));
    const here = standingOf(store.sync)?.cursor;
    const mark = here === undefined ? undefined : readCursor(here);
    const isCurrent = readCursor(page.cursor)?.rows === mark?.rows;
    const left = page.more ? [] : queue.known.inScope(scope).filter((name) => !seen.has(name));
    if (!isCurrent || areTooManyDeletions(left.length, queue.known.size())) return false;
    await applyScopePage(applying, page, left);
    ({ cursor, more } = page);
  }
  return true;
}

async function applyScopePage({ store, writer, queue, newId }: Applying, page: PullPage, left: readonly string[]): Promise<void> {
  await writer.bring(async (inTurns) => {
    await inTurns(queue.index());
    const change = queue.known.begin();
    const plan = planRows(store, queue, change, { isConfirmed: queue.confirmedBy(page.acknowledged), isRefused: () => false }, true);
    await inTurns(eachStep(page.rows, (row) => plan.confirm(row.table, row.id, confirmedBy(row))));
    for (const name of left) forgetNamed(name, (table, id) => plan.confirm(table, id, CONFIRM_FORGOTTEN));
    const { put, remove, forgotten, leaving, ...planned } = await inTurns(plan.finish());
    const own = await ownWordsOf({ store, queue }, leaving, planned.points.forgotten);
    const written = change.writes();
    const purge = forgotten.length === 0 ? [] : [kept(PURGE + newId(), forgotten)];
    return {
      label: LABEL,
      ...planned,
      sync: { put: [...put, ...written.put, ...purge, ...own], remove: [...remove, ...written.remove] },
      shown: change.show,
    };
  });
}

/** Counts scopes that differed (S12). */
export async function countMismatches({ store, writer }: Applying, count: number): Promise<void> {
  await writer.bring(async () => {
    const standing = standingOf(store.sync);
    if (standing === undefined) return undefined;
    const next = { ...standing, mismatches: standing.mismatches + count };
    return { label: '', rows: [], puts: new Map(), removes: new Map(), sync: { put: [kept(STANDING, next)] } };
  });
}
