import { isOwnDecision, refuseDeciding } from '#shared/domain/permission/deciding.ts';
import { cancelling, closing, hasEnded, reopening } from '#shared/domain/rules/life-cycle.ts';
import type { FieldsToSet } from '#shared/domain/rules/rule.ts';
import { cleanText } from '#shared/domain/validate/field-values.ts';
import { validatePatch, validateValues } from '#shared/domain/validate/fit-values.ts';
import { sameValue } from '#shared/domain/validate/same-value.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Intent, Operation } from '#shared/contract/sync-contract.ts';
import { isTableName, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { defaultsOf, referringFields } from '#shared/model/links.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import type { PointsChange } from '#shared/sync-core/points.ts';
import { isDerivedId } from '#shared/util/derived-id.ts';
import { mergeField } from '#shared/sync-core/merge-field.ts';
import { mergePatch } from '#shared/sync-core/merge-patch.ts';
import { actionOfPatch, hasScope, hasRecord, notYours, refuseForbidden, type KnownAuthor } from './author.ts';
import type { Conflict } from './conflicts.ts';
import type { IntentDraft } from './intent-draft.ts';
import { readJournalPatch } from './journal-entries.ts';
import { numberFor } from './number-for.ts';
import type { StoredRecord } from './stored-record.ts';

/** What an intent is run with. */
export type Run = {
  readonly draft: IntentDraft;
  /** A record as it was before this intent, deleted ones included. */
  readonly stored: (table: TableName, id: string) => StoredRecord | undefined;
  readonly author: KnownAuthor;
  readonly kind: Intent['kind'];
  /** The instant of the deed, by the device's clock as far as the server takes it. */
  readonly at: string;
  readonly conflicts: Conflict[];
  readonly merged: string[];
  readonly numbers: Record<string, string>;
  readonly points: SeriesChange[];
};
/** What an intent does to the data points of one series. */
export type SeriesChange = PointsChange & { readonly series: string };
type Of<A extends Operation['action']> = Extract<Operation, { readonly action: A }>;
type Values = Readonly<Record<string, unknown>>;

/** Runs one operation of an intent (S3, S4, S6). Throws AppError where the whole intent is to be refused. */
export function runOperation(run: Run, operation: Operation): void {
  const { table, id } = operation;
  if (!isTableName(table)) throw new AppError('contract', 'This kind of record is not known here. Update the server.', { recordId: id });
  if (table === 'syncConflict' && operation.action !== 'update')
    throw new AppError('permission', 'Sync conflicts are made by the central store; they can only be resolved.', { table, recordId: id });
  switch (operation.action) {
    case 'create':
      return create(run, table, operation);
    case 'update':
      return update(run, table, operation);
    case 'close':
    case 'cancel':
    case 'reopen':
      return turn(run, table, operation);
    case 'delete':
      return remove(run, table, operation);
    case 'points':
      return putPoints(run, table, operation);
  }
}

/** What of a conflict its person sets. */
const DECISION: ReadonlySet<string> = new Set(['resolved', 'resolution', 'decided']);

const writtenBy = (kind: Intent['kind']): 'person' | 'system' => (kind === 'do' ? 'person' : 'system');

/** Values of a patch or a new record made fit, journals apart. */
function fitted(
  run: Run,
  table: TableName,
  given: Values,
  fit: typeof validatePatch,
): { readonly plain: Values; readonly journals: Values } {
  const { fields } = tableOf(table);
  const isJournal = ([name]: readonly [string, unknown]): boolean => Object.hasOwn(fields, name) && fields[name]?.kind === 'journal';
  const journals = Object.entries(given).filter(isJournal);
  return {
    plain: fit(table, Object.fromEntries(Object.entries(given).filter((entry) => !isJournal(entry))), writtenBy(run.kind)),
    journals: Object.fromEntries(journals.map(([name, value]) => [name, readJournalPatch(table, name, value, run.author.user, run.at)])),
  };
}

function create(run: Run, table: TableName, { id, values, number }: Of<'create'>): void {
  const { draft, author, at } = run;
  refuseForbidden(author, table, 'create');
  if (table === 'approval') refuseDeciding(draft.view, author, undefined, values['approver'], values);
  const known = run.stored(table, id);
  const there = draft.row(table, id);
  // what follows from its source was made on another device as well: it is there already (S1)
  if (there !== undefined && isDerivedId(id) && hasRecord(draft.view, author, table, there)) return;
  if (there !== undefined || (known?.row !== undefined && draft.entryOf(table, id)?.action !== 'delete'))
    return refuseTwice(run, table, id, values);
  if (known !== undefined && run.kind === 'do')
    throw new AppError('conflict', `This ${tableOf(table).label.toLowerCase()} was deleted. Create it anew.`, { table, recordId: id });
  const { plain, journals } = fitted(run, table, values, validateValues);
  if (becomesOrphan(run, table, plain)) {
    run.conflicts.push({ kind: 'orphan', table, id, author: author.user, record: { id, ...values } });
    return;
  }
  const notes = Object.entries(journals).flatMap(([name, patch]) => {
    const met = mergeField({ kind: 'journal' }, undefined, undefined, patch);
    return 'value' in met && met.value !== undefined ? [[name, met.value] as const] : [];
  });
  const allotted = numberFor(draft.view, table, id, number);
  if (allotted !== undefined && allotted !== number) run.numbers[`${table}/${id}`] = allotted;
  draft.insert(table, {
    id,
    ...(allotted === undefined ? {} : { number: allotted }),
    createdAt: at,
    createdBy: author.user,
    updatedAt: at,
    updatedBy: author.user,
    rev: known?.version ?? 0,
    ...(run.kind === 'do' || run.kind === 'job' ? defaultsOf(table) : {}),
    ...plain,
    ...Object.fromEntries(notes),
  });
}

/** A record that is there already: the same one sent by another way is no news, another one under its ID is refused. */
function refuseTwice(run: Run, table: TableName, id: string, values: Values): void {
  const row = run.draft.row(table, id);
  const isSame = row?.createdBy === run.author.user && Object.entries(values).every(([name, value]) => sameValue(row[name], value));
  if (!isSame)
    throw new AppError('conflict', `There is a ${tableOf(table).label.toLowerCase()} with this ID already.`, { table, recordId: id });
}

/** Whether what a new record must belong to has been deleted meanwhile (S6). */
function becomesOrphan(run: Run, table: TableName, values: Values): boolean {
  return referringFields(table).some(
    ([name, field]) =>
      field.isMandatory &&
      refsIn(field, values[name]).some(
        (ref) => run.draft.row(ref.table, ref.id) === undefined && run.stored(ref.table, ref.id) !== undefined,
      ),
  );
}

/** The record that an operation is about; undefined where it was deleted. Refuses one that the person does not have. */
function need(run: Run, table: TableName, id: string): AnyRow | undefined {
  const row = run.draft.row(table, id);
  if (row !== undefined) {
    // a record of this very intent is judged with it as a whole
    if (run.draft.entryOf(table, id)?.before === undefined && run.draft.entryOf(table, id) !== undefined) return row;
    if (!hasRecord(run.draft.view, run.author, table, row)) throw notYours(table, id);
    return row;
  }
  const gone = run.stored(table, id);
  if (gone === undefined || !hasScope(run.draft.view, run.author, gone.scope)) throw notYours(table, id);
  return undefined;
}

function update(run: Run, table: TableName, { id, patch, base }: Of<'update'>): void {
  const { author } = run;
  const row = need(run, table, id);
  // whoever is asked for a decision may give it, whatever their roles (REC-34)
  if (table !== 'approval' || row === undefined || !isOwnDecision(author, row, patch))
    refuseForbidden(author, table, actionOfPatch(table, patch));
  if (table === 'approval' && row !== undefined) refuseDeciding(run.draft.view, author, id, row['approver'], patch);
  if (table === 'syncConflict' && Object.keys(patch).some((name) => !DECISION.has(name)))
    throw new AppError('permission', 'Of a sync conflict only the outcome can be set.', { table, recordId: id });
  const { plain, journals } = fitted(run, table, patch, validatePatch);
  if (row === undefined) {
    const mine = Object.entries(patch).map(([field, value]) => ({ field, base: base.fields[field], theirs: undefined, mine: value }));
    run.conflicts.push({ kind: 'deleted', table, id, author: author.user, fields: mine });
    return;
  }
  refuseEnding(table, row, plain, run.kind);
  take(run, table, row, { ...plain, ...journals }, base, 'update');
}

/** Merges a patch into a record; what a person has to decide goes into a conflict. */
function take(
  run: Run,
  table: TableName,
  row: AnyRow,
  patch: Values,
  base: Of<'update'>['base'],
  action: 'update' | 'close' | 'cancel' | 'reopen',
): void {
  const { set, merged, conflicts, refused } = mergePatch(table, row, patch, base);
  const [first] = refused;
  if (first !== undefined)
    throw new AppError(
      'conflict',
      `Someone else has changed ${tableOf(table).fields[first]?.label ?? first} meanwhile. Look at the new value and decide again.`,
      {
        table,
        recordId: row.id,
        field: first,
      },
    );
  if (conflicts.length > 0) run.conflicts.push({ kind: 'fields', table, id: row.id, author: run.author.user, fields: conflicts });
  run.merged.push(...merged.map((field) => `${table}/${row.id}.${field}`));
  if (Object.keys(set).length > 0) run.draft.set(table, row.id, set, action);
}

/** BR-02, BR-03: the state of a record with a life cycle ends by closing and cancelling, and begins again by reopening. */
function refuseEnding(table: TableName, row: AnyRow, values: Values, kind: Intent['kind']): void {
  const { lifecycle, label } = tableOf(table);
  if (lifecycle === undefined || kind === 'undo' || kind === 'redo' || !Object.hasOwn(values, lifecycle.field)) return;
  const { field, closed, cancelled } = lifecycle;
  const after = values[field];
  const details = { table, recordId: row.id, field };
  if (after !== row[field] && (after === closed || after === cancelled))
    throw new AppError('rule', `Closing this ${label.toLowerCase()} needs a closure code and close notes.`, { ...details, rule: 'BR-02' });
  if (after !== row[field] && hasEnded(lifecycle, row))
    throw new AppError('rule', `This ${label.toLowerCase()} has been closed meanwhile. Reopen it first.`, { ...details, rule: 'BR-03' });
}

/** Closing, cancelling, reopening: all of it where the state is as the person saw it, else a conflict about the state. */
function turn(run: Run, table: TableName, operation: Of<'close'> | Of<'cancel'> | Of<'reopen'>): void {
  const { draft, author, at } = run;
  const { id, base, action } = operation;
  const row = need(run, table, id);
  refuseForbidden(author, table, action);
  const { lifecycle } = tableOf(table);
  if (row === undefined || lifecycle === undefined) {
    const state = lifecycle?.field ?? 'state';
    run.conflicts.push({
      kind: 'deleted',
      table,
      id,
      author: author.user,
      fields: [{ field: state, base: base.fields[state], theirs: undefined, mine: action }],
    });
    return;
  }
  const { field } = lifecycle;
  const wanted = { close: lifecycle.closed, cancel: lifecycle.cancelled, reopen: lifecycle.reopened }[action];
  const isSame = row[field] === wanted && (action !== 'reopen' || !hasEnded(lifecycle, row));
  // someone else has done the same; what a person has said to it must not be lost beside what the other one said
  if (isSame && (run.kind !== 'do' || saysTheSame(operation, row))) return;
  const met = mergeField(
    { kind: 'choice', merge: 'review' },
    row.rev === base.version ? row[field] : base.fields[field],
    row[field],
    wanted,
  );
  if (isSame || met.outcome === 'review') {
    run.conflicts.push({
      kind: 'fields',
      table,
      id,
      author: author.user,
      fields: [{ field, base: base.fields[field], theirs: row[field], mine: wanted, ...withEnding(operation) }],
    });
    return;
  }
  const ending = { at, by: author.user, view: draft.view };
  const values = (): FieldsToSet => {
    if (operation.action === 'close') return closing(table, row, operation.closureCode, operation.closeNotes, ending);
    return operation.action === 'cancel' ? cancelling(table, row, operation.closeNotes, ending) : reopening(table, row, draft.view);
  };
  draft.set(table, id, values(), action);
}

function saysTheSame(operation: Of<'close'> | Of<'cancel'> | Of<'reopen'>, row: AnyRow): boolean {
  if (operation.action === 'reopen') return true;
  const ended: Values = row;
  const isSameCode = operation.action === 'cancel' || operation.closureCode === ended['closureCode'];
  return isSameCode && cleanText(operation.closeNotes) === ended['closeNotes'];
}

/** What a person has said to the end of a record, so that it can still be ended so. */
function withEnding(operation: Of<'close'> | Of<'cancel'> | Of<'reopen'>): { readonly with?: Values } {
  if (operation.action === 'reopen') return {};
  const { closeNotes } = operation;
  return { with: operation.action === 'close' ? { closureCode: operation.closureCode, closeNotes } : { closeNotes } };
}

function remove(run: Run, table: TableName, { id, base }: Of<'delete'>): void {
  const { draft, author } = run;
  const row = need(run, table, id);
  refuseForbidden(author, table, 'delete');
  if (row === undefined) return;
  // someone has worked on it since: the deletion wins, their work is kept for them to restore
  if (row.rev > base.version && row.updatedBy !== author.user && draft.entryOf(table, id) === undefined)
    run.conflicts.push({ kind: 'deleted', table, id, author: row.updatedBy, record: row });
  draft.remove(table, id);
}

/** Data points are merged into what is stored when the push is written; here it is judged whether they may be. */
function putPoints(run: Run, table: TableName, { id, set, remove: removed }: Of<'points'>): void {
  const row = need(run, table, id);
  refuseForbidden(run.author, table, 'update');
  if (row !== undefined) return void run.points.push({ series: id, set, remove: removed });
  const mine = `${set.end.length + removed.length} data points`;
  run.conflicts.push({
    kind: 'deleted',
    table,
    id,
    author: run.author.user,
    fields: [{ field: 'points', base: undefined, theirs: undefined, mine }],
  });
}
