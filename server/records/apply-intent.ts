import { allRules, runRules } from '#shared/domain/rules/index.ts';
import type { RuleContext } from '#shared/domain/rules/rule.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError, toErrorShape } from '#shared/errors/app-error.ts';
import { SYNC_OLDEST_SCHEMA, SYNC_SCHEMA_VERSION, type Answer, type Intent } from '#shared/contract/sync-contract.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { sameValue } from '#shared/domain/validate/same-value.ts';
import { clampStamp } from '#shared/sync-core/skew.ts';
import { readStamp } from '#shared/sync-core/clock.ts';
import { customerGuard, type CustomerGuard } from '../customers/customer-guard.ts';
import { hasRecord, notYours, type KnownAuthor } from './author.ts';
import { openConflict, type Conflict } from './conflicts.ts';
import { checkIntegrity } from './integrity.ts';
import { openIntentDraft, type Entry, type IntentDraft } from './intent-draft.ts';
import { runOperation, type Run, type SeriesChange } from './operations.ts';
import { followRemovals } from './removal.ts';
import type { StoredRecord } from './stored-record.ts';

export type IntentWorld = {
  /** Records as the intents before this one have left them. */
  readonly view: ReadView;
  /** As the view, deleted ones included. */
  readonly stored: (table: TableName, id: string) => StoredRecord | undefined;
  readonly author: KnownAuthor;
  readonly rules: Omit<RuleContext, 'view'>;
  readonly nowMs: number;
  readonly newId: () => string;
  /** Records are wanting: whatever comes out will be computed again, so a refusal only hides what else is wanting. */
  readonly isWanting: () => boolean;
};

/** A record as an intent leaves it; without `row` it is deleted. */
export type ChangedRecord = { readonly table: TableName; readonly id: string; readonly row: AnyRow | undefined };
export type Applied = {
  readonly answer: Answer;
  readonly changed: readonly ChangedRecord[];
  readonly points: readonly SeriesChange[];
};

/**
 * Runs one intent as a whole: operations with their merges, what follows of removals, the business rules (the same as in the engine),
 * references and unique values. A refusal leaves nothing behind and is an answer; nothing is thrown but faults of our own.
 */
export function applyIntent(world: IntentWorld, intent: Intent): Applied {
  const { seq, id } = intent;
  try {
    return run(world, intent);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return { answer: { seq, id, outcome: 'refused', error: toErrorShape(thrown) }, changed: [], points: [] };
  }
}

function run(world: IntentWorld, intent: Intent): Applied {
  const draft = openIntentDraft(world.view);
  if (!world.author.rights.isCustomer) return runOn(world, draft, intent);
  const guard = customerGuard(draft.view, world.author.user);
  try {
    return runOn({ ...world, author: { ...world.author, sees: guard.sees } }, draft, intent, guard);
  } catch (thrown) {
    throw thrown instanceof AppError ? guard.plain(thrown) : thrown;
  }
}

function runOn(world: IntentWorld, draft: IntentDraft, intent: Intent, guard?: CustomerGuard): Applied {
  const { author, nowMs } = world;
  refuseSchema(intent.schemaVersion);
  const stamp = clampStamp(intent.hlc, nowMs);
  const at = new Date(Math.min(readStamp(stamp)?.ms ?? nowMs, nowMs)).toISOString();
  const state: Run = { draft, stored: world.stored, author, kind: intent.kind, at, conflicts: [], merged: [], numbers: {}, points: [] };
  const late: Conflict[] = [];
  for (const operation of intent.operations) unlessWanting(world, () => runOperation(state, guard?.pass(operation) ?? operation));
  unlessWanting(world, () => late.push(...followRemovals(draft, author.user)));
  unlessWanting(world, () => applyRules(world, draft, intent.kind));
  unlessWanting(world, () => checkIntegrity(draft));
  unlessWanting(world, () => refuseForeign(world, draft));
  unlessWanting(world, () => guard?.refuseConflicts([...state.conflicts, ...late]));
  const opening = { newId: world.newId, at };
  const conflicts = [...new Set([...state.conflicts, ...late].map((conflict) => openConflict(draft, conflict, opening)))];
  const changed = finished(draft, { stamp, at, by: author.user });
  const { merged, numbers } = state;
  const isNothing = changed.length === 0 && state.points.length === 0;
  return {
    changed,
    points: state.points,
    answer: {
      seq: intent.seq,
      id: intent.id,
      outcome: conflicts.length > 0 ? 'conflict' : isNothing ? 'superseded' : merged.length > 0 ? 'merged' : 'applied',
      ...(merged.length === 0 ? {} : { merged }),
      ...(conflicts.length === 0 ? {} : { conflicts }),
      ...(Object.keys(numbers).length === 0 ? {} : { numbers }),
    },
  };
}

function unlessWanting({ isWanting }: IntentWorld, step: () => void): void {
  try {
    step();
  } catch (thrown) {
    if (!isWanting()) throw thrown;
  }
}

function refuseSchema(version: number): void {
  if (version > SYNC_SCHEMA_VERSION)
    throw new AppError('contract', 'This was made by a newer Satchel than the central store knows. Update the central store.');
  if (version < SYNC_OLDEST_SCHEMA)
    throw new AppError('contract', 'This was made by a Satchel that is too old for the central store. Update Satchel and send it again.');
}

function applyRules({ rules }: IntentWorld, draft: IntentDraft, kind: Intent['kind']): void {
  runRules(allRules, {
    context: { ...rules, view: draft.view },
    changes: draft.entries().map(draft.changeOf),
    parts: 'all',
    puttingBack: kind === 'undo' || kind === 'redo',
    apply: ({ table, id, set }) => {
      if (!draft.set(table, id, set, 'update')) return undefined;
      const entry = draft.entryOf(table, id);
      return entry && draft.changeOf(entry);
    },
  });
}

/** Records may be made for others, but only where the person has what they belong to, before or after. */
function refuseForeign({ view, author }: IntentWorld, draft: IntentDraft): void {
  for (const { table, id, before } of draft.entries()) {
    const row = draft.row(table, id);
    if (before !== undefined || row === undefined) continue;
    if (table === 'account' || table === 'engagement') {
      const account = row['account'];
      if (table === 'account' || typeof account !== 'string' || draft.entryOf('account', account)?.before === undefined) {
        const known = typeof account === 'string' ? view.get('account', account) : undefined;
        if (known === undefined || hasRecord(view, author, 'account', known)) continue;
      }
    }
    if (!hasRecord(draft.view, author, table, row) && !hasRecord(view, author, table, row) && !hangsOnNew(draft, table, row))
      throw notYours(table, id);
  }
}

/** Whether a record belongs to one that this very intent makes. */
function hangsOnNew(draft: IntentDraft, table: TableName, row: AnyRow): boolean {
  return Object.entries(tableOf(table).fields).some(([name, { kind, to }]) => {
    const value = row[name];
    if (kind !== 'reference' || typeof value !== 'string' || (to !== 'account' && to !== 'engagement')) return false;
    const entry: Entry | undefined = draft.entryOf(to, value);
    return entry !== undefined && entry.before === undefined;
  });
}

/** Gives every changed record who, when and the stamps of its changed fields; those that are as before are left out. */
function finished(
  draft: IntentDraft,
  { stamp, at, by }: { readonly stamp: string; readonly at: string; readonly by: string },
): readonly ChangedRecord[] {
  return draft.entries().flatMap(({ table, id, before }): readonly ChangedRecord[] => {
    const row = draft.row(table, id);
    if (row === undefined) return before === undefined ? [] : [{ table, id, row: undefined }];
    if (before === undefined) return [{ table, id, row }];
    const fields = Object.keys(tableOf(table).fields).filter((field) => !sameValue(before[field], row[field]));
    if (fields.length === 0) return [];
    const stamps = { ...before.stamps, ...Object.fromEntries(fields.map((field) => [field, stamp])) };
    return [{ table, id, row: { ...row, updatedAt: at, updatedBy: by, stamps } }];
  });
}
