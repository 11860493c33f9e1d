import type { Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { setCell, type ReadColumn } from '#shared/domain/importing/cells.ts';
import { factsOfColumn } from '#shared/domain/importing/facts.ts';
import { fieldLabel, importFields } from '#shared/domain/importing/import-fields.ts';
import { mapColumns } from '#shared/domain/importing/map-columns.ts';
import { mapSeries } from '#shared/domain/importing/map-series.ts';
import type { EngagementChoice, ImportPlan, SheetChoice } from '#shared/domain/importing/plan/plan-types.ts';
import { alsoMade, nameWords, type RecognisedSheet } from '#shared/domain/importing/recognise.ts';
import type { DroppedFile } from './read/read-files.ts';

export type ImportChange = Omit<Parsed<'import.change'>, 'sessionId'>;

/** An import that a person is preparing. */
export type ImportSession = {
  readonly sessionId: string;
  readonly files: readonly DroppedFile[];
  state: 'reading' | 'ready' | 'committing' | 'done' | 'failed';
  profile: string | undefined;
  sheets: readonly SheetChoice[];
  readonly answers: Map<string, string>;
  engagements: EngagementChoice;
  /** Rows that the store refused, `sheet:row` → why. */
  readonly refused: Map<string, string>;
  /** What the person did, for the draft. */
  readonly changes: ImportChange[];
  plan: ImportPlan | undefined;
  /** Number of the newest change of the store that the plan has seen. */
  plannedAt: number;
};

/** A recognised sheet as the session's choice, to be changed by the person. */
export function choiceOf({ sheet, facts, into, also, reason, columns }: RecognisedSheet, index: number): SheetChoice {
  return {
    sheetId: String(index + 1),
    sheet,
    facts,
    into,
    also,
    reason,
    columns: columns.map(({ index: at, field, reason: why }) => ({
      index: at,
      ...(field === undefined ? {} : { field }),
      ...(why === undefined ? {} : { reason: why }),
    })),
  };
}

/** The sheet and its place; throws `not-found`. */
export function sheetOf(session: ImportSession, sheetId: string | undefined): { readonly choice: SheetChoice; readonly index: number } {
  const index = session.sheets.findIndex((one) => one.sheetId === sheetId);
  const choice = session.sheets[index];
  if (choice === undefined) throw new AppError('not-found', 'This import has no such table.');
  return { choice, index };
}

function withTarget(choice: SheetChoice, into: SheetChoice['into']): SheetChoice {
  const mapped =
    into === undefined
      ? undefined
      : into === 'series'
        ? mapSeries(choice.facts)?.columns
        : mapColumns(choice.facts, into, nameWords(choice.sheet));
  const columns = choice.facts.map(({ index }) => {
    const column = mapped?.[index];
    return {
      index,
      ...(column?.field === undefined ? {} : { field: column.field }),
      ...(column?.reason === undefined ? {} : { reason: column.reason }),
    };
  });
  return { ...choice, into, columns, reason: 'Chosen by you' };
}

function withField(choice: SheetChoice, index: number, field: string | null): SheetChoice {
  if (field !== null && (choice.into === undefined || fieldLabel(choice.into, field) === undefined))
    throw new AppError('validation', `There is no field “${field}” to which this column could go. Choose another one.`, { field });
  return {
    ...choice,
    columns: choice.columns.map((column) => {
      if (column.index === index) return { index, ...(field === null ? {} : { field }) };
      // a field takes one column
      return field !== null && column.field === field ? { index: column.index } : column;
    }),
  };
}

/** Rows of a file that names no account are of this one: it becomes a column of the sheet, so that what is held back knows it, too. */
function withAccount(choice: SheetChoice, account: string): SheetChoice {
  const { sheet, into, columns, facts } = choice;
  const field = into === undefined || into === 'series' ? undefined : importFields(into).get('account');
  if (field?.to !== 'account' || columns.some((column) => column.field === 'account')) return choice;
  const index = sheet.columns.length;
  const added: ReadColumn = {
    cells: { kind: 'coded', values: ['', account], codes: new Uint32Array(sheet.lines.length).fill(1) },
    typed: false,
  };
  const heading = 'Account (not in the file)';
  return {
    ...choice,
    sheet: { ...sheet, headings: [...sheet.headings, heading], columns: [...sheet.columns, added] },
    facts: [...facts, factsOfColumn(added, index, heading)],
    columns: [...columns, { index, field: 'account', reason: 'The account that the import was opened for' }],
  };
}

function repair(choice: SheetChoice, { line, column, value }: NonNullable<ImportChange['repair']>): void {
  const row = choice.sheet.lines.indexOf(line);
  const cells = choice.sheet.columns[column]?.cells;
  if (row < 0 || cells === undefined) throw new AppError('not-found', `There is no such cell in line ${line}.`, { line });
  setCell(cells, row, value);
}

/** Applies one change of the person to a session; the plan is made anew afterwards. Throws `not-found` and `validation`. */
export function changeSession(session: ImportSession, change: ImportChange): void {
  if (change.engagements !== undefined) session.engagements = change.engagements;
  const { account } = change;
  if (account !== undefined) session.sheets = session.sheets.map((choice) => withAccount(choice, account));
  if (change.answer !== undefined) session.answers.set(change.answer.questionId, change.answer.answer);
  if (change.sheetId === undefined) return;
  const { choice, index } = sheetOf(session, change.sheetId);
  let next = choice;
  if (change.into !== undefined) next = withTarget(next, change.into ?? undefined);
  const { column } = change;
  if (column !== undefined && next.columns[column] === undefined) throw new AppError('not-found', 'This table has no such column.');
  if (column !== undefined && change.field !== undefined) next = withField(next, column, change.field);
  if (column !== undefined && change.dateOrder !== undefined) {
    const { dateOrder } = change;
    next = { ...next, columns: next.columns.map((one) => (one.index === column ? { ...one, dateOrder } : one)) };
    session.answers.delete(`date:${index}:${column}`);
  }
  if (change.repair !== undefined) {
    repair(next, change.repair);
    const row = next.sheet.lines.indexOf(change.repair.line);
    session.refused.delete(`${index}:${row}`);
  }
  next = {
    ...next,
    also: alsoMade(
      next.into,
      next.columns.map((one) => ({ ...one, weight: 1 })),
      next.facts,
    ),
  };
  session.sheets = session.sheets.map((one, at) => (at === index ? next : one));
}
