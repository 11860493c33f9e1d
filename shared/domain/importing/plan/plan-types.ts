import type { AnyRow, TableName } from '../../../model/dictionary.ts';
import type { PackedSeries } from '../../series/packed-series.ts';
import type { ReadView } from '../../view.ts';
import type { ReadSheet } from '../cells.ts';
import type { DateOrder } from '../dates.ts';
import type { ColumnFacts } from '../facts.ts';
import type { SheetTarget } from '../recognise.ts';

/** Where a column goes and how its dates are written, as recognised or as a person changed it. */
export type ColumnChoice = { readonly index: number; readonly field?: string; readonly reason?: string; readonly dateOrder?: DateOrder };
/** A sheet with what is to be made of it. */
export type SheetChoice = {
  readonly sheetId: string;
  readonly sheet: ReadSheet;
  readonly facts: readonly ColumnFacts[];
  readonly into: SheetTarget;
  readonly also: readonly TableName[];
  readonly reason: string;
  readonly columns: readonly ColumnChoice[];
};

export const ENGAGEMENT_CHOICES = ['none', 'perAccount', 'perAccountAndProduct'] as const;
export type EngagementChoice = (typeof ENGAGEMENT_CHOICES)[number];

export type PlanInput = {
  readonly sheets: readonly SheetChoice[];
  /** Answers to questions by their ID: the key of a candidate, `new` or `hold`. */
  readonly answers: ReadonlyMap<string, string>;
  readonly engagements: EngagementChoice;
  /** Rows that the store refused though nothing was seen here: `sheetId:row` → why. */
  readonly refused?: ReadonlyMap<string, string>;
};

/** What a plan is made against. */
export type PlanWorld = {
  readonly view: ReadView;
  readonly points: (seriesId: string) => PackedSeries | undefined;
  readonly asOf: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly onboardingMandatory: boolean;
  readonly newId: () => string;
  /** Gives other work a turn; called after every few thousand rows. Throws when the person cancelled. */
  readonly turn: () => Promise<void>;
};

export type Severity = 'error' | 'warning';
export type Problem = {
  readonly sheet: number;
  readonly row: number;
  readonly column: number | undefined;
  readonly severity: Severity;
  readonly message: string;
};

export type Candidate = { readonly key: string; readonly label: string; readonly similarity: number };
export type Question = {
  readonly questionId: string;
  readonly sheet: number;
  readonly column: number;
  readonly value: string;
  rows: number;
  readonly candidates: readonly Candidate[];
  readonly answer?: string;
};

/** Why a record is in the plan: a row of a file, a row of another type (`also`), a name that a row refers to, an offered engagement. */
export type Origin = 'row' | 'also' | 'reference' | 'offer';

/** A record to be created, or an existing one to be changed where `values` differ. IDs are allotted here, so references are plain IDs. */
export type PlannedRecord = {
  readonly table: TableName;
  readonly id: string;
  readonly existing: AnyRow | undefined;
  readonly origin: Origin;
  readonly values: Record<string, unknown>;
  /** First good row it comes from; -1 where it comes from none. */
  sheet: number;
  row: number;
  held: boolean;
  status: 'create' | 'update' | 'unchanged';
};

// 0 stands for a row that is not decided yet
export const ROW_CREATE = 1;
export const ROW_UPDATE = 2;
export const ROW_UNCHANGED = 3;
export const ROW_HELD = 4;
/** Marked as deleted or outdated in the file. */
export const ROW_LEFT_OUT = 5;
export const STATUS_NAMES = ['unchanged', 'create', 'update', 'unchanged', 'held', 'unchanged'] as const;

/** Points to be put into a series; `seriesId` is that of an existing series or of the one to be made. */
export type PlannedSeries = {
  readonly seriesId: string;
  readonly source: number;
  readonly sourceTable: TableName;
  readonly record: string;
  readonly part: string | undefined;
  readonly isNew: boolean;
  readonly points: PackedSeries;
  /** How many of the points are new or have another value. */
  readonly fresh: number;
};
export type PlannedSource = { readonly id: string; readonly name: string; readonly isNew: boolean; readonly breakdown: TableName };

export type TableCount = {
  readonly table: string;
  readonly label: string;
  create: number;
  update: number;
  unchanged: number;
  held: number;
};

export type ImportPlan = {
  readonly records: readonly PlannedRecord[];
  readonly sources: readonly PlannedSource[];
  readonly series: readonly PlannedSeries[];
  readonly problems: readonly Problem[];
  readonly errors: number;
  readonly warnings: number;
  readonly questions: readonly Question[];
  readonly counts: readonly TableCount[];
  /** Status of each row of each sheet (`ROW_…`). */
  readonly rows: readonly Uint8Array[];
  readonly engagementCounts: { readonly perAccount: number; readonly perAccountAndProduct: number };
  /** Per sheet: the order of dates in use and those that fit, by column. */
  readonly dateOrders: readonly ReadonlyMap<number, { readonly order: DateOrder | undefined; readonly orders: readonly DateOrder[] }>[];
  readonly points: number;
};
