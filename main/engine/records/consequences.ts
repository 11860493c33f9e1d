import type { BulkChange } from '#shared/contract/areas/lists.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { Change } from '#shared/domain/rules/rule.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Call, EngineContext } from '../context.ts';
import { rehearseBulk, type Refusal } from './bulk-change.ts';
import { sameValue } from './equal.ts';
import { refOf } from './refs.ts';

type Consequences = Output<'records.consequences'>;
type Group = Consequences['changes'][number];
type What = Group['what'];

/** Records named of each kind of change. */
const NAMED = 20;
/** Stands for what a person has not written yet; nothing is kept. */
const NOTES = '…';

/**
 * What else ending, reopening or deleting records would change, and whom it is refused for: the command itself is carried out,
 * rules and all, and nothing of it is kept. Throws `not-found` where a record is gone.
 */
export async function consequencesOf(
  context: EngineContext,
  { table, ids, action }: Parsed<'records.consequences'>,
  call: Call,
): Promise<Consequences> {
  const { view } = context;
  const rows = ids.map((id): AnyRow => {
    const row: AnyRow | undefined = view.get(table, id);
    if (row !== undefined) return row;
    throw new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more.`, { table, recordId: id });
  });
  const { allowed, refused, changes } = await rehearseBulk(context, { table, rows, change: changeOf(table, action) }, call);
  const asked = new Set(ids);
  const others = changes.filter((change) => change.table !== table || !asked.has(change.id));
  return {
    allowed: allowed.length,
    changes: grouped(context, others),
    refused: refused.slice(0, NAMED).map((refusal) => refusedRecord(context, table, refusal)),
    refusedCount: refused.length,
  };
}

/** The deed with what a person would have to say, which rules do not look into. */
function changeOf(table: TableName, action: Parsed<'records.consequences'>['action']): BulkChange {
  if (action === 'reopen' || action === 'delete') return { action };
  if (action === 'cancel') return { action, closeNotes: NOTES };
  const { lifecycle } = tableOf(table);
  const closureCode = Object.keys(lifecycle?.closureCodes ?? {}).find((code) => code !== lifecycle?.cancelledCode) ?? '';
  return { action, closureCode, closeNotes: NOTES };
}

function refusedRecord({ view }: EngineContext, table: TableName, { row, error }: Refusal): Consequences['refused'][number] {
  const { rule, blocking = [] } = error.details;
  return {
    record: refOf(table, row, view),
    message: error.message,
    ...(rule === undefined ? {} : { rule }),
    // what the caller does not see is not named
    blocking: blocking.flatMap((one) => {
      const other: AnyRow | undefined = view.get(one.table as TableName, one.id); // rules name records of the dictionary's types
      return other === undefined ? [] : [refOf(one.table as TableName, other, view)]; // as above
    }),
  };
}

/** What becomes of a record, and in an update the fields that differ. */
function whatOf({ table, before, after }: Change): { readonly what: What; readonly fields: readonly string[] } | undefined {
  const { lifecycle, fields } = tableOf(table);
  const [was, is]: readonly [AnyRow | undefined, AnyRow | undefined] = [before, after];
  if (is === undefined) return was === undefined ? undefined : { what: 'delete', fields: [] };
  if (was === undefined) return { what: 'create', fields: [] };
  if (lifecycle !== undefined && was[lifecycle.field] !== is[lifecycle.field]) {
    const ends = (row: AnyRow) => row[lifecycle.field] === lifecycle.closed || row[lifecycle.field] === lifecycle.cancelled;
    if (is[lifecycle.field] === lifecycle.cancelled) return { what: 'cancel', fields: [] };
    if (is[lifecycle.field] === lifecycle.closed) return { what: 'close', fields: [] };
    if (ends(was)) return { what: 'reopen', fields: [] };
  }
  const differing = Object.keys(fields).filter((field) => !sameValue(was[field], is[field]));
  return differing.length === 0 ? undefined : { what: 'update', fields: differing };
}

/** Changes by record type and what becomes of it, as far as the caller sees the records. */
function grouped({ view }: EngineContext, changes: readonly Change[]): Consequences['changes'] {
  const groups = new Map<string, Group>();
  for (const change of changes) {
    const found = whatOf(change);
    const row: AnyRow | undefined = view.get(change.table, change.id);
    if (found === undefined || (row === undefined && found.what !== 'create')) continue;
    const key = [change.table, found.what, ...found.fields].join(' ');
    const group = groups.get(key) ?? { table: change.table, ...found, fields: [...found.fields], count: 0, first: [] };
    group.count += 1;
    if (row !== undefined && group.first.length < NAMED) group.first.push(refOf(change.table, row, view));
    groups.set(key, group);
  }
  return [...groups.values()];
}
