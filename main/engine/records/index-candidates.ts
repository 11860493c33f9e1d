import type { IndexPlan } from '#shared/domain/condition/index-plan.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';

/** Above this share of a table, looking at every row costs less than gathering them from an index. */
const WORTH_IT = 0.25;

/**
 * The rows that an index plan finds, each once and in the order of their IDs; undefined where looking at every row is the
 * cheaper way, or the view has no such index.
 */
export function candidates(plan: IndexPlan, table: TableName, view: ReadView): readonly AnyRow[] | undefined {
  const most = Math.max(100, view.count(table) * WORTH_IT);
  const found = gather(plan, table, view, most);
  if (found === undefined) return undefined;
  const unique = plan.kind === 'keys' && plan.values.length === 1 ? found : [...new Map(found.map((row) => [row.id, row])).values()];
  return unique.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function gather(plan: IndexPlan, table: TableName, view: ReadView, most: number): readonly AnyRow[] | undefined {
  switch (plan.kind) {
    case 'keys':
      return together(plan.values, most, (value) => view.by(table, plan.field, value) as readonly AnyRow[]); // Row seen generically
    case 'range': {
      const found = view.range?.(table, plan.field, plan.from, plan.to) as readonly AnyRow[] | undefined; // as above
      return found !== undefined && found.length <= most ? found : undefined;
    }
    case 'through': {
      const targets = gather(plan.plan, plan.table, view, Math.max(100, view.count(plan.table) * WORTH_IT));
      return targets && together(targets, most, ({ id }) => view.by(table, plan.field, id) as readonly AnyRow[]); // as above
    }
    case 'union':
      return together(plan.parts, most, (part) => gather(part, table, view, most));
  }
}

function together<T>(parts: readonly T[], most: number, rowsOf: (part: T) => readonly AnyRow[] | undefined): readonly AnyRow[] | undefined {
  const found: AnyRow[] = [];
  for (const part of parts) {
    const rows = rowsOf(part);
    if (rows === undefined || found.length + rows.length > most) return undefined;
    for (const row of rows) found.push(row);
  }
  return found;
}
