import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { journalChange, readJournalChange, withoutChange } from '#shared/sync-core/journal-change.ts';
import { mergeField } from '#shared/sync-core/merge-field.ts';
import { withValues } from '../records/draft-core.ts';
import { sameValue } from '../records/equal.ts';
import type { RowChange } from '../store/change-set.ts';

/**
 * A confirmed row with the person's own deeds on top, in their order (S4): what they see until the server has answered. A field that both
 * have changed shows theirs; lists and journals have what both did. Undefined: deleted.
 */
export function replay(base: AnyRow, changes: readonly RowChange[]): AnyRow | undefined {
  let row: AnyRow | undefined = base;
  for (const change of changes) {
    if (change.action === 'delete') row = undefined;
    else if (row !== undefined && change.action !== 'create') row = withChange(row, change);
  }
  return row;
}

function withChange(row: AnyRow, { table, before = {}, after = {} }: RowChange): AnyRow {
  const { fields } = tableOf(table);
  const values = Object.entries(after).flatMap(([name, wanted]): [string, unknown][] => {
    const field = fields[name];
    if (field === undefined) return [];
    const mine = field.kind === 'journal' ? readJournalChange(before[name], wanted) : wanted;
    const met = mergeField(field, before[name], row[name], mine);
    if (met.outcome === 'same') return [];
    return [[name, 'value' in met ? met.value : wanted]];
  });
  return withValues(row, Object.fromEntries(values));
}

/** A row of which the server has no version yet, without a deed that it refused: what has not been changed since is as it was before. */
export function withoutDeed(row: AnyRow, { table, before = {}, after = {} }: RowChange): AnyRow {
  const { fields } = tableOf(table);
  const values = Object.entries(after).flatMap(([name, wanted]): [string, unknown][] => {
    if (fields[name]?.kind === 'journal') return [[name, withoutChange(row[name], readJournalChange(before[name], wanted), true)]];
    return sameValue(row[name], wanted) ? [[name, before[name]]] : [];
  });
  return withValues(row, Object.fromEntries(values));
}

/** What became of a record, field by field, as change sets keep it; undefined where nothing did. System fields are compared, not told. */
export function changeBetween(table: TableName, id: string, was: AnyRow | undefined, is: AnyRow | undefined): RowChange | undefined {
  if (was === undefined) return is === undefined ? undefined : { table, id, action: 'create', rev: is.rev };
  if (is === undefined) return { table, id, action: 'delete', rev: was.rev, before: was };
  const { fields } = tableOf(table);
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  names.delete('rev');
  const differing = [...names].filter((name) => !sameValue(was[name], is[name]));
  if (differing.length === 0) return undefined;
  const known = differing.filter((name) => Object.hasOwn(fields, name));
  const isJournal = (name: string): boolean => fields[name]?.kind === 'journal';
  return {
    table,
    id,
    action: 'update',
    rev: is.rev,
    before: Object.fromEntries(known.flatMap((name) => (was[name] === undefined || isJournal(name) ? [] : [[name, was[name]]]))),
    after: Object.fromEntries(known.map((name) => [name, isJournal(name) ? journalChange(was[name], is[name]) : (is[name] ?? null)])),
  };
}
