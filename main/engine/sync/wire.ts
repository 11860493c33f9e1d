import { SYNC_SCHEMA_VERSION, type Intent, type Operation } from '#shared/contract/sync-contract.ts';
import { OPEN } from '#shared/domain/rules/life-cycle.ts';
import { isSettingKey, type SettingKey } from '#shared/model/settings.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { journalChange, readJournalChange } from '#shared/sync-core/journal-change.ts';
import type { PointsChange } from '#shared/sync-core/points.ts';
import type { RowChange } from '../store/change-set.ts';

/** Record types that never leave the device: what it tells its own person, what an import keeps on its way in. */
const LOCAL_TABLES: ReadonlySet<TableName> = new Set<TableName>(['notification', 'heldRow']);
/** Settings of this device and not of the workspace. */
const LOCAL_SETTINGS: ReadonlySet<SettingKey> = new Set<SettingKey>(['asOf', 'currentUser']);

/** Whether a record stays on the device. `row`: as it is, or was. */
export function staysHere(table: TableName, row: Readonly<Record<string, unknown>> | undefined): boolean {
  if (LOCAL_TABLES.has(table)) return true;
  const key = table === 'setting' ? row?.['key'] : undefined;
  return typeof key === 'string' && isSettingKey(key) && LOCAL_SETTINGS.has(key);
}

/** What a deed was made of, as far as it is sent. */
export type DeedHead = Pick<Intent, 'label' | 'at' | 'hlc'> & { readonly kind: 'do' | 'undo' | 'redo' | 'job' };

/** Fields that closing, cancelling and reopening set by themselves. */
const ENDING_FIELDS: ReadonlySet<string> = new Set(Object.keys(OPEN));
const MOST_LABEL = 500;

type Values = Readonly<Record<string, unknown>>;

/** The fields of a change that are sent: those that a person or a job has set, not what rules made of it, which the server's rules do too. */
function wanted({ table, after = {}, consequences = [] }: RowChange): readonly string[] {
  const { fields } = tableOf(table);
  // of a series' own figures no rule knows
  const isConsequence = (field: string): boolean => table !== 'dataPointSeries' && consequences.includes(field);
  return Object.keys(after).filter((field) => Object.hasOwn(fields, field) && !isConsequence(field));
}

function patchOf({ table, before = {}, after = {} }: RowChange, names: readonly string[]): Values {
  const { fields } = tableOf(table);
  return Object.fromEntries(
    names.map((field) => [
      field,
      fields[field]?.kind === 'journal' ? readJournalChange(before[field], after[field]) : (after[field] ?? null),
    ]),
  );
}

function baseOf({ table, before = {}, base = 0 }: RowChange, names: readonly string[]) {
  const { fields } = tableOf(table);
  const plain = names.filter((field) => fields[field]?.kind !== 'journal' && before[field] !== undefined);
  return { version: base, fields: Object.fromEntries(plain.map((field) => [field, before[field]])) };
}

/** The values that a new record is sent with. */
function valuesOf(table: TableName, row: AnyRow): Values {
  const { fields } = tableOf(table);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, { kind }]) => {
      const value = row[field];
      if (value === undefined || value === null) return [];
      return [[field, kind === 'journal' ? journalChange(undefined, value) : value]];
    }),
  );
}

/**
 * What a change of a record is on the wire: none where only rules have changed it.
 * @param image the record as the change left it, of a created one and one that ended once more; undefined where nobody knows any more
 */
export function operationsOf(change: RowChange, kind: DeedHead['kind'], image: AnyRow | undefined): readonly Operation[] {
  const { table, id, action, base = 0, after = {}, before = {} } = change;
  const on = { table, id };
  if (action === 'create') {
    // made and gone again meanwhile: the number is used all the same
    if (image === undefined) return [{ action: 'delete', ...on, base: { version: 0 } }];
    const { number } = image;
    return [{ action: 'create', ...on, ...(number === undefined ? {} : { number }), values: valuesOf(table, image) }];
  }
  if (action === 'delete') return [{ action: 'delete', ...on, base: { version: base } }];
  const names = wanted(change);
  const update = (some: readonly string[]): readonly Operation[] =>
    some.length === 0 ? [] : [{ action: 'update', ...on, patch: patchOf(change, some), base: baseOf(change, some) }];
  const { lifecycle } = tableOf(table);
  if (action === 'update' || lifecycle === undefined || kind === 'undo' || kind === 'redo') return update(names);
  const state = lifecycle.field;
  const is: Values = { ...image, ...after };
  const text = (field: string): string => (typeof is[field] === 'string' ? is[field] : '');
  // one that had ended so before has no change of its state
  const was = endsAgain(change) ? text(state) : before[state];
  const turned = { version: base, fields: was === undefined ? {} : { [state]: was } };
  const others = names.filter((field) => field !== state && !ENDING_FIELDS.has(field));
  if (action === 'reopen') {
    const further = after[state] === lifecycle.reopened || !names.includes(state) ? others : [...others, state];
    return [{ action, ...on, base: turned }, ...update(further)];
  }
  // what had ended otherwise is opened first, as BR-03 has it, in the same intent
  const isAgain = was === lifecycle.closed || was === lifecycle.cancelled;
  const opened: readonly Operation[] = isAgain ? [{ action: 'reopen', ...on, base: turned }] : [];
  const onWhat = isAgain ? { version: base, fields: { [state]: lifecycle.reopened } } : turned;
  const closeNotes = text('closeNotes');
  if (action === 'cancel') return [...opened, ...update(others), { action, ...on, closeNotes, base: onWhat }];
  return [...opened, ...update(others), { action, ...on, closureCode: text('closureCode'), closeNotes, base: onWhat }];
}

/** Whether a change ends once more what had ended in the same way: with another code or other notes. Its row says the rest. */
export function endsAgain({ table, action, after = {} }: RowChange): boolean {
  const { lifecycle } = tableOf(table);
  return lifecycle !== undefined && (action === 'close' || action === 'cancel') && !Object.hasOwn(after, lifecycle.field);
}

/** What a change of data points is on the wire: each point counts as it arrives last (S4). */
export function pointsOperation(series: string, { set, remove }: PointsChange): Operation {
  return { action: 'points', table: 'dataPointSeries', id: series, set, remove: [...remove] };
}

/** Whether a change is anything on the wire, whatever is known of its record by then. */
export function isSent(change: RowChange): boolean {
  return change.action === 'create' || change.action === 'delete' || wanted(change).length > 0;
}

/** One intent: a deed or a part of it. Fields that only Satchel sets make it a job's, by the same author. */
export function intentOf(head: DeedHead, seq: number, id: string, operations: readonly Operation[]): Intent {
  const isFilledIn = (table: string, values: Values): boolean => {
    const { fields } = tableOf(table as TableName); // made from a record of this type
    return Object.keys(values).some((field) => fields[field]?.readOnly === true && fields[field].kind !== 'journal');
  };
  const isSystems = operations.some((one) =>
    one.action === 'create' ? isFilledIn(one.table, one.values) : one.action === 'update' && isFilledIn(one.table, one.patch),
  );
  return {
    seq,
    id,
    kind: head.kind === 'do' && isSystems ? 'job' : head.kind,
    label: head.label.slice(0, MOST_LABEL),
    at: head.at,
    hlc: head.hlc,
    schemaVersion: SYNC_SCHEMA_VERSION,
    operations: [...operations],
  };
}
