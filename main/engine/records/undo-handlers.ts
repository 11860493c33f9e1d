import { labelOf } from '#shared/domain/labels/record-label.ts';
import { tableOf, type AnyRow } from '#shared/model/dictionary.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import type { RowChange } from '../store/change-set.ts';
import { obstacleWords } from './obstacles.ts';
import { refOf } from './refs.ts';

type Names = 'undo.take' | 'undo.steps' | 'undo.step';

const FIRST_RECORDS = 5;
const FIRST_FIELDS = 6;
const MOST_OBSTACLES = 20;

/** A change with its record's name, as it is now, or as it was when it was deleted. */
function shown({ view }: EngineContext, { table, id, action, before, after }: RowChange) {
  const now: AnyRow | undefined = view.get(table, id);
  // the before-image of a deletion is the whole row
  const row = now ?? (action === 'delete' ? (before as AnyRow | undefined) : undefined);
  const { fields } = tableOf(table);
  const names = action === 'delete' ? [] : Object.keys(after ?? {}).filter((name) => fields[name]?.readOnly !== true);
  return {
    table,
    id,
    label: row === undefined ? tableOf(table).label : labelOf(table, row, view),
    ...(row?.number === undefined ? {} : { number: row.number }),
    action,
    changes: names.slice(0, FIRST_FIELDS).map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null })),
  };
}

/** What the record is called, as far as the caller sees it: now, or as the step knew it. */
function nameOf({ view, whole }: EngineContext, { table, id, before }: RowChange): string | undefined {
  const now: AnyRow | undefined = view.get(table, id);
  if (now !== undefined) return labelOf(table, now, view);
  // one that is gone is shown by its last name to whoever sees everything
  const known = Object.keys(before ?? {}).length > 0 && view === whole.view;
  return known ? labelOf(table, before as AnyRow, view) : undefined; // fields of a row of this table
}

/** Names of the records that the values refer to. */
function refsOfChanges({ view }: EngineContext, first: readonly ReturnType<typeof shown>[]) {
  const refs: Record<string, ReturnType<typeof refOf>> = {};
  for (const { table, changes } of first)
    for (const { field, before, after } of changes) {
      const declared = tableOf(table).fields[field];
      for (const ref of declared === undefined ? [] : [...refsIn(declared, before), ...refsIn(declared, after)]) {
        const row: AnyRow | undefined = view.get(ref.table, ref.id);
        if (row !== undefined) refs[ref.id] = refOf(ref.table, row, view);
      }
    }
  return refs;
}

/** A person's own steps, to be taken back and done again. */
export const undoHandlers: Handlers<Names> = {
  'undo.take': ({ undo }, { direction, id, rest }, { commandId, actor, signal, progress }) =>
    undo[direction]({ commandId, actor, signal, progress, rest }, id),
  'undo.steps': async (context, _input, { actor }) => ({
    steps: (await context.undo.steps(actor)).map(({ id, began, state, first }) => {
      const name = first && nameOf(context, first);
      return { id, label: began.label, at: began.at, state, ...(name === undefined ? {} : { record: name }) };
    }),
  }),
  'undo.step': async (context, { id }, { commandId, actor, signal }) => {
    const { set, obstacles, isNothing, telling } = await context.undo.look({ commandId, actor, signal }, id);
    const { view } = context;
    const first = set.rows.slice(0, FIRST_RECORDS).map((change) => shown(context, change));
    return {
      records: set.rows.length,
      first,
      refs: refsOfChanges(context, first),
      possible: obstacles.length === 0 ? ('all' as const) : isNothing ? ('none' as const) : ('rest' as const),
      obstacles: obstacles.slice(0, MOST_OBSTACLES).map((one) => ({
        table: one.table,
        id: one.id,
        words: obstacleWords(one, telling),
        exists: view.get(one.table, one.id) !== undefined,
      })),
    };
  },
};
