import { refsIn } from '../../model/any-reference.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { linkValue } from '../../model/links.ts';
import { linksInto, type WorkLink } from '../../model/work-links.ts';
import type { ReadView } from '../view.ts';
import { hasEnded, OPEN } from './life-cycle.ts';
import { blockingRecords, counted, nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule, type Change, type Effect, type FieldsToSet } from './rule.ts';

type Found = { readonly link: WorkLink; readonly row: AnyRow };
type End = 'open' | 'closed' | 'cancelled';

function endOf(table: TableName, row: AnyRow | undefined): End | undefined {
  const { lifecycle } = tableOf(table);
  if (row === undefined || lifecycle === undefined) return undefined;
  if (row[lifecycle.field] === lifecycle.closed) return 'closed';
  return row[lifecycle.field] === lifecycle.cancelled ? 'cancelled' : 'open';
}

function isOpen(table: TableName, row: AnyRow): boolean {
  const { lifecycle } = tableOf(table);
  return lifecycle !== undefined && !hasEnded(lifecycle, row);
}

/** Records that are tied to one by the links, in the order of the links. */
function tiedBy(links: readonly WorkLink[], id: string, view: ReadView): readonly Found[] {
  return links.flatMap(
    (link) => (view.by(link.table, link.field, linkValue(link, id)) as readonly AnyRow[]).map((row) => ({ link, row })), // Row seen generically
  );
}

const openOf = (found: readonly Found[]): readonly Found[] => found.filter(({ link, row }) => isOpen(link.table, row));

/** `2 success tasks, 1 risk signal`. */
function countedByType(found: readonly Found[]): string {
  return [...Map.groupBy(found, ({ link }) => link.table)].map(([table, rows]) => counted(table, rows.length)).join(', ');
}

/** The fields that cancelling a record along with another one sets. */
function cancelledWith(table: TableName, cause: { readonly table: TableName; readonly row: AnyRow }, view: ReadView): FieldsToSet {
  const { lifecycle } = tableOf(table);
  if (lifecycle === undefined) return {};
  const { closeNotes, closedAt, closedBy } = cause.row;
  const why = `${endOf(cause.table, cause.row) === 'closed' ? 'Cancelled on the close of' : 'Cancelled with'} ${nameOf(cause.table, cause.row, view)}`;
  return {
    [lifecycle.field]: lifecycle.cancelled,
    active: false,
    closureCode: lifecycle.cancelledCode,
    closeNotes: typeof closeNotes === 'string' ? `${why}: ${closeNotes}` : `${why}.`,
    closedAt: closedAt ?? null,
    closedBy: closedBy ?? null,
  };
}

function cancelAll(found: readonly Found[], cause: { readonly table: TableName; readonly row: AnyRow }, view: ReadView): readonly Effect[] {
  return openOf(found).map(({ link, row }) => ({ table: link.table, id: row.id, set: cancelledWith(link.table, cause, view) }));
}

/** The end that a change brings about; undefined where it ends nothing. */
function endingIn(change: Change): End | undefined {
  const now = endOf(change.table, change.after);
  return now !== endOf(change.table, change.before) && now !== 'open' ? now : undefined;
}

/** BR-14: open children block closing their parent. */
function openChildrenBlock(table: TableName): AnyRule {
  const check = rule('BR-14', table, SAVED, {
    check: ({ view }, change) => {
      const row: AnyRow | undefined = change.after;
      if (row === undefined || endingIn(change) === undefined) return undefined;
      const open = openOf(tiedBy(linksInto(table, 'partOf'), row.id, view));
      if (open.length === 0) return undefined;
      const blocking = [...Map.groupBy(open, ({ link }) => link.table)].flatMap(([other, found]) =>
        blockingRecords(
          other,
          found.map((one) => one.row),
          view,
        ),
      );
      return refusal(
        'BR-14',
        change,
        `${sentence(nameOf(table, row, view))} cannot be closed while ${countedByType(open)} of it ${open.length === 1 ? 'is' : 'are'} open. Close or cancel them first, or cancel it together with them.`,
        { blocking: blocking.slice(0, 10) },
      );
    },
  });
  return check as AnyRule; // made for this very table
}

/** BR-14 and BR-15 from below: nothing is open within what has ended. */
function notOpenWithinEnded(table: TableName, partOf: string): AnyRule {
  const { lifecycle, fields, label } = tableOf(table);
  const field = fields[partOf];
  const check = rule('BR-14', table, SAVED, {
    fields: [partOf, lifecycle?.field ?? 'state'],
    check: ({ view }, change) => {
      const row: AnyRow | undefined = change.after;
      const [ref] = row === undefined || field === undefined ? [] : refsIn(field, row[partOf]);
      const parent: AnyRow | undefined = ref && view.get(ref.table, ref.id);
      if (row === undefined || ref === undefined || parent === undefined || !isOpen(table, row)) return undefined;
      const end = endOf(ref.table, parent);
      if (end === undefined || end === 'open') return undefined;
      return refusal(
        end === 'closed' ? 'BR-14' : 'BR-15',
        change,
        `${sentence(nameOf(table, row, view))} cannot be open: ${nameOf(ref.table, parent, view)}, which it is part of, is ${end}. Reopen that first, or choose another ${(field?.label ?? label).toLowerCase()}.`,
        { field: partOf, blocking: blockingRecords(ref.table, [parent], view) },
      );
    },
  });
  return check as AnyRule; // made for this very table
}

/** BR-15: cancelling a parent cancels its open children; reopening it reopens those that were cancelled with it. */
function childrenFollow(table: TableName): AnyRule {
  const effects = rule('BR-15', table, SAVED, {
    effects: ({ view }, change) => {
      const before: AnyRow | undefined = change.before;
      const after: AnyRow | undefined = change.after;
      if (after === undefined) return [];
      if (endingIn(change) === 'cancelled')
        return cancelAll(tiedBy(linksInto(table, 'partOf'), after.id, view), { table, row: after }, view);
      const reopened = endOf(table, before) === 'cancelled' && endOf(table, after) === 'open';
      return reopened && before !== undefined ? reopenAll(tiedBy(linksInto(table, 'partOf'), after.id, view), before['closedAt']) : [];
    },
  });
  return effects as AnyRule; // made for this very table
}

/** Those of the records that were cancelled at this very moment (UTC ISO): with their parent. */
function reopenAll(found: readonly Found[], closedAt: unknown): readonly Effect[] {
  if (typeof closedAt !== 'string') return [];
  return found.flatMap(({ link, row }) => {
    const { lifecycle } = tableOf(link.table);
    if (lifecycle === undefined || endOf(link.table, row) !== 'cancelled' || row['closedAt'] !== closedAt) return [];
    return [{ table: link.table, id: row.id, set: { [lifecycle.field]: lifecycle.reopened, ...OPEN } }];
  });
}

/**
 * BR-16: what runs for a piece of work (a playbook) is cancelled when that is closed or cancelled. A type of runs joins by
 * naming the work's field as its `endsWith`; without `links` those that the dictionary declares.
 */
export function runsEndWith(table: TableName, links: readonly WorkLink[] = linksInto(table, 'endsWith')): AnyRule {
  const effects = rule('BR-16', table, SAVED, {
    effects: ({ view }, change) => {
      const row: AnyRow | undefined = change.after;
      if (row === undefined || endingIn(change) === undefined) return [];
      return cancelAll(tiedBy(links, row.id, view), { table, row }, view);
    },
  });
  return effects as AnyRule; // made for this very table
}

const withChildren = tableNames.filter((table) => linksInto(table, 'partOf').length > 0);

export const cascadeRules: readonly AnyRule[] = [
  ...withChildren.flatMap((table) => [openChildrenBlock(table), childrenFollow(table)]),
  ...tableNames.filter((table) => linksInto(table, 'endsWith').length > 0).map((table) => runsEndWith(table)),
  ...tableNames.flatMap((table) => {
    const { partOf } = tableOf(table);
    return partOf === undefined ? [] : [notOpenWithinEnded(table, partOf)];
  }),
];
