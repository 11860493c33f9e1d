import type { Output } from '#shared/contract/engine-contract.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { cancelling, closing, hasEnded, reopening } from '#shared/domain/rules/life-cycle.ts';
import { validatePatch } from '#shared/domain/validate/fit-values.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isTableName, tableOf, type AnyRow, type Row, type TableName } from '#shared/model/dictionary.ts';
import type { FieldConflict } from '#shared/sync-core/merge-patch.ts';
import type { DraftCore } from '../records/draft-core.ts';
import type { History } from '../store/history.ts';
import { fieldText, titleOf } from './field-text.ts';

type Line = Output<'sync.conflicts'>['lines'][number];
type Conflict = Row<'syncConflict'>;
export type Choice = 'mine' | 'theirs' | 'value';

const MOST_LINES = 1_000;
/** How far back the row of a deleted record is looked for. */
const MOST_CHANGES = 200;

const fieldsOf = ({ fields }: Conflict): readonly FieldConflict[] =>
  // the server writes it (server/records/conflicts.ts)
  Array.isArray(fields) ? (fields as readonly unknown[] as readonly FieldConflict[]) : [];
const isAboutFields = ({ kind }: Conflict): boolean => kind === 'fields';

/** The conflicts that wait for a person, oldest first. */
export function openConflicts(view: ReadView): readonly Conflict[] {
  return [...view.all('syncConflict')].filter(({ resolved }) => resolved !== true);
}

/** Fields of a conflict that are decided already. */
const decidedOf = ({ decided }: Conflict): readonly string[] =>
  Array.isArray(decided) ? decided.filter((one) => typeof one === 'string') : [];

/** The lines of all open conflicts (S4, S5): a field each, or a whole record that was deleted. */
export function conflictLines(view: ReadView): Output<'sync.conflicts'> {
  const lines = openConflicts(view).flatMap((conflict): readonly Line[] => {
    const { id, recordTable = '', recordId = '', recordLabel = '', author, createdAt } = conflict;
    if (!isTableName(recordTable)) return [];
    const row: AnyRow | undefined = view.get(recordTable, recordId);
    const common = {
      conflict: id,
      table: recordTable,
      recordId,
      title: recordLabel || titleOf(view, recordTable, recordId),
      by: author === undefined ? '' : titleOf(view, 'user', author),
      ...(author === undefined ? {} : { author }),
      at: createdAt,
    };
    const text = (field: string, value: unknown): string => fieldText(view, recordTable, field, value);
    if (isAboutFields(conflict)) {
      const done = new Set(decidedOf(conflict));
      const open = fieldsOf(conflict).filter(({ field }) => !done.has(field));
      const { lifecycle } = tableOf(recordTable);
      const ended = (field: string, value: unknown, said: Readonly<Record<string, unknown>> = {}): string => {
        if (field !== lifecycle?.field || (value !== lifecycle.closed && value !== lifecycle.cancelled)) return text(field, value);
        const code = value === lifecycle.closed ? text('closureCode', said['closureCode']) : '';
        return [text(field, value), code, text('closeNotes', said['closeNotes'])].filter((part) => part !== '').join(' – ');
      };
      return open.map(({ field, base, mine, theirs, with: said }) => ({
        ...common,
        id: `${id}/${field}`,
        field,
        label: tableOf(recordTable).fields[field]?.label ?? field,
        base: text(field, base),
        mine: ended(field, mine, said),
        // what is there now, which may be newer than what was there then
        theirs: row === undefined ? text(field, theirs) : ended(field, row[field], saidOf(row)),
        values: { base: base ?? undefined, mine: mine ?? undefined, theirs: (row === undefined ? theirs : row[field]) ?? undefined },
        kind: 'field',
      }));
    }
    const mine = fieldsOf(conflict).map(
      ({ field, mine: wanted }) => `${tableOf(recordTable).fields[field]?.label ?? field}: ${text(field, wanted)}`,
    );
    return [{ ...common, id, label: tableOf(recordTable).label, base: '', mine: mine.join('\n'), theirs: '', kind: 'deleted' }];
  });
  return { total: lines.length, lines: lines.slice(0, MOST_LINES) };
}

/** Lines of conflicts that are to be decided together: conflict → its fields, or all of it. */
export type Chosen = { readonly conflict: Conflict; readonly fields: readonly FieldConflict[]; readonly restore: AnyRow | undefined };

/** Finds the conflicts that lines belong to. Throws AppError `not-found` where one is decided already. */
export async function chosenConflicts(view: ReadView, history: History, ids: readonly string[]): Promise<readonly Chosen[]> {
  const byConflict = Map.groupBy(ids, (id) => id.split('/')[0] ?? '');
  const chosen: Chosen[] = [];
  for (const [id, lines] of byConflict) {
    const conflict = view.get('syncConflict', id);
    if (conflict === undefined || conflict.resolved === true)
      throw new AppError('not-found', 'This conflict has been decided already.', { table: 'syncConflict', recordId: id });
    const isWhole = lines.includes(id);
    const fields = fieldsOf(conflict).filter(({ field }) => isWhole || lines.includes(`${id}/${field}`));
    chosen.push({ conflict, fields, restore: isAboutFields(conflict) ? undefined : await lastRow(history, conflict) });
  }
  return chosen;
}

/** A deleted record as it was last: as it was sent, or as this device had it. */
async function lastRow(history: History, { recordTable = '', recordId = '', record }: Conflict): Promise<AnyRow | undefined> {
  if (!isTableName(recordTable)) return undefined;
  const { changes } = await history.ofRecord(recordTable, recordId, { limit: MOST_CHANGES });
  const deleted = changes.find(({ change }) => change.action === 'delete' && change.before !== undefined)?.change.before;
  const sent = plainRecord(record);
  const row = { ...deleted, ...sent, id: recordId };
  return deleted === undefined && sent === undefined ? undefined : (row as unknown as AnyRow); // a record of its type, whole or with its own fields
}

function plainRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  // a record as the server keeps it, or none
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/**
 * Decides lines of conflicts (S5) in one change: the person's values go into the records, what was deleted comes back, and a conflict is
 * resolved once all of its fields are decided; which are, stands in it, so that it is taken back with the rest.
 */
export function resolveConflicts(core: DraftCore, chosen: readonly Chosen[], choice: Choice, value: unknown, moment: Moment): void {
  for (const { conflict, fields, restore } of chosen) {
    const { id, recordTable = '', recordId = '' } = conflict;
    if (!isTableName(recordTable)) continue;
    if (!isAboutFields(conflict)) {
      if (choice !== 'theirs') bringBack(core, recordTable, recordId, restore, fields, moment);
      core.set('syncConflict', id, { resolved: true, resolution: choice === 'theirs' ? 'theirs' : 'restored' }, 'update');
      continue;
    }
    if (choice !== 'theirs')
      for (const one of fields) setField(core, recordTable, recordId, choice === 'value' ? { ...one, mine: value, with: {} } : one, moment);
    const done = new Set([...decidedOf(conflict), ...fields.map(({ field }) => field)]);
    if (fieldsOf(conflict).every(({ field }) => done.has(field))) {
      const resolution = done.size > fields.length || choice === 'value' ? 'merged' : choice;
      core.set('syncConflict', id, { resolved: true, resolution, decided: [...done] }, 'update');
    } else core.set('syncConflict', id, { decided: [...done] }, 'update');
  }
}

type Moment = { readonly at: string; readonly actor: string };

/** What was said to the end of a record. */
function saidOf(row: AnyRow): Readonly<Record<string, unknown>> {
  const { closureCode, closeNotes }: Readonly<Record<string, unknown>> = row;
  return { closureCode, closeNotes };
}

function setField(
  core: DraftCore,
  table: TableName,
  id: string,
  { field, mine: value, with: said = {} }: FieldConflict,
  { at, actor }: Moment,
): void {
  const { lifecycle, label, fields } = tableOf(table);
  const row = core.need(table, id);
  const ending = { at, by: actor, view: core.view };
  const text = (name: string): string => (typeof said[name] === 'string' ? said[name] : '');
  // state, code and notes of an end are one choice; what has ended otherwise meanwhile is opened first (BR-03)
  const opened = (): AnyRow => {
    if (lifecycle !== undefined && hasEnded(lifecycle, row)) core.set(table, id, reopening(table, row, core.view), 'reopen');
    return core.need(table, id);
  };
  if (lifecycle?.field === field && value === lifecycle.closed && text('closureCode') !== '') {
    if (row[field] === value && saidOf(row)['closureCode'] === said['closureCode'] && saidOf(row)['closeNotes'] === said['closeNotes'])
      return;
    return void core.set(table, id, closing(table, opened(), text('closureCode'), text('closeNotes'), ending), 'close');
  }
  if (lifecycle?.field === field && value === lifecycle.cancelled && text('closeNotes') !== '') {
    if (row[field] === value && saidOf(row)['closeNotes'] === said['closeNotes']) return;
    return void core.set(table, id, cancelling(table, opened(), text('closeNotes'), ending), 'cancel');
  }
  if (lifecycle?.field === field && row[field] === value) return;
  if (lifecycle?.field === field && value === lifecycle.reopened && hasEnded(lifecycle, row))
    return void core.set(table, id, reopening(table, row, core.view), 'reopen');
  if (lifecycle?.field === field && (value === lifecycle.closed || value === lifecycle.cancelled))
    throw new AppError('rule', `Closing this ${label.toLowerCase()} needs a closure code and close notes.`, {
      rule: 'BR-02',
      table,
      recordId: id,
      field,
      wayOut: 'Close it on its own page, then keep what is there.',
    });
  core.set(table, id, validatePatch(table, { [field]: value ?? null }, fields[field]?.readOnly === true ? 'system' : 'person'), 'update');
}

function bringBack(
  core: DraftCore,
  table: TableName,
  id: string,
  row: AnyRow | undefined,
  fields: readonly FieldConflict[],
  { at, actor }: { readonly at: string; readonly actor: string },
): void {
  const { label } = tableOf(table);
  if (row === undefined)
    throw new AppError('not-found', `This ${label.toLowerCase()} is not kept here any more, so it cannot be restored.`, {
      table,
      recordId: id,
      wayOut: 'Create it anew.',
    });
  const wanted = Object.fromEntries(
    fields.flatMap(({ field, mine }) => (Object.hasOwn(tableOf(table).fields, field) ? [[field, mine ?? undefined]] : [])),
  );
  // a revision above the first one says that it was there before
  // what was sent and never came in has no system fields yet
  const was: { readonly createdAt?: string; readonly createdBy?: string; readonly rev?: number } = row;
  const { createdAt = at, createdBy = actor, rev = 1 } = was;
  const back = { ...row, createdAt, createdBy, updatedAt: at, updatedBy: actor, rev: rev + 1, ...wanted };
  if (core.row(table, id) === undefined) core.insert(table, back);
}
