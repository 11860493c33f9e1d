import { belongingFields, isScoped } from '#shared/domain/permission/follow.ts';
import type { Caller } from '#shared/domain/permission/caller.ts';
import { shownUnder } from '#shared/domain/permission/limited-view.ts';
import { memberFieldsOf, memberScopes, type MemberScopes } from '#shared/domain/permission/member-scopes.ts';
import { sightOf, type Sight } from '#shared/domain/permission/sight.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { tableNames, tableOf, type AnyRow, type Row, type TableName } from '#shared/model/dictionary.ts';
import type { Touched } from '../context.ts';
import { createRowSet, type RowSet } from '../store/row-set.ts';

/** The records that one caller sees. Each table is looked through once, then only what changes in it. */
export type VisibleRows = {
  readonly view: ReadView;
  readonly sight: () => Sight;
  readonly scopes: () => MemberScopes;
  /** Follows a commit; answers whether what the caller sees has changed beyond the records that the commit touched. */
  readonly follow: (touched: Touched) => boolean;
  /** The caller's roles, place in the tree or domain have changed. */
  readonly reset: () => void;
};

type Moving = {
  /** Fields whose change moves records, their own and those that hang on them, into or out of anyone's sight. */
  readonly any: readonly string[];
  /** Fields whose change does so for the people whom they name. */
  readonly members: readonly string[];
};

const moving = new Map(
  tableNames.filter(isScoped).map((table): readonly [TableName, Moving] => {
    const { fields, customer } = tableOf(table);
    const others = [customer?.when, fields['domain'] && 'domain'].filter((field) => field !== undefined);
    return [table, { any: [...belongingFields(table), ...others], members: memberFieldsOf(table) }];
  }),
);

/** Follows the records that a caller sees in a view of all committed ones. */
export function visibleRows(base: ReadView, caller: () => Caller): VisibleRows {
  let kept: { readonly scopes: MemberScopes; readonly sight: Sight } | undefined;
  let sets = new Map<TableName, RowSet>();

  const now = () => {
    if (kept !== undefined) return kept;
    const scopes = memberScopes(base, caller());
    kept = { scopes, sight: sightOf(base, caller(), scopes) };
    return kept;
  };
  const shown = (table: TableName, row: AnyRow): AnyRow | undefined => now().sight.shown(table, row);
  const setOf = (table: TableName): RowSet => {
    const known = sets.get(table);
    if (known !== undefined) return known;
    const set = createRowSet(() => {
      const rows: AnyRow[] = [];
      // Row seen generically
      for (const row of base.all(table) as Iterable<AnyRow>) {
        const seen = shown(table, row);
        if (seen !== undefined) rows.push(seen);
      }
      return rows;
    });
    sets.set(table, set);
    return set;
  };
  const reset = (): void => {
    kept = undefined;
    sets = new Map();
  };

  const { get } = base;
  /** Whether a member field of the row names the caller, someone below, or the contact that they are; or they made it. */
  const names = (row: AnyRow | undefined, fields: readonly string[]): boolean => {
    if (row === undefined) return false;
    const { people, contact } = caller();
    return fields.some((field) => {
      const value = row[field];
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      return values.some((one) => typeof one === 'string' && (people.has(one) || one === contact));
    });
  };
  const movesBy = ({ any, members }: Moving, before: AnyRow | undefined, after: AnyRow | undefined): boolean => {
    if (before === undefined || after === undefined) return names(before ?? after, members);
    const changed = (field: string): boolean => before[field] !== after[field];
    if (any.some(changed)) return true;
    // who made a record that names nobody sees it, too
    return members.some(changed) && (names(before, members) || names(after, members) || caller().people.has(after.createdBy));
  };
  const moves = (touched: Touched): boolean => {
    for (const [table, ids] of touched.rows) {
      const fields = moving.get(table);
      if (fields !== undefined) for (const id of ids) if (movesBy(fields, touched.before(table, id), get(table, id))) return true;
    }
    return false;
  };

  return {
    scopes: () => now().scopes,
    sight: () => now().sight,
    reset,
    follow: (touched) => {
      if (kept === undefined) return false;
      if (moves(touched)) {
        reset();
        return true;
      }
      for (const [table, ids] of touched.rows) {
        const set = sets.get(table);
        if (set === undefined) continue;
        for (const id of ids) {
          const row: AnyRow | undefined = get(table, id);
          const seen = row && shown(table, row);
          if (seen === undefined) set.remove(id);
          else set.put(seen);
        }
      }
      return false;
    },
    view: {
      // rows under a table's name are rows of that table
      get: <T extends TableName>(table: T, id: string) => {
        const row: AnyRow | undefined = get(table, id);
        return (row && shown(table, row)) as Row<T> | undefined;
      },
      all: <T extends TableName>(table: T) => setOf(table).all() as Iterable<Row<T>>, // as above
      count: (table) => setOf(table).size(),
      by: <T extends TableName>(table: T, field: string, value: string) =>
        shownUnder(base, shown, { table, field, value }) as unknown as readonly Row<T>[], // as above
    },
  };
}
