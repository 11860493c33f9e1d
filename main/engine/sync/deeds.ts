import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import type { Intent } from '#shared/contract/sync-contract.ts';
import { isSystem } from '../records/touches.ts';
import { withValues } from '../records/draft-core.ts';
import { withoutChange, readJournalChange } from '#shared/sync-core/journal-change.ts';
import type { ChangeSet, RowChange } from '../store/change-set.ts';
import type { Adopted, AnsweredPart } from './sync-keys.ts';
import { rankOf } from './table-order.ts';
import { intentOf, isSent, operationsOf, staysHere, type DeedHead } from './wire.ts';

/** So many records go in one intent: a larger deed goes as several, each of which stands or falls by itself (S3). */
const PART_RECORDS = 500;

/** A part of a deed: one intent. */
export type Part = {
  readonly id: string;
  readonly rows: readonly RowChange[];
  answer: AnsweredPart | undefined;
};

/** Something done here that the server does not have, or whose effect has not come back yet. */
export type Deed = {
  /** Under which its answers are kept. */
  readonly key: string;
  /** The change set's ID, or the one that records from before have together. */
  readonly id: string;
  /** The change set's number; absent for what was here before the first sign-in. */
  readonly seq?: number;
  readonly head: DeedHead;
  /** Everything that it changed, what only rules did included. */
  readonly rows: readonly RowChange[];
  readonly parts: readonly Part[];
};

const kindOf = ({ kind, actor }: ChangeSet): DeedHead['kind'] =>
  kind === 'undo' || kind === 'redo' ? kind : isSystem(actor) ? 'job' : 'do';

/** The deed of a change set; undefined where all of it stays on this device. `rowOf`: records as they are. */
export function deedOf(set: ChangeSet, rowOf: (table: TableName, id: string) => AnyRow | undefined): Deed | undefined {
  const rows = set.rows.filter((change) => !staysHere(change.table, rowOf(change.table, change.id) ?? change.before));
  if (rows.length === 0 || set.kind === 'sync') return undefined;
  const { label, at, stamp, id, seq } = set;
  return openDeed({ key: String(seq).padStart(12, '0'), seq, head: { label, at, hlc: stamp, kind: kindOf(set) }, id, rows: ordered(rows) });
}

/** A deed that brings up records which were here before the first sign-in. */
export function deedOfAdopted(key: string, { id, at, records }: Adopted, stamp: string): Deed {
  const rows = records.map((record): RowChange => ({ ...record, action: 'create', rev: 1 }));
  return openDeed({ key, head: { label: 'Kept here before signing in', at, hlc: stamp, kind: 'job' }, id, rows });
}

/** A large deed's records so that what others refer to is there first, and what is deleted goes last. */
function ordered(rows: readonly RowChange[]): readonly RowChange[] {
  if (rows.length <= PART_RECORDS) return rows;
  const place = ({ action, table }: RowChange): number =>
    action === 'create' ? rankOf(table) : action === 'delete' ? 2_000_000 : 1_000_000;
  return rows.toSorted((a, b) => place(a) - place(b));
}

type Opening = Pick<Deed, 'key' | 'head'> & { readonly seq?: number; readonly id: string; readonly rows: readonly RowChange[] };

function openDeed({ key, seq, head, id, rows }: Opening): Deed {
  const parts: Part[] = [];
  for (let from = 0; from < rows.length; from += PART_RECORDS) {
    const some = rows.slice(from, from + PART_RECORDS);
    // what only rules have changed needs no intent of its own
    if (some.some(isSent)) parts.push({ id: parts.length === 0 ? id : `${id}.${parts.length}`, rows: some, answer: undefined });
  }
  return { key, id, ...(seq === undefined ? {} : { seq }), head, rows, parts };
}

/**
 * A created record as it was then: as it is now, without what later deeds have done to it. Undefined where it is gone and nobody has kept it.
 */
export function imageOf(now: AnyRow | undefined, later: readonly RowChange[]): AnyRow | undefined {
  let row = now;
  for (const change of later.toReversed()) {
    // the before-image of a deletion is the whole row
    if (change.action === 'delete') row = change.before as AnyRow | undefined;
    else if (row !== undefined && change.action !== 'create') row = takenBack(row, change);
  }
  return row;
}

function takenBack(row: AnyRow, { table, before = {}, after = {} }: RowChange): AnyRow {
  const { fields } = tableOf(table);
  const values = Object.entries(after).map(([name, wanted]): [string, unknown] => [
    name,
    fields[name]?.kind === 'journal' ? withoutChange(row[name], readJournalChange(before[name], wanted), false) : before[name],
  ]);
  return withValues(row, Object.fromEntries(values));
}

/** A part on the wire. `image`: created records as they were created; `isRebased`: the server counts its versions anew (S13). */
export function intentOfPart(
  { head }: Deed,
  part: Part,
  seq: number,
  image: (change: RowChange) => AnyRow | undefined,
  isRebased: boolean,
): Intent {
  const operations = part.rows.flatMap((change) => {
    const { base: _base, ...rest } = change;
    return operationsOf(isRebased ? rest : change, head.kind, change.action === 'create' ? image(change) : undefined);
  });
  // a record that was there before comes back under its old ID: a person's new record never has one
  const comesBack = part.rows.some(({ action, rev }) => action === 'create' && rev > 1);
  return intentOf(comesBack && head.kind === 'do' ? { ...head, kind: 'job' } : head, seq, part.id, operations);
}
