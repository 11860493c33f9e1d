import type { Operation } from '#shared/contract/sync-contract.ts';
import { sightOf } from '#shared/domain/permission/sight.ts';
import { writeGuard } from '#shared/domain/permission/write-guard.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError, type ErrorDetails } from '#shared/errors/app-error.ts';
import { sameValue } from '#shared/domain/validate/same-value.ts';
import { defaultsOf } from '#shared/model/links.ts';
import { isTableName, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { notYours } from '../records/author.ts';
import type { Conflict } from '../records/conflicts.ts';
import { customerOf } from './projection.ts';

/** What stands between a customer's intent and the records: the same table of types and fields as in the engine (REC-32, REC-33). */
export type CustomerGuard = {
  /** Whether the record is theirs to see, by what it belongs to. */
  readonly sees: (table: TableName, row: AnyRow) => boolean;
  /** The operation as it is run. Throws AppError where it is not open to them. */
  readonly pass: (operation: Operation) => Operation;
  /** Nothing is opened for others to decide in a customer's name: their change comes back to them, with their text (S5). */
  readonly refuseConflicts: (conflicts: readonly Conflict[]) => void;
  /** A refusal without what it could tell of records and fields that they do not see. */
  readonly plain: (thrown: AppError) => AppError;
};

/**
 * What they have filled in of a new record. Their device fills in defaults and what follows from them; the server does that itself, so none of
 * it is taken from a device. Anything else stays in, and is refused.
 */
function ownValues(table: TableName, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { customer, fields } = tableOf(table);
  const defaults = defaultsOf(table);
  const isFilledIn = (name: string): boolean =>
    customer?.create?.includes(name) !== true &&
    fields[name]?.kind !== 'journal' &&
    (customer?.fields.includes(name) === true || name === customer?.when || sameValue(defaults[name], values[name]));
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isFilledIn(name)));
}

/** They have numbers of versions of their own; what counts in a merge is the values that they saw. */
const NO_VERSION = 0;

/** Makes the guard of one intent. @param view records with what the intent has done so far */
export function customerGuard(view: ReadView, user: string): CustomerGuard {
  const { caller, scopes } = customerOf(view, user);
  const sight = sightOf(view, caller, scopes);
  const look = (table: TableName, id: string): 'seen' | 'hidden' => {
    const row: AnyRow | undefined = view.get(table, id);
    // one that never was, one that is gone and one of somebody else's are answered alike
    return row !== undefined && sight.sees(table, row) ? 'seen' : 'hidden';
  };
  const guard = writeGuard(view, caller, look);
  const onTheirs = (table: TableName, id: string): void => {
    if (look(table, id) !== 'seen') throw notYours(table, id);
  };
  return {
    sees: sight.sees,
    pass: (operation) => {
      const { table, id } = operation;
      if (!isTableName(table)) return operation;
      if (operation.action === 'create') {
        return { ...operation, values: guard.create(table, ownValues(table, operation.values)) };
      }
      onTheirs(table, id);
      if (operation.action === 'points') throw notYours(table, id);
      if (operation.action === 'update') guard.update(table, id, operation.patch);
      else guard.act(table, id, operation.action);
      return { ...operation, base: { ...operation.base, version: NO_VERSION } } as Operation; // the same one
    },
    refuseConflicts: ([first]) => {
      if (first === undefined) return;
      const { table, id, fields = [] } = first;
      const names = fields.flatMap(({ field }) => tableOf(table).fields[field]?.label ?? []).join(', ');
      throw new AppError('conflict', `Somebody else has changed this meanwhile${names === '' ? '' : ` (${names})`}. Look at it again.`, {
        table,
        recordId: id,
        wayOut: 'Your text is kept here until you send it again or discard it.',
      });
    },
    plain: (thrown) => {
      const { code, message, details } = thrown;
      const isTheirs =
        details.table !== undefined &&
        isTableName(details.table) &&
        (details.field === undefined || sight.showsField(details.table, details.field));
      // rules look at fields and records that customers do not see, and say what they found
      const tells = code === 'rule' || details.blocking !== undefined || !isTheirs;
      if (!tells || code === 'permission' || code === 'not-found' || code === 'contract')
        return new AppError(code, message, without(details));
      return new AppError(code, 'This is not possible as things stand. Ask the person who looks after you.', {
        ...(details.table === undefined ? {} : { table: details.table }),
        ...(details.recordId === undefined ? {} : { recordId: details.recordId }),
        wayOut: 'Ask the person who looks after you.',
      });
    },
  };
}

function without({ blocking: _blocking, ...details }: ErrorDetails): ErrorDetails {
  return details;
}
