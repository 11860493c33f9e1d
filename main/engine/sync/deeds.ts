import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import type { Intent } from '#shared/contract/sync-contract.ts';
import { isSystem } from '../records/touches.ts';
import { withValues } from '../records/draft-core.ts';
import { withoutChange, readJournalChange } from '#shared/sync-core/journal-change.ts';
import type { PointsChange } from '#shared/sync-core/points.ts';
import type { ChangeSet, RowChange, SeriesChange } from '../store/change-set.ts';
import type { Adopted, AnsweredPart } from './sync-keys.ts';
import { NO_POINTS } from '../store/points.ts';
import { rankOf } from './table-order.ts';
import { daysOf, piecesOf } from './deed-points.ts';
import { endsAgain, intentOf, isSent, operationsOf, pointsOperation, staysHere, type DeedHead } from './wire.ts';

/** So many records go in one intent: a larger deed goes as several, each of which stands or falls by itself (S3). */
const PART_RECORDS = 500;
/** The same of data points. */
const PART_POINTS = 50_000;

/** A part of a deed: one intent. */
export type Part = {
  readonly id: string;
  readonly rows: readonly RowChange[];
  /** Changes of data points, each of a size that one operation holds. */
  readonly points: readonly SeriesChange[];
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
  readonly series: readonly SeriesChange[];
  readonly parts: readonly Part[];
};

const kindOf = ({ kind, actor }: ChangeSet): DeedHead['kind'] =>
  kind === 'undo' || kind === 'redo' ? kind : isSystem(actor) ? 'job' : 'do';

/** The deed of a change set; undefined where all of it stays on this device. `rowOf`: records as they are; `cuts`: where its parts end, if it had to be cut smaller. */
export function deedOf(
  set: ChangeSet,
  rowOf: (table: TableName, id: string) => AnyRow | undefined,
  cuts?: readonly number[],
): Deed | undefined {
  const rows = set.rows.filter((change) => !staysHere(change.table, rowOf(change.table, change.id) ?? change.before));
  if (rows.length + set.series.length === 0 || set.kind === 'sync') return undefined;
  const { label, at, stamp, id, seq, series } = set;
  const head = { label, at, hlc: stamp, kind: kindOf(set) };
  return openDeed({ key: keyOfDeed(seq), seq, head, id, rows: ordered(rows, cuts !== undefined), series, cuts });
}

/** Under which the answers to a change set's deed are kept. */
export const keyOfDeed = (seq: number): string => String(seq).padStart(12, '0');

const ADOPTED_LABEL = 'Kept here before signing in';
type Content = Pick<ChangeSet, 'label' | 'rows' | 'series'>;

/** A deed that brings up records which were here before the first sign-in. `asSent`: with what is kept of those that are no longer here. */
export function deedOfAdopted(
  key: string,
  { id, at, records, points = [] }: Adopted,
  stamp: string,
  asSent: (content: Content) => Content = (content) => content,
): Deed {
  const rows = records.map((record): RowChange => ({ ...record, action: 'create', rev: 1 }));
  const series = points.map(({ series: of, days }): SeriesChange => ({ series: of, added: Int32Array.from(days), ...NOTHING_BEFORE }));
  const { label, ...content } = asSent({ label: ADOPTED_LABEL, rows, series });
  return openDeed({ key, head: { label, at, hlc: stamp, kind: 'job' }, id, ...content });
}

/** A large deed's records so that what others refer to is there first, and what is deleted goes last. */
function ordered(rows: readonly RowChange[], isCut: boolean): readonly RowChange[] {
  if (rows.length <= PART_RECORDS && !isCut) return rows;
  const place = ({ action, table }: RowChange): number =>
    action === 'create' ? rankOf(table) : action === 'delete' ? 2_000_000 : 1_000_000;
  return rows.toSorted((a, b) => place(a) - place(b));
}

const NOTHING_BEFORE = { removed: NO_POINTS.end, before: NO_POINTS } as const;

type Opening = Pick<Deed, 'key' | 'head' | 'id' | 'rows' | 'series'> & {
  readonly seq?: number;
  readonly cuts?: readonly number[] | undefined;
};

function openDeed({ key, seq, head, id, rows, series, cuts }: Opening): Deed {
  const parts: Part[] = [];
  const add = (some: readonly RowChange[], points: readonly SeriesChange[]): void => {
    // what only rules have changed needs no intent of its own
    if (points.length === 0 && !some.some(isSent)) return;
    parts.push({ id: parts.length === 0 ? id : `${id}.${parts.length}`, rows: some, points, answer: undefined });
  };
  const pieces = series.flatMap(piecesOf);
  if (cuts === undefined && rows.length <= PART_RECORDS && isSmall(pieces)) add(rows, pieces);
  else {
    let from = 0;
    for (const to of cuts ?? endsOf(rows.length)) {
      add(rows.slice(from, to), []);
      from = to;
    }
    for (const run of runsOf(pieces)) add([], run);
  }
  return { key, id, ...(seq === undefined ? {} : { seq }), head, rows, series, parts };
}

/** Where the parts of so many records end. */
const endsOf = (count: number): readonly number[] =>
  Array.from({ length: Math.ceil(count / PART_RECORDS) }, (_, at) => Math.min((at + 1) * PART_RECORDS, count));

/**
 * Where the parts of a deed end if one of them is cut so that none holds more than `most` bytes (S3: what the server does not take must not stand
 * in the way for ever); undefined where it cannot be cut any more.
 */
export function cutsOf(
  { rows }: Deed,
  part: Part,
  cuts: readonly number[] | undefined,
  sizes: readonly number[],
  most: number,
): readonly number[] | undefined {
  if (part.rows.length < 2 && (part.rows.length === 0 || part.points.length === 0)) return undefined;
  const [first] = part.rows;
  // a small deed comes into another order once it is cut: all of it is in this part
  const from = cuts === undefined && rows.length <= PART_RECORDS ? 0 : first === undefined ? rows.length : rows.indexOf(first);
  const ends: number[] = [];
  let bytes = 0;
  for (const [at, size] of sizes.entries()) {
    if (at > 0 && bytes + size > most) {
      ends.push(from + at);
      bytes = 0;
    }
    bytes += size;
  }
  ends.push(from + part.rows.length);
  return [...new Set([...(cuts ?? endsOf(rows.length)), ...ends])].toSorted((a, b) => a - b);
}

const isSmall = (pieces: readonly SeriesChange[]): boolean => [...runsOf(pieces)].length <= 1;

/** Pieces as they go together. */
function* runsOf(pieces: readonly SeriesChange[]): Generator<readonly SeriesChange[]> {
  let run: SeriesChange[] = [];
  let points = 0;
  for (const piece of pieces) {
    const more = daysOf(piece).length;
    if (run.length >= PART_RECORDS || (run.length > 0 && points + more > PART_POINTS)) {
      yield run;
      run = [];
      points = 0;
    }
    run.push(piece);
    points += more;
  }
  if (run.length > 0) yield run;
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

/** What of the device's state a part needs to be written out. */
export type Writing = {
  /** A record as a change left it, a created one above all. */
  readonly image: (change: RowChange) => AnyRow | undefined;
  /** What a change made of the points that it touches. */
  readonly points: (change: SeriesChange) => PointsChange;
  /** The server counts its versions anew (S13). */
  readonly isRebased: boolean;
};

/** A part on the wire. */
export function intentOfPart({ head, rows }: Deed, part: Part, seq: number, { image, points, isRebased }: Writing): Intent {
  const operations = part.rows.flatMap((change) => {
    const { base: _base, ...rest } = change;
    return operationsOf(isRebased ? rest : change, head.kind, change.action === 'create' || endsAgain(change) ? image(change) : undefined);
  });
  const gone =
    part.points.length === 0
      ? undefined
      : new Set(rows.flatMap(({ table, id, action }) => (table === 'dataPointSeries' && action === 'delete' ? [id] : [])));
  // points of a series that is deleted go with it
  for (const change of part.points) if (gone?.has(change.series) !== true) operations.push(pointsOperation(change.series, points(change)));
  // a record that was there before comes back under its old ID: a person's new record never has one
  const comesBack = part.rows.some(({ action, rev }) => action === 'create' && rev > 1);
  return intentOf(comesBack && head.kind === 'do' ? { ...head, kind: 'job' } : head, seq, part.id, operations);
}
