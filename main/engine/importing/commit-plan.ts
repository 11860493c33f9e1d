import { AppError } from '#shared/errors/app-error.ts';
import type { Progress } from '#shared/contract/define.ts';
import { isEndingField } from '#shared/domain/importing/import-fields.ts';
import { endingOf } from '#shared/domain/importing/plan/ending.ts';
import type { ImportPlan, PlannedRecord, SheetChoice } from '#shared/domain/importing/plan/plan-types.ts';
import { sameValue } from '#shared/domain/validate/same-value.ts';
import { starterSource } from '#shared/domain/starter/starter-sources.ts';
import { tableOf, type NewValues, type Row } from '#shared/model/dictionary.ts';
import { derivedId } from '#shared/util/derived-id.ts';
import type { Draft } from '../context.ts';
import type { HeldRowDraft } from './held-rows.ts';
import { fileName, heldRowsOf, isSameRow } from './held-rows.ts';

export type Committed = { readonly created: number; readonly updated: number; readonly held: number; readonly points: number };

export type CommitContext = {
  readonly draft: Draft;
  readonly batch: string;
  /** Gives other work a turn; throws when cancelled. */
  readonly turn: () => Promise<void>;
  readonly progress: (progress: Progress) => void;
};

/** Records between two looks at the clock: a few milliseconds. */
const SLICE = 250;

function put(draft: Draft, record: PlannedRecord): void {
  const { table, id, existing, values } = record;
  const { lifecycle } = tableOf(table);
  const ending = endingOf(record);
  const rest =
    ending === undefined || lifecycle === undefined
      ? values
      : Object.fromEntries(Object.entries(values).filter(([field]) => field !== lifecycle.field && !isEndingField(field)));
  if (existing === undefined) draft.create(table, rest, { id });
  else if (Object.keys(rest).length > 0) draft.update(table, id, rest);
  if (ending?.action === 'cancel') draft.cancel(table, id, ending.closeNotes);
  else if (ending?.action === 'close') draft.close(table, id, ending.closureCode, ending.closeNotes);
}

async function putSeries({ draft, turn, progress }: CommitContext, plan: ImportPlan): Promise<number> {
  for (const { id, name, isNew, breakdown } of plan.sources) {
    if (!isNew) continue;
    const isAveraged = /score|nps|csat|rate|percent|health|satisfaction/i.test(name);
    const kind = breakdown as 'account' | 'contract' | 'engagement' | 'product' | 'soldProduct'; // SERIES_RECORDS of the plan
    const usual: NewValues<'dataSource'> = {
      kind: 'external',
      frequency: 'weekly',
      rollUp: isAveraged ? 'average' : 'sum',
      breakdown: kind,
    };
    const ready = starterSource(name)?.values;
    // a figure that the ready-made definitions know comes with their frequency and unit
    const values = ready?.kind === 'external' && ready.breakdown === kind ? ready : usual;
    draft.create('dataSource', { ...values, name, state: 'published' }, { id });
    const mapper = kind === 'engagement' ? 'self' : kind;
    draft.create(
      'dataSourceContext',
      { source: id, context: 'engagement', mapper },
      { id: derivedId(id, 'dataSourceContext', 'engagement') },
    );
  }
  let points = 0;
  for (const [index, series] of plan.series.entries()) {
    if (index % SLICE === SLICE - 1) {
      progress({ step: 'Bringing in values', done: index, total: plan.series.length });
      await turn();
    }
    if (series.fresh === 0) continue;
    if (series.isNew)
      draft.create(
        'dataPointSeries',
        {
          source: plan.sources[series.source]?.id ?? '',
          sourceTable: series.sourceTable,
          sourceRecord: series.record,
          ...(series.part === undefined ? {} : { part: series.part }),
        },
        { id: series.seriesId },
      );
    draft.putPoints(series.seriesId, series.points);
    points += series.fresh;
  }
  return points;
}

/** Keeps held-back rows for later; a row that was held back before is not kept twice, and goes once it goes in. */
async function keepHeld(
  { draft, batch, turn }: CommitContext,
  sheets: readonly SheetChoice[],
  held: readonly HeldRowDraft[],
): Promise<void> {
  const keyOf = (row: { readonly file: string; readonly line: number; readonly intoTable: string }) =>
    `${row.intoTable} ${row.line} ${row.file}`;
  const files = new Map(sheets.map((choice) => [`${choice.into ?? ''} ${fileName(choice.sheet)}`, choice]));
  const known = new Map<string, Row<'heldRow'>>();
  for (const row of draft.view.all('heldRow')) if (files.has(`${row.intoTable} ${row.file}`)) known.set(keyOf(row), row);
  for (const [index, row] of held.entries()) {
    if (index % SLICE === SLICE - 1) await turn();
    const before = known.get(keyOf(row));
    known.delete(keyOf(row));
    if (before === undefined) draft.create('heldRow', { ...row, batch });
    else if (!sameValue(before.cells, row.cells) || !sameValue(before.problems, row.problems))
      draft.update('heldRow', before.id, { cells: row.cells, problems: row.problems });
  }
  for (const row of known.values()) {
    const choice = files.get(`${row.intoTable} ${row.file}`);
    if (choice !== undefined && isSameRow(choice.sheet, row)) draft.remove('heldRow', row.id);
  }
}

/** Writes a plan into an open command: the good rows go in, the others are kept to be repaired. */
export async function commitPlan(context: CommitContext, sheets: readonly SheetChoice[], plan: ImportPlan): Promise<Committed> {
  const { draft, turn, progress } = context;
  let created = 0;
  let updated = 0;
  for (const [index, record] of plan.records.entries()) {
    if (index % SLICE === SLICE - 1) {
      progress({ step: 'Bringing in records', done: index, total: plan.records.length });
      await turn();
    }
    if (record.held || record.status === 'unchanged') continue;
    put(draft, record);
    if (record.status === 'create') created += 1;
    else updated += 1;
  }
  const points = await putSeries(context, plan);
  const held = await heldRowsOf(sheets, plan, turn);
  await keepHeld(context, sheets, held);
  return { created, updated, held: held.length, points };
}

/** The row of the set that a refusal is about, `sheet:row`; undefined where it is about none. */
export function refusedRow(plan: ImportPlan, refusal: unknown): string | undefined {
  if (!(refusal instanceof AppError) || !['rule', 'validation', 'conflict'].includes(refusal.code)) return undefined;
  const ids = [refusal.details.recordId, ...(refusal.details.blocking ?? []).map(({ id }) => id)];
  const record = plan.records.find((one) => ids.includes(one.id) && !one.held && one.row >= 0);
  return record === undefined ? undefined : `${record.sheet}:${record.row}`;
}
