import type { PullPage, PulledRow } from '#shared/contract/sync-contract.ts';
import { areSound, POINTS_TABLE, type SegmentValues } from '#shared/sync-core/points.ts';
import { areTooManyDeletions } from '#shared/sync-core/deletions.ts';
import { isTableName, type AnyRow } from '#shared/model/dictionary.ts';
import { eachStep } from '../host/in-turns.ts';
import type { OpenWriter } from '../records/writer.ts';
import type { Store } from '../store/store.ts';
import type { SyncRow, SyncRows } from '../store/sync-rows.ts';
import type { Deed } from './deeds.ts';
import { ownKey } from './as-sent.ts';
import { ownWordsOf } from './own-words.ts';
import { planRows, type RowPlan } from './plan-rows.ts';
import type { Queue } from './queue.ts';
import {
  ANSWERED,
  ADOPTED,
  CUTS,
  kept,
  keptUnder,
  KNOWN_TABLES,
  PURGE,
  SENT,
  STANDING,
  standingOf,
  type Adopted,
  type SentDeed,
  type Standing,
} from './sync-keys.ts';

export type Applying = { readonly store: Store; readonly writer: OpenWriter; readonly queue: Queue; readonly newId: () => string };

/** How many records a pull has deleted so far, of how many there were when it began. */
export type Deletions = { readonly deleted: number; readonly of: number };
export type Applied = { readonly deletions: Deletions; readonly asks: boolean };

/** What every pulled page is called in the history. */
const LABEL = 'From the central store';

/** A pulled record as a row of ours; fields that this version does not know stay in it (S14). */
function rowOf({ id, values, stamps }: PulledRow): AnyRow {
  // the server checked it against the dictionary; the revision is this device's own and set when it is written
  return { ...values, id, rev: 1, ...(stamps === undefined ? {} : { stamps }) } as unknown as AnyRow;
}

/** It is no longer this device's. */
export const CONFIRM_FORGOTTEN = { what: 'forgotten' } as const;

/** What a row of a page says; a segment's is data points (`shared/sync-core/points.ts`). */
export function confirmedBy(row: PulledRow): Parameters<RowPlan['confirm']>[2] {
  const { table, values, version, scope } = row;
  if (values === undefined) return { what: 'deleted' };
  if (table !== POINTS_TABLE) return { what: 'row', row: rowOf(row), version, scope };
  const { start, end, value } = values as SegmentValues; // what the server keeps under this name
  // one that cannot be read must not keep all others back
  const points = Array.isArray(end) && areSound({ start, end, value }) ? { start, end, value } : { start: [], end: [], value: [] };
  return { what: 'points', points, version, scope };
}

/**
 * Applies a page as one change set (S8): new rows with deeds on top that the page does not have yet, what is deleted, what is no longer this
 * device's, and the cursor with it. On the last page deeds whose effect has come back are done with. Asks instead where more than half
 * of everything would be deleted (S12) and the person has not agreed.
 */
export async function applyPage(
  { store, writer, queue, newId }: Applying,
  page: PullPage,
  before: Deletions,
  agreed: boolean,
  now: string,
): Promise<Applied> {
  let applied: Applied = { deletions: before, asks: false };
  await writer.bring(async (inTurns) => {
    const standing = standingOf(store.sync);
    if (standing === undefined) return undefined;
    const { known } = queue;
    const isLast = !page.more;
    const isLoaded = isLast && standing.loading;
    await inTurns(queue.index());
    // what the person deleted themselves they know
    const gone = page.rows.filter(
      ({ table, id, values }) => values === undefined && isTableName(table) && store.rows.table(table).get(id) !== undefined,
    );
    // what a load anew did not bring is not there any more
    const inPage = new Set(page.rows.map(({ table, id }) => `${table}/${id}`));
    const doubtful = isLoaded ? known.doubtful().filter((name) => !inPage.has(name)) : [];
    const deletions = { deleted: before.deleted + gone.length + doubtful.length, of: before.of };
    applied = { deletions, asks: !agreed && areTooManyDeletions(deletions.deleted, deletions.of) };
    if (applied.asks) return undefined;

    const isConfirmed = queue.confirmedBy(page.acknowledged);
    const change = known.begin();
    const plan = planRows(store, queue, change, { isConfirmed, isRefused: () => false }, !standing.loading);
    for (const scope of page.forget)
      for (const name of known.inScope(scope)) forgetNamed(name, (table, id) => plan.confirm(table, id, CONFIRM_FORGOTTEN));
    for (const { table, id } of page.forgetRows) if (known.version(table, id) !== undefined) plan.confirm(table, id, CONFIRM_FORGOTTEN);
    for (const name of doubtful) forgetNamed(name, (table, id) => plan.confirm(table, id, CONFIRM_FORGOTTEN));
    await inTurns(
      eachStep(page.rows, (row) => {
        plan.confirm(row.table, row.id, confirmedBy(row));
      }),
    );
    const done = new Set(isLast ? queue.deeds().filter((deed) => isDone(deed, page.acknowledged)) : []);
    for (const deed of done) {
      for (const { table, id } of deed.rows) plan.recompute(table, id);
      for (const one of deed.series) plan.recomputePoints(one);
    }
    const { rows, puts, removes, put, remove, forgotten, points, leaving } = await inTurns(plan.finish());
    const own = await ownWordsOf({ store, queue }, leaving, points.forgotten);
    const sent = new Map([...done].map((deed) => [deed, sentDeed(store, deed, now)]));
    // of what was refused the list of refused changes has the words
    const needless = new Set([...sent].flatMap(([{ key }, rest]) => (rest.length === 0 ? [ownKey(key)] : [])));
    const written = change.writes();
    const today = now.slice(0, 10);
    const old = done.size > 0 && standing.tidied !== today ? oldDeeds(store.sync, now) : [];
    const purge: readonly SyncRow[] = forgotten.length === 0 ? [] : [kept(PURGE + newId(), forgotten)];
    const next: Standing = {
      ...standing,
      cursor: page.cursor,
      ...(done.size > 0 ? { tidied: today } : {}),
      ...(isLast ? { loading: false, lastSync: now, tables: isLoaded ? KNOWN_TABLES : standing.tables } : {}),
    };
    // a pull that brings nothing leaves nothing to be written, every half minute
    const isNews =
      rows.length + points.after.size + put.length + remove.length + written.put.length + written.remove.length + done.size > 0;
    if (!isNews && !isLoaded && standing.cursor === page.cursor) return undefined;
    return {
      label: LABEL,
      rows,
      puts,
      removes,
      points,
      sync: {
        put: [
          ...put,
          ...written.put,
          ...purge,
          ...own.filter(({ key }) => !needless.has(key)),
          ...[...sent.values()].flat(),
          kept(STANDING, next),
        ],
        remove: [...remove, ...written.remove, ...old, ...needless, ...[...done].flatMap(({ key }) => [ANSWERED + key, ADOPTED + key])],
        sent: [...done].flatMap(({ seq }) => (seq === undefined ? [] : [seq])),
      },
      shown: () => {
        change.show();
        queue.drop(done);
      },
    };
  });
  return applied;
}

/** Takes a record's name apart. */
export function forgetNamed(name: string, act: (table: string, id: string) => void): void {
  const at = name.indexOf('/');
  act(name.slice(0, at), name.slice(at + 1));
}

/** What is remembered of a deed that is done with; nothing where none of it was taken in. */
function sentDeed({ sync }: Store, { key, seq, id, parts }: Deed, at: string): readonly SyncRow[] {
  const last = Math.max(0, ...parts.flatMap(({ answer }) => (answer === undefined || answer.outcome === 'refused' ? [] : [answer.seq])));
  if (last === 0) return [];
  const adopted = seq === undefined ? (sync.get(ADOPTED + key) as Adopted | undefined) : undefined; // kept by adopt.ts
  const deed: SentDeed = { last, id, at, key: seq === undefined ? ADOPTED + key : key, ...(seq === undefined ? { adopted } : { seq }) };
  return [kept(SENT + key, deed)];
}

/** So long a deed that is done with is remembered, and so many at most: a server that is put back to an older backup does not get it again. */
const REMEMBERED_DAYS = 60;
const REMEMBERED = 20_000;
const DAY_MS = 86_400_000;

/** What is remembered of deeds that every backup has by now (S13). */
function oldDeeds(sync: SyncRows, now: string): readonly string[] {
  const before = new Date(Date.parse(now) - REMEMBERED_DAYS * DAY_MS).toISOString();
  const all = keptUnder<SentDeed>(sync, SENT).toSorted((a, b) => a.value.last - b.value.last);
  const most = all.length - REMEMBERED;
  const old = all.filter(({ value: { at } }, index) => index < most || (at !== undefined && at < before));
  return old.flatMap(({ key }) => [key, CUTS + key.slice(SENT.length), ownKey(key.slice(SENT.length))]);
}

/** Whether all of a deed was answered and what it did has come back. */
function isDone({ parts }: Deed, acknowledged: number): boolean {
  return parts.every(({ answer }) => answer !== undefined && answer.seq <= acknowledged);
}

/** Takes what was forgotten out of history, image and second copy, also after a kill in between (S9). */
export async function purgeForgotten({ store, writer }: Applying): Promise<void> {
  const waiting = store.sync.under(PURGE);
  if (waiting.length === 0) return;
  // written by applyPage
  const records = waiting.flatMap(({ value }) => value as readonly { readonly table: string; readonly id: string }[]);
  await store.purge(records.flatMap(({ table, id }) => (isTableName(table) ? [{ table, id }] : [])));
  await writer.bring(async () => ({
    label: LABEL,
    rows: [],
    puts: new Map(),
    removes: new Map(),
    sync: { remove: waiting.map(({ key }) => key) },
  }));
}
