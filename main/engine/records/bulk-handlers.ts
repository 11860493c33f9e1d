import type { Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Change } from '#shared/domain/rules/rule.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Call, EngineContext, Handlers } from '../context.ts';
import { applyToAll, isRefusal, rehearseBulk, type Bulk, type Refusal } from './bulk-change.ts';
import { sameValue } from './equal.ts';
import { targetRows } from './list-handlers.ts';
import { refOf, refsOf } from './refs.ts';

type Input = Parsed<'records.bulk'>;

const MOST = 100_000;
const SAMPLE = 8;
const NAMED = 5;

function bulkOf(context: EngineContext, { table, target, change }: Input): Bulk {
  const rows = targetRows(context, table, target);
  if (rows.length > MOST)
    throw new AppError('limit', `At most ${MOST.toLocaleString('en')} records can be changed at once.`, {
      wayOut: 'Filter the list first.',
    });
  return { table, rows, change };
}

/** Refusals by their reason: those of one rule, and those that differ in figures only, say the same of different records. */
function shownRefusals({ view }: EngineContext, table: TableName, refusals: readonly Refusal[]) {
  const reasons = Map.groupBy(refusals, ({ error }) => error.details?.rule ?? error.message.replaceAll(/\d+/g, '#'));
  return [...reasons.values()].map((alike) => {
    const error = alike[0]?.error;
    return {
      message: error?.message ?? '',
      ...(error?.details?.rule === undefined ? {} : { rule: error.details.rule }),
      count: alike.length,
      first: alike.slice(0, NAMED).map(({ row }) => refOf(table, row, view)),
    };
  });
}

const isChanged = ({ action, before, after }: Change): boolean =>
  action !== 'update' || before === undefined || differing(before, after).length > 0;

function differing(before: AnyRow, after: AnyRow | undefined): readonly string[] {
  if (after === undefined) return [];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !sameValue(before[field], after[field]));
}

async function preview(context: EngineContext, input: Input, call: Call) {
  const bulk = bulkOf(context, input);
  const { table, rows } = bulk;
  const { view } = context;
  const { allowed, refused, changes } = await rehearseBulk(context, bulk, call);
  const chosen = new Set(allowed.map(({ id }) => id));
  const done = changes.filter(isChanged);
  const own = done.filter((change) => change.table === table && chosen.has(change.id));
  const others = Map.groupBy(
    done.filter((change) => change.table !== table || !chosen.has(change.id)),
    (change) => change.table,
  );
  const sampled = own.slice(0, SAMPLE);
  const states = sampled.flatMap(({ before, after }) => [before, after]).filter((row) => row !== undefined);
  return {
    total: rows.length,
    changing: own.length,
    unchanged: allowed.length - own.length,
    refused: shownRefusals(context, table, refused),
    refusedCount: refused.length,
    sample: sampled.flatMap(({ before, after }) => {
      if (before === undefined) return [];
      const was: AnyRow = before;
      const becomes: AnyRow | undefined = after;
      const fields = differing(was, becomes);
      return [
        {
          record: refOf(table, was, view),
          changes: fields.map((field) => ({ field, before: was[field] ?? null, after: becomes?.[field] ?? null })),
        },
      ];
    }),
    also: [...others].map(([other, found]) => ({
      table: other,
      count: found.length,
      first: found.slice(0, NAMED).flatMap(({ before, after }) => {
        const row = after ?? before;
        return row === undefined ? [] : [refOf(other, row, view)];
      }),
    })),
    refs: refsOf(table, states, view),
  };
}

const VERBS = { set: 'Change', close: 'Close', cancel: 'Cancel', reopen: 'Reopen', delete: 'Delete' } as const;

/** What undo and the activity stream call it. */
function labelOf({ table, change, reason = '' }: Input, count: number): string {
  const { label, plural } = tableOf(table);
  const what = `${VERBS[change.action]} ${count.toLocaleString('en')} ${(count === 1 ? label : plural).toLowerCase()}`;
  return reason.trim() === '' ? what : `${what}: ${reason.trim()}`;
}

/** Rows that the patch leaves as they are; what rules would do to them is not asked for. */
function isAlready(row: AnyRow, { change }: Input): boolean {
  return change.action === 'set' && Object.entries(change.patch).every(([field, value]) => sameValue(row[field], value ?? undefined));
}

async function run(context: EngineContext, input: Input, call: Call) {
  const bulk = bulkOf(context, input);
  const { table } = bulk;
  let rows = bulk.rows.filter((row) => !isAlready(row, input));
  const unchanged = bulk.rows.length - rows.length;
  const refused: Refusal[] = [];
  const answer = (changeSetId: string | undefined) => ({
    ...(changeSetId === undefined ? {} : { changeSetId }),
    changed: rows.length,
    unchanged,
    refused: shownRefusals(context, table, refused),
    refusedCount: refused.length,
  });
  // records may change while it is found out who is refused: then once more
  for (let trial = 0; rows.length > 0; trial += 1) {
    const meta = { ...call, label: labelOf(input, rows.length) };
    try {
      const { changeSetId } = await context.records.run(meta, (draft) =>
        applyToAll(context, draft, { ...bulk, rows }, call, 'Changing records'),
      );
      return answer(changeSetId);
    } catch (thrown) {
      if (!isRefusal(thrown) || trial === 3) throw thrown;
      const found = await rehearseBulk(context, { ...bulk, rows }, call);
      if (found.refused.length === 0) continue;
      refused.push(...found.refused);
      rows = [...found.allowed];
    }
  }
  return answer(undefined);
}

/** REC-37: changes of many records. */
export const bulkHandlers: Handlers<'records.bulk' | 'records.bulkPreview'> = {
  'records.bulkPreview': preview,
  'records.bulk': run,
};
