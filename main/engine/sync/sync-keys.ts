import type { ErrorShape } from '#shared/errors/app-error.ts';
import type { Outcome } from '#shared/contract/sync-contract.ts';
import { tableNames, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { PointsChange } from '#shared/sync-core/points.ts';
import type { RowChange } from '../store/change-set.ts';
import type { RecordName } from '../store/purge-history.ts';
import type { SyncRow, SyncRows } from '../store/sync-rows.ts';

/*
 * What the device keeps about sync, by name (store/sync-rows.ts): written in the transaction of the records that it speaks of.
 */

/** The tie to a central store; absent: nobody ever signed in. */
export type Connection = {
  readonly server: string;
  readonly tenant: string;
  readonly login: string;
  readonly user: string;
  /** One per installation, user and generation of the database (S1). */
  readonly device: string;
  readonly deviceName: string;
};

/** Where the device stands. */
export type Standing = Connection & {
  /** Number of the last intent that was answered; the queue goes on from there without a gap (S3). */
  readonly answered: number;
  readonly cursor?: string | undefined;
  /** A first load, or loading anew, is under way (S10, S11). */
  readonly loading: boolean;
  /** What was here before the first sign-in stands in the queue. */
  readonly adopted: boolean;
  /** The local person that the signed-in one was before the first sign-in. */
  readonly former?: string | undefined;
  /** Change sets up to here are sent without the server's versions, which a restored server counts anew (S13). */
  readonly rebased?: number | undefined;
  readonly lastSync?: string | undefined;
  /** Record types that were known when everything was loaded: new ones ask for loading anew (S14). */
  readonly tables: number;
  /** The day on which the list of sent deeds was tidied last. */
  readonly tidied?: string | undefined;
  /** How often a checksum did not agree (S12). */
  readonly mismatches: number;
};

/** Part of a deed that the server has answered and whose effect has not been pulled yet. */
export type AnsweredPart = { readonly seq: number; readonly outcome: Outcome };

/** Records from before the first sign-in, sent as they are now, without a deed of their own. */
export type Adopted = {
  readonly id: string;
  readonly at: string;
  readonly records: readonly RecordName[];
  /** Data points, by the days in which they end. */
  readonly points?: readonly { readonly series: string; readonly days: readonly number[] }[] | undefined;
};

/** A deed, or a part of one, that the server refused: with the person's own text (S5). */
export type RefusedDeed = {
  readonly id: string;
  readonly label: string;
  readonly at: string;
  readonly error: ErrorShape;
  /** `after` holds what was wanted; of created records all of it. */
  readonly rows: readonly RowChange[];
  readonly points?: readonly RefusedPoints[] | undefined;
};
/** Data points that were wanted. */
export type RefusedPoints = PointsChange & { readonly series: string };

/** A deed that the server has, for the case that it is put back to an earlier time (S13). */
export type SentDeed = {
  /** Number of its last intent. */
  readonly last: number;
  readonly id: string;
  readonly seq?: number | undefined;
  readonly key: string;
  readonly adopted?: Adopted | undefined;
  /** When it was done with. */
  readonly at?: string | undefined;
};

/** Types that this version keeps: those of the dictionary, and data points. */
export const KNOWN_TABLES = tableNames.length + 1;

export const STANDING = 'standing';
/** The confirmed row of a record that an unanswered deed has touched (S4: what the person sees is this with their deeds on top). */
export const shadowKey = (table: string, id: string): string => `shadow/${table}/${id}`;
export const ANSWERED = 'answered/';
export const ADOPTED = 'adopted/';
export const REFUSED = 'refused/';
/** Where the parts of a deed end that was too large to be sent as it was. */
export const CUTS = 'cuts/';
export const SENT = 'sent/';
/** Records whose texts still have to be taken out of history and images after a `forget`. */
export const PURGE = 'purge/';

/** What is kept under a name was written by this very module's users. */
const read = <T>(value: unknown): T | undefined => value as T | undefined;

/** Where the device stands; undefined where nobody ever signed in. */
export const standingOf = (rows: SyncRows): Standing | undefined => read<Standing>(rows.get(STANDING));
/** The confirmed row of a record with deeds on top; undefined where it is its own. */
export const shadowOf = (rows: SyncRows, table: TableName, id: string): AnyRow | undefined => read<AnyRow>(rows.get(shadowKey(table, id)));
/** All that was kept under a beginning, with its type. */
export function keptUnder<T>(rows: SyncRows, prefix: string): readonly { readonly key: string; readonly value: T }[] {
  return rows.under(prefix).map(({ key, value }) => ({ key, value: value as T })); // as above
}
/** Something to be kept under a name. */
export const kept = (key: string, value: unknown): SyncRow => ({ key, value });

/** A record's name as one text, `table/id`. */
export const nameOf = (table: string, id: string): string => `${table}/${id}`;
