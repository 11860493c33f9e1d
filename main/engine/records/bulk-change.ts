import type { BulkChange } from '#shared/contract/areas/lists.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Change } from '#shared/domain/rules/rule.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import type { Call, Draft, EngineContext } from '../context.ts';
import { refuseCancelled, sliceClock } from '../host/in-turns.ts';

/** What is to be done to which records of a type. */
export type Bulk = { readonly table: TableName; readonly rows: readonly AnyRow[]; readonly change: BulkChange };
/** A record that a change is refused for, and why. */
export type Refusal = { readonly row: AnyRow; readonly error: AppError };

/** Records after which others have a turn at the latest; on a slow machine they have it sooner. */
const SLICE = 250;
/** Refusals that only show when all are changed together (two records that would become the same) are looked for so often. */
const MOST_TRIALS = 50;

/** Does it to one record of an open command. Throws what a single change would throw. */
export function applyTo(draft: Draft, table: TableName, id: string, change: BulkChange): void {
  switch (change.action) {
    case 'set':
      // the validators check every value before anything is kept
      return draft.update(table, id, change.patch);
    case 'close':
      return draft.close(table, id, change.closureCode, change.closeNotes);
    case 'cancel':
      return draft.cancel(table, id, change.closeNotes);
    case 'reopen':
      return draft.reopen(table, id);
    case 'delete':
      // it may have gone with another one that it belongs to
      return draft.view.get(table, id) === undefined ? undefined : draft.remove(table, id);
  }
}

/** Does it to all records, with turns for others in between. Throws the first refusal, and `cancelled`. */
export async function applyToAll(
  context: EngineContext,
  draft: Draft,
  { table, rows, change }: Bulk,
  call: Call,
  step: string,
): Promise<void> {
  const clock = sliceClock();
  for (const [at, { id }] of rows.entries()) {
    if (at % SLICE === 0 || clock.isOver()) {
      call.progress({ step, done: at, total: rows.length });
      await context.host.yieldTurn();
      refuseCancelled(call.signal);
      clock.restart();
    }
    applyTo(draft, table, id, change);
  }
  call.progress({ step: 'Checking the rules', done: 0, total: 0 });
}

/** Whether an error is about the records and not about the engine or the person's wish to stop. */
export function isRefusal(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && ['rule', 'validation', 'conflict', 'not-found', 'permission'].includes(thrown.code);
}

export type Rehearsed = {
  /** Records that can be changed, together. */
  readonly allowed: readonly AnyRow[];
  readonly refused: readonly Refusal[];
  /** Everything that would change, consequences included. */
  readonly changes: readonly Change[];
};

/**
 * Finds out what the change would do: tries all records together, and where that is refused each by itself, then those
 * together that were not refused. Throws what is wrong with the change itself or stays refused whatever is left out.
 */
export async function rehearseBulk(context: EngineContext, bulk: Bulk, call: Call): Promise<Rehearsed> {
  const together = (rows: readonly AnyRow[]) =>
    context.records.rehearse(call, (draft) => applyToAll(context, draft, { ...bulk, rows }, call, 'Looking what would change'));
  const first = await together(bulk.rows).catch(refusalOf);
  if (!(first instanceof AppError)) return { allowed: bulk.rows, refused: [], changes: first.changes };
  const { allowed, refused } = await eachAlone(context, bulk, call);
  return trim(together, allowed, refused);
}

const refusalOf = (thrown: unknown): AppError => {
  if (isRefusal(thrown)) return thrown;
  throw thrown;
};

async function eachAlone(context: EngineContext, { table, rows, change }: Bulk, call: Call) {
  const allowed: AnyRow[] = [];
  const refused: Refusal[] = [];
  for (const [at, row] of rows.entries()) {
    if (at % SLICE === 0) {
      call.progress({ step: 'Looking who is refused', done: at, total: rows.length });
      await context.host.yieldTurn();
      if (call.signal.aborted) throw new AppError('cancelled', 'Cancelled. Nothing was changed.');
    }
    try {
      await context.records.rehearse(call, (draft) => applyTo(draft, table, row.id, change));
      allowed.push(row);
    } catch (thrown) {
      refused.push({ row, error: refusalOf(thrown) });
    }
  }
  return { allowed, refused };
}

/** Leaves out what is refused only together with the others, one by one. */
async function trim(
  together: (rows: readonly AnyRow[]) => Promise<{ readonly changes: readonly Change[] }>,
  allowed: readonly AnyRow[],
  refused: readonly Refusal[],
): Promise<Rehearsed> {
  let left = allowed;
  const out = [...refused];
  for (let trial = 0; ; trial += 1) {
    if (left.length === 0) return { allowed: left, refused: out, changes: [] };
    const done = await together(left).catch(refusalOf);
    if (!(done instanceof AppError)) return { allowed: left, refused: out, changes: done.changes };
    const culprit = left.find(({ id }) => id === done.details?.recordId);
    if (culprit === undefined || trial === MOST_TRIALS) throw done;
    out.push({ row: culprit, error: done });
    left = left.filter((row) => row !== culprit);
  }
}
