import { ruleSteps } from '#shared/domain/rules/index.ts';
import type { AnyRule, Change, RuleContext, RuleRun } from '#shared/domain/rules/rule.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { journalChange } from '#shared/sync-core/journal-change.ts';
import { eachStep } from '../host/in-turns.ts';
import type { RowChange, SeriesChange } from '../store/change-set.ts';
import { joinedKey, joinedValue } from '../store/row-index.ts';
import { diffPoints, NO_POINTS } from '../store/points.ts';
import { segmentsOf, yearsOf, type SegmentRow } from '../store/segments.ts';
import type { Store } from '../store/store.ts';
import { referringFields } from './derived-schema.ts';
import { withValues, type DraftCore, type Entry } from './draft-core.ts';
import { sameValue } from './equal.ts';

/** One record a step: a command of 100,000 records lets others have a turn in between. */
type Steps<R = void> = Generator<void, R, void>;

/** Runs the rules of a command over everything that it changed. Throws the first refusal. */
export function* applyRules(
  core: DraftCore,
  rules: readonly AnyRule[],
  context: Omit<RuleContext, 'view'>,
  { parts, puttingBack }: Pick<RuleRun, 'parts' | 'puttingBack'>,
): Steps {
  const changes: Change[] = [];
  yield* eachStep(core.entries(), (entry) => void changes.push(core.changeOf(entry)));
  yield* ruleSteps(rules, {
    context: { ...context, view: core.view },
    changes,
    parts,
    ...(puttingBack === undefined ? {} : { puttingBack }),
    apply: ({ table, id, set }) => {
      if (!core.set(table, id, set, 'update', true)) return undefined;
      const entry = core.entryOf(table, id);
      return entry === undefined ? undefined : core.changeOf(entry);
    },
  });
}

/** Refuses references that lead nowhere and values that must be unique but are not. */
export function* checkIntegrity(core: DraftCore): Steps {
  for (const entry of core.entries()) {
    yield;
    const after = core.row(entry.table, entry.id);
    if (after === undefined) continue;
    const changed = (field: string) => entry.before === undefined || !sameValue(entry.before[field], after[field]);
    for (const [name, field] of referringFields(entry.table)) {
      if (after[name] === undefined || !changed(name)) continue;
      const lost = refsIn(field, after[name]).find(({ table, id }) => core.row(table, id) === undefined);
      if (lost === undefined) continue;
      throw new AppError(
        'validation',
        `${labelOf(entry.table, name)} names a ${tableOf(lost.table).label.toLowerCase()} that does not exist.`,
        { table: entry.table, recordId: entry.id, field: name },
      );
    }
    for (const fields of tableOf(entry.table).unique ?? []) {
      if (!fields.some(changed)) continue;
      const value = joinedValue(after, fields);
      if (value === undefined) continue;
      const key = fields.length === 1 ? (fields[0] ?? '') : joinedKey(fields);
      if ((core.view.by(entry.table, key, value) as readonly AnyRow[]).every((row) => row.id === entry.id)) continue; // Row seen generically
      const names = fields.map((field) => labelOf(entry.table, field).toLowerCase()).join(' and ');
      throw new AppError('validation', `There is a ${tableOf(entry.table).label.toLowerCase()} with this ${names} already.`, {
        table: entry.table,
        recordId: entry.id,
        ...(fields[0] === undefined ? {} : { field: fields[0] }),
      });
    }
  }
}

function labelOf(table: TableName, field: string): string {
  return tableOf(table).fields[field]?.label ?? field;
}

/** What a command changed, ready to be written. */
export type Finished = {
  readonly rows: readonly RowChange[];
  readonly puts: Map<TableName, AnyRow[]>;
  readonly removes: Map<TableName, string[]>;
};

/** Gives every changed record its final form (revision, stamps, who and when) and its place in the change set. */
export function* finishRows(
  core: DraftCore,
  stamped: { readonly actor: string; readonly at: string; readonly stamp: string },
): Steps<Finished> {
  const rows: RowChange[] = [];
  const puts = new Map<TableName, AnyRow[]>();
  const removes = new Map<TableName, string[]>();
  const put = (table: TableName, row: AnyRow) => {
    const list = puts.get(table);
    if (list === undefined) puts.set(table, [row]);
    else list.push(row);
  };
  for (const entry of core.entries()) {
    yield;
    const { table, id, before } = entry;
    const after = core.row(table, id);
    if (after === undefined) {
      if (before === undefined) continue;
      rows.push({ table, id, action: 'delete', rev: before.rev, before });
      const list = removes.get(table);
      if (list === undefined) removes.set(table, [id]);
      else list.push(id);
    } else if (before === undefined) {
      rows.push({ table, id, action: 'create', rev: after.rev });
      put(table, after);
    } else {
      const changed = changeOf(entry, before, after);
      if (changed === undefined) continue;
      const { fields, change } = changed;
      const stamps = { ...before.stamps, ...Object.fromEntries(fields.map((field) => [field, stamped.stamp])) };
      put(table, withValues(after, { rev: change.rev, updatedAt: stamped.at, updatedBy: stamped.actor, stamps }));
      rows.push(change);
    }
  }
  return { rows, puts, removes };
}

function changeOf(
  entry: Entry,
  before: AnyRow,
  after: AnyRow,
): { readonly fields: readonly string[]; readonly change: RowChange } | undefined {
  const fields = Object.keys(tableOf(entry.table).fields).filter((field) => !sameValue(before[field], after[field]));
  if (fields.length === 0) return undefined;
  const consequences = fields.filter((field) => entry.consequences?.has(field));
  const isJournal = (field: string) => tableOf(entry.table).fields[field]?.kind === 'journal';
  const change: RowChange = {
    table: entry.table,
    id: entry.id,
    action: entry.action === 'create' || entry.action === 'delete' ? 'update' : entry.action,
    rev: before.rev + 1,
    before: Object.fromEntries(
      fields.flatMap((field) => (before[field] === undefined || isJournal(field) ? [] : [[field, before[field]]])),
    ),
    after: Object.fromEntries(
      fields.map((field) => [field, isJournal(field) ? journalChange(before[field], after[field]) : (after[field] ?? null)]),
    ),
    ...(consequences.length === 0 ? {} : { consequences }),
  };
  return { fields, change };
}

export type FinishedSeries = {
  readonly changes: readonly SeriesChange[];
  readonly after: Map<string, PackedSeries>;
  readonly segments: readonly SegmentRow[];
  readonly emptySegments: readonly (readonly [string, number])[];
};

/** What became of series: the change set's part, the new states, and the segments to write. `touched`: series as they are to be. */
export function* finishSeries(touched: ReadonlyMap<string, PackedSeries>, store: Store): Steps<FinishedSeries> {
  const changes: SeriesChange[] = [];
  const segments: SegmentRow[] = [];
  const emptySegments: (readonly [string, number])[] = [];
  const after = new Map(touched);
  for (const [series, points] of after) {
    yield;
    const diff = diffPoints(store.series.points(series) ?? NO_POINTS, points);
    if (diff === undefined) {
      after.delete(series);
      continue;
    }
    changes.push({ series, ...diff });
    const { put, empty } = segmentsOf(series, points, yearsOf(diff.added, diff.before.end));
    segments.push(...put);
    emptySegments.push(...empty);
  }
  return { changes, after, segments, emptySegments };
}
