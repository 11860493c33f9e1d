import { AppError } from '../../errors/app-error.ts';
import { tableOf, type AnyRow, type NewValues, type Patch, type Row, type SystemFields, type TableName } from '../../model/dictionary.ts';
import type { Field, JournalEntry } from '../../model/field.ts';
import type { ReadView } from '../view.ts';
import { cleanText } from './field-values.ts';
import { planOf, type PlannedField } from './field-plan.ts';
import { LIMITS } from './limits.ts';
import { missingError } from './missing.ts';
import { sameValue } from './same-value.ts';
import { uniqueProblem } from './unique.ts';
import { named, quoted, titleIn, wrong, type Place } from './wrong.ts';

export type WriteOptions = {
  /** Rules, jobs and life cycle commands may set fields that are read-only for people and files. */
  readonly system?: boolean;
  /** Who writes and when (UTC ISO): needed to append text to a journal field. */
  readonly author?: { readonly at: string; readonly by: string };
  /** The new record's own ID, where it has one already. */
  readonly id?: string;
};

/** The fields of a row without those that the store keeps. */
export type RowValues<T extends TableName = TableName> = T extends TableName ? Omit<Row<T>, keyof SystemFields> : never;

type Values = Readonly<Record<string, unknown>>;
const EMPTY: unique symbol = Symbol('empty');

/**
 * Checks the values of a record to be created and completes them with defaults. Answers every problem, so that an import can
 * show them all; `values` is usable only where there is none. Problems are AppError `validation` with table and field.
 */
export function checkNew(
  table: TableName,
  given: Values,
  view: ReadView,
  options: WriteOptions = {},
): { values: Values; problems: readonly AppError[] } {
  const problems: AppError[] = [];
  const values: Record<string, unknown> = {};
  const record = titleIn(table, given);
  const plan = planOf(table);
  refuseUnknown(table, given, plan, record, problems);
  const missing: (readonly [string, Field])[] = [];
  for (const planned of plan.values()) {
    const { key, field } = planned;
    let value: unknown = field.default;
    const place = { table, field: key, record };
    if (Object.hasOwn(given, key) && given[key] !== undefined) {
      if (field.readOnly === true && options.system !== true) {
        problems.push(wrong(place, 'is filled in by Satchel and cannot be set.'));
        continue;
      }
      value = attempt(() => readNew(planned, given[key], view, place, options), problems);
      if (value === EMPTY) continue;
    }
    if (value !== undefined) values[key] = value;
    else if (field.isMandatory) missing.push([key, field]);
  }
  if (missing.length > 0) problems.unshift(missingError(table, given, missing));
  if (problems.length === 0) {
    const duplicate = uniqueProblem(table, values, view, options.id);
    if (duplicate) problems.push(duplicate);
  }
  return { values, problems };
}

/** As {@link checkNew}; throws the first problem (BR-01: all missing mandatory fields in one sentence). */
export function validateNew<T extends TableName>(table: T, values: NewValues<T>, view: ReadView, options: WriteOptions = {}): RowValues<T> {
  const checked = checkNew(table, values, view, options);
  const [problem] = checked.problems;
  if (problem) throw problem;
  return checked.values as RowValues<T>; // every field was read by its own kind's reader and no mandatory one is missing
}

/** A changed row and the names of the fields that differ from before; the same row where nothing does. */
export type Patched<R> = { readonly row: R; readonly changed: readonly string[] };

/**
 * Checks a change of a record: null (or blank text) empties a field, text for a journal is appended to it. Fields whose value
 * does not differ are left alone, so a form may send all of them. Answers every problem.
 */
export function checkPatch(
  table: TableName,
  before: AnyRow,
  patch: Values,
  view: ReadView,
  options: WriteOptions = {},
): Patched<AnyRow> & { readonly problems: readonly AppError[] } {
  const problems: AppError[] = [];
  const record = titleIn(table, before);
  const plan = planOf(table);
  refuseUnknown(table, patch, plan, record, problems);
  const row: Record<string, unknown> = { ...before };
  const changed: string[] = [];
  const missing: (readonly [string, Field])[] = [];
  for (const key of Object.keys(patch)) {
    const planned = plan.get(key);
    const given = patch[key];
    if (!planned || given === undefined || sameValue(given, before[key])) continue;
    const place = { table, field: key, record };
    const value = attempt(() => readChanged(planned, given, before[key], view, place, options), problems);
    if (value === EMPTY || sameValue(value, before[key])) continue;
    if (planned.field.readOnly === true && options.system !== true) {
      problems.push(wrong(place, 'is filled in by Satchel and cannot be changed.'));
      continue;
    }
    if (value === undefined && planned.field.isMandatory) missing.push([key, planned.field]);
    if (value === undefined) delete row[key];
    else row[key] = value;
    changed.push(key);
  }
  if (missing.length > 0) problems.unshift(missingError(table, before, missing));
  const keys = tableOf(table).unique ?? [];
  if (problems.length === 0 && keys.some((fields) => fields.some((field) => changed.includes(field)))) {
    const duplicate = uniqueProblem(table, row, view, before.id);
    if (duplicate) problems.push(duplicate);
  }
  const next = row as AnyRow; // a copy of the row with checked values
  return { row: changed.length === 0 ? before : next, changed, problems };
}

/** As {@link checkPatch}; throws the first problem. */
export function validatePatch<T extends TableName>(
  table: T,
  row: Row<T>,
  patch: Patch<T>,
  view: ReadView,
  options: WriteOptions = {},
): Patched<Row<T>> {
  const { problems, ...patched } = checkPatch(table, row, patch, view, options);
  const [problem] = problems;
  if (problem) throw problem;
  return patched as Patched<Row<T>>; // the row given, with values that their kind's reader has checked
}

function refuseUnknown(
  table: TableName,
  given: Values,
  plan: ReadonlyMap<string, PlannedField>,
  record: string | undefined,
  problems: AppError[],
): void {
  for (const key of Object.keys(given)) {
    if (plan.has(key)) continue;
    problems.push(
      new AppError('validation', `${named(table, record)}: there is no field ${quoted(key)}.`, { table, field: key.slice(0, 100) }),
    );
  }
}

function attempt(read: () => unknown, problems: AppError[]): unknown {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    problems.push(thrown);
    return EMPTY;
  }
}

function readNew({ field, read }: PlannedField, given: unknown, view: ReadView, place: Place, options: WriteOptions): unknown {
  if (given === null) return undefined;
  if (field.kind === 'journal' && typeof given === 'string') return appended(undefined, given, place, options);
  if (field.kind === 'journal' && options.system !== true) throw wrong(place, 'takes the text of a new entry.');
  return read(given, { view, place });
}

function readChanged(
  { field, read }: PlannedField,
  given: unknown,
  old: unknown,
  view: ReadView,
  place: Place,
  options: WriteOptions,
): unknown {
  if (field.kind === 'journal' && typeof given === 'string') return appended(old, given, place, options);
  // entries are only ever appended; putting back a whole journal is for undo and sync
  if (field.kind === 'journal' && options.system !== true) throw wrong(place, 'only takes the text of a new entry; old entries stay.');
  return given === null ? undefined : read(given, { view, place });
}

function appended(old: unknown, given: string, place: Place, { author }: WriteOptions): unknown {
  const text = cleanText(given).trim();
  if (text === '') return old;
  if (text.length > LIMITS.journalText) throw wrong(place, `takes at most ${LIMITS.journalText} characters in one entry. Split it.`);
  if (!author) throw new AppError('internal', 'A journal entry was written without its author.');
  const entries = Array.isArray(old) ? (old as readonly JournalEntry[]) : []; // the stored value of a journal field
  if (entries.length >= LIMITS.journalEntries) throw wrong(place, `is full (${LIMITS.journalEntries} entries).`);
  return [...entries, { at: author.at, by: author.by, text }];
}
