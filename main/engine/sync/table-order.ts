import { refsIn } from '#shared/model/any-reference.ts';
import { tableNames, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { linksTo, referringFields } from '#shared/model/links.ts';

function ranked(): ReadonlyMap<TableName, number> {
  const targets = new Map<TableName, Set<TableName>>(tableNames.map((table) => [table, new Set()]));
  for (const to of tableNames) for (const { table } of linksTo(to)) targets.get(table)?.add(to);
  const ranks = new Map<TableName, number>();
  const open = new Set<TableName>();
  const visit = (table: TableName): void => {
    // types that refer to each other in a circle come in the order of the dictionary
    if (ranks.has(table) || open.has(table)) return;
    open.add(table);
    for (const to of targets.get(table) ?? []) visit(to);
    ranks.set(table, ranks.size);
  };
  for (const table of tableNames) visit(table);
  return ranks;
}

const ranks = ranked();

/** Where a record type stands, so that what others refer to comes before them. */
export const rankOf = (table: TableName): number => ranks.get(table) ?? ranks.size;

/** Records so that those which others of the same type refer to come first; one a step. */
export function* parentsFirst(table: TableName, rows: readonly AnyRow[]): Generator<void, AnyRow[], void> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ordered: AnyRow[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    yield;
    const chain: AnyRow[] = [];
    for (let at: AnyRow | undefined = row; at !== undefined && !seen.has(at.id); at = parentOf(table, at, byId)) {
      seen.add(at.id);
      chain.push(at);
    }
    ordered.push(...chain.toReversed());
  }
  return ordered;
}

function parentOf(table: TableName, row: AnyRow, byId: ReadonlyMap<string, AnyRow>): AnyRow | undefined {
  for (const [name, field] of referringFields(table))
    for (const ref of refsIn(field, row[name])) {
      const parent = ref.table === table ? byId.get(ref.id) : undefined;
      if (parent !== undefined && parent !== row) return parent;
    }
  return undefined;
}
