import type { TableName } from '#shared/model/dictionary.ts';
import type { Change } from '#shared/domain/rules/rule.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import type { PointsChange } from '#shared/sync-core/points.ts';

/** What every list of change sets shows; kept in memory for the last ones. */
export type ChangeHeader = {
  /** Order of commits on this device: 1, 2, 3 … without a gap. */
  readonly seq: number;
  readonly id: string;
  readonly commandId: string;
  readonly actor: string;
  /** Instant by the device's clock; rows created here have it as `createdAt`. */
  readonly at: string;
  /** Stamp of the hybrid logical clock; every changed field carries it. */
  readonly stamp: string;
  readonly label: string;
  /** `sync`: brought from the central store, or taken back because it was refused there. */
  readonly kind: 'do' | 'undo' | 'redo' | 'sync';
  /** The change set that an undo or a redo takes back. */
  readonly takesBack?: string;
  /** It left some of that as it was, because others had changed it since. */
  readonly partial?: true;
  readonly undoable: boolean;
};

/**
 * One record's part. Created rows stand here by reference: the row (or the deletion's before-image) is the after-image.
 *
 * A journal (work notes, comments) is kept as what became of it: `after[field]` is a `JournalPatch` (`{ add?: entries, remove?: entries }`,
 * as sync sends it) and `before` lacks the field; whole lists on both sides would grow with the square of the notes. Change sets of
 * older versions have the whole lists: read both by `readJournalChange(before[field], after[field])` of `shared/sync-core/journal-change.ts`.
 */
export type RowChange = {
  readonly table: TableName;
  readonly id: string;
  readonly action: Change['action'];
  /** Revision that the change led to; a deleted row's last one. */
  readonly rev: number;
  /** Fields that differed, as they were; an empty field is absent. The whole row where it was deleted. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** Fields that differed, as they are now; an empty field is null, a journal a `JournalPatch`. */
  readonly after?: Readonly<Record<string, unknown>>;
  /** Fields that rules set as a consequence, not the person. */
  readonly consequences?: readonly string[];
  /** The central store's version that the change was made on; absent where it did not have the record yet. */
  readonly base?: number;
  /** Who did it and when, where that is not whom and when the change set names: what others have done comes from the central store. */
  readonly by?: string;
  readonly at?: string;
};

/** One series' part: points by reference as well. */
export type SeriesChange = {
  readonly series: string;
  /** End days that had no point before. */
  readonly added: Int32Array;
  /** Points as they were before they were replaced or removed. */
  readonly before: PackedSeries;
  /** End days whose points were removed (all of them are in `before`). */
  readonly removed: Int32Array;
  /** What it made of them, where the points themselves are no longer here (S9); not kept with the change set. */
  readonly made?: PointsChange;
};

/** What is left of a change of a series that is no longer this device's (S9): that there was one. */
export function bareSeries({ series }: SeriesChange): SeriesChange {
  const none = new Int32Array(0);
  return { series, added: none, removed: none, before: { start: none, end: none, value: new Float64Array(0) } };
}

export type ChangeSet = ChangeHeader & {
  readonly rows: readonly RowChange[];
  readonly series: readonly SeriesChange[];
};

/** The header of a change set without its parts. */
export function headerOf(set: ChangeHeader): ChangeHeader {
  const { seq, id, commandId, actor, at, stamp, label, kind, takesBack, partial, undoable } = set;
  return {
    seq,
    id,
    commandId,
    actor,
    at,
    stamp,
    label,
    kind,
    ...(takesBack === undefined ? {} : { takesBack }),
    ...(partial === undefined ? {} : { partial }),
    undoable,
  };
}
