import { tablesOfField } from '../../../model/any-reference.ts';
import { tableOf, type TableName } from '../../../model/dictionary.ts';
import type { Field } from '../../../model/field.ts';
import { cellAt, type ReadColumn } from '../cells.ts';
import type { DateOrder } from '../dates.ts';
import { importFields } from '../import-fields.ts';
import { isNothing } from '../numbers.ts';
import { resolveAnyReferences } from './any-references.ts';
import { convertColumn, convertFlags, convertText, faultAt, valueAt, type Converted } from './convert.ts';
import type { PlannedTable } from './planned-tables.ts';
import type { ColumnChoice, PlannedRecord, PlanWorld, Question, SheetChoice } from './plan-types.ts';
import type { ProblemList } from './problems.ts';
import { resolveReferences, type ResolvedReferences } from './references.ts';
import { identifyRows } from './row-keys.ts';

export type PlanState = {
  readonly world: PlanWorld;
  readonly sheets: readonly SheetChoice[];
  readonly tables: (table: TableName) => PlannedTable;
  readonly problems: ProblemList;
  readonly answers: ReadonlyMap<string, string>;
  readonly ask: (question: Question) => void;
  readonly prefer: readonly DateOrder[];
  /** Record types that some column of the set names records of; only their names are worth an index. */
  readonly named: ReadonlySet<TableName>;
  /** Rows that the file marks as deleted or outdated, by sheet. */
  readonly skip: readonly Uint8Array[];
  readonly noteDates: (sheet: number, column: number, dates: NonNullable<Converted['dates']>) => void;
};

/** A sheet whose rows become records, with the record of each row. */
export type RecordSheet = {
  readonly index: number;
  readonly choice: SheetChoice;
  readonly records: readonly (PlannedRecord | undefined)[];
  readonly columns: ReadonlyMap<string, Converted>;
};

/** Which rows a sheet marks as deleted (`is_deleted`) or outdated (`is_latest_version`). */
export async function skippedRows(choice: SheetChoice, turn: () => Promise<void>): Promise<Uint8Array> {
  const rows = choice.sheet.lines.length;
  const skip = new Uint8Array(rows);
  for (const { index, field } of choice.columns) {
    const cells = choice.sheet.columns[index]?.cells;
    if (cells === undefined || (field !== 'leaveOut' && field !== 'takeIn')) continue;
    const flags = await convertFlags(cells, turn);
    for (let row = 0; row < rows; row += 1) if (valueAt(flags, row) === (field === 'leaveOut')) skip[row] = 1;
  }
  return skip;
}

function isReference(field: Field | undefined): field is Field & { readonly to: TableName } {
  return field?.kind === 'reference' && field.to !== undefined;
}

const isReferring = (field: Field | undefined): boolean => field?.kind === 'reference' || field?.kind === 'anyReference';

async function anyReferenceColumn(
  state: PlanState,
  sheet: number,
  { index }: ColumnChoice,
  field: Field,
): Promise<ResolvedReferences | undefined> {
  const column = state.sheets[sheet]?.sheet.columns[index];
  const tables = tablesOfField(field);
  return (
    column &&
    (await resolveAnyReferences(column.cells, {
      isMandatory: field.isMandatory,
      tables,
      planned: state.tables,
      turn: state.world.turn,
    }))
  );
}

async function referenceColumn(
  state: PlanState,
  sheet: number,
  { index }: ColumnChoice,
  field: Field & { to: TableName },
): Promise<ResolvedReferences | undefined> {
  const column = state.sheets[sheet]?.sheet.columns[index];
  return (
    column &&
    (await resolveReferences(column.cells, {
      sheet,
      column: index,
      heading: state.sheets[sheet]?.sheet.headings[index] ?? '',
      isMandatory: field.isMandatory,
      to: state.tables(field.to),
      answers: state.answers,
      ask: state.ask,
      skip: state.skip[sheet],
      turn: state.world.turn,
    }))
  );
}

type Kept = {
  readonly column: ColumnChoice;
  readonly field: string;
  readonly converted: Converted & { readonly warnings?: ReadonlyMap<number, string> };
};

async function convertPlain(
  state: PlanState,
  sheet: number,
  column: ColumnChoice,
  key: string,
  field: Field,
  rowCurrency: Converted | undefined,
): Promise<Converted | undefined> {
  const choice = state.sheets[sheet];
  const read: ReadColumn | undefined = choice?.sheet.columns[column.index];
  if (choice === undefined || read === undefined || choice.into === undefined || choice.into === 'series') return undefined;
  const converted = await convertColumn(
    read.cells,
    key,
    field,
    {
      table: choice.into,
      view: state.world.view,
      heading: choice.sheet.headings[column.index] ?? '',
      typed: read.typed,
      currency: state.world.currency,
      timeZone: state.world.timeZone,
      prefer: state.prefer,
      dateOrder: column.dateOrder,
      rowCurrency,
    },
    state.world.turn,
  );
  if (converted.dates !== undefined) state.noteDates(sheet, column.index, converted.dates);
  return converted;
}

/** Columns of one field are joined: first and last name. */
function joined(choice: SheetChoice, columns: readonly ColumnChoice[]): Converted {
  const values = Array.from(choice.sheet.lines, (_, row) => {
    const texts = columns.map(({ index }) => {
      const cells = choice.sheet.columns[index]?.cells;
      const text = cells === undefined ? '' : cellAt(cells, row).trim();
      return isNothing(text, 'text') ? '' : text;
    });
    const whole = texts.filter((text) => text !== '').join(' ');
    return whole === '' ? undefined : whole;
  });
  return { values, codes: undefined, faults: new Map() };
}

/** Texts that a whole column must get wrong before it is taken for another kind of column than its heading says. */
const ALL_WRONG = 3;

/**
 * A column none of whose texts fits an optional field is not what its heading says: its cells stay empty with a warning, and do
 * not hold every row back.
 */
function isAllWrong({ converted, field }: Kept, fields: ReadonlyMap<string, Field>): boolean {
  if (fields.get(field)?.isMandatory === true || isReferring(fields.get(field)) || converted.faults.size < ALL_WRONG) return false;
  return converted.values.every((value) => value === undefined);
}

async function fillRows(
  state: PlanState,
  index: number,
  records: readonly (PlannedRecord | undefined)[],
  kept: readonly Kept[],
): Promise<void> {
  const { problems } = state;
  const rows = state.sheets[index]?.sheet.lines.length ?? 0;
  const skip = state.skip[index];
  const into = state.sheets[index]?.into;
  const fields = into === undefined || into === 'series' ? new Map<string, Field>() : importFields(into);
  const wrong = new Set(kept.filter((one) => isAllWrong(one, fields)));
  const faulty = kept.filter(({ converted }) => converted.faults.size > 0 || (converted.warnings?.size ?? 0) > 0);
  for (let row = 0; row < rows; row += 1) {
    if (row % 1024 === 1023) await state.world.turn();
    if (skip?.[row] === 1) continue;
    for (const one of faulty) {
      const { column, converted } = one;
      const fault = faultAt(converted, row);
      if (fault !== undefined && wrong.has(one)) problems.add(index, row, column.index, 'warning', `${fault} The field stays empty.`);
      else if (fault !== undefined) problems.add(index, row, column.index, 'error', fault);
      const at = converted.codes === undefined ? row : (converted.codes[row] ?? 0);
      const warning = converted.warnings?.get(at);
      if (warning !== undefined) problems.add(index, row, column.index, 'warning', warning);
    }
    const record = records[row];
    if (record === undefined || problems.isBad(index, row)) continue;
    if (record.row < 0) {
      record.sheet = index;
      record.row = row;
    }
    for (const { field, converted } of kept) {
      const value = converted.values[converted.codes === undefined ? row : (converted.codes[row] ?? 0)];
      if (value !== undefined) record.values[field] = value;
    }
  }
}

/** The currency of each row of a field of amounts: its own column, else that of the whole row. */
async function currenciesOf(choice: SheetChoice, key: string, turn: () => Promise<void>): Promise<Converted | undefined> {
  const column =
    choice.columns.find(({ field }) => field === `currency:${key}`) ?? choice.columns.find(({ field }) => field === 'currency');
  const cells = column && choice.sheet.columns[column.index]?.cells;
  return cells && (await convertText(cells, turn));
}

/** Whether every row of a sheet has a key of its own. */
function isKeyed(choice: SheetChoice): boolean {
  const key = choice.columns.find(({ field }) => field === 'externalId');
  return key !== undefined && choice.facts[key.index]?.empty === 0;
}

/** Plans the rows of every sheet that goes into one table: which record each is, and its values. */
export async function planTable(state: PlanState, table: TableName): Promise<readonly RecordSheet[]> {
  const planned = state.tables(table);
  const fields = importFields(table);
  const naturalKeys = new Map<string, PlannedRecord>();
  const mine = [...state.sheets.entries()].filter(([, choice]) => choice.into === table);
  // records are only looked up by name where some row has no key
  const byName = mine.some(([, choice]) => !isKeyed(choice));
  const identified = [];
  for (const [index, choice] of mine) {
    const references = new Map<string, Kept>();
    for (const column of choice.columns) {
      const field = column.field === undefined ? undefined : fields.get(column.field);
      if (column.field === undefined || !isReference(field) || field.to === table) continue;
      const converted = await referenceColumn(state, index, column, field);
      if (converted !== undefined) references.set(column.field, { column, field: column.field, converted });
      await state.world.turn();
    }
    for (const fault of choice.sheet.faults) state.problems.add(index, fault.row, undefined, fault.severity, fault.message);
    const records = await identifyRows({
      sheetIndex: index,
      choice,
      table: planned,
      problems: state.problems,
      skip: state.skip[index] ?? new Uint8Array(0),
      references: new Map([...references].map(([key, { converted }]) => [key, converted])),
      naturalKeys: byName ? naturalKeys : undefined,
      isNamed: state.named.has(table),
      turn: state.world.turn,
    });
    identified.push({ index, choice, references, records });
  }
  const sheets: RecordSheet[] = [];
  for (const { index, choice, references, records } of identified) {
    const kept: Kept[] = [...references.values()];
    for (const [key, field] of fields) {
      const columns = choice.columns.filter((column) => column.field === key);
      const [column] = columns;
      if (column === undefined || references.has(key)) continue;
      const converted =
        columns.length > 1
          ? joined(choice, columns)
          : isReference(field)
            ? await referenceColumn(state, index, column, field)
            : field.kind === 'anyReference'
              ? await anyReferenceColumn(state, index, column, field)
              : await convertPlain(
                  state,
                  index,
                  column,
                  key,
                  field,
                  field.kind === 'money' ? await currenciesOf(choice, key, state.world.turn) : undefined,
                );
      if (converted !== undefined) kept.push({ column, field: key, converted });
      await state.world.turn();
    }
    await fillRows(state, index, records, kept);
    sheets.push({ index, choice, records, columns: new Map(kept.map(({ field, converted }) => [field, converted])) });
  }
  return sheets;
}

/** Words for a record type in a sentence. */
export function typeName(table: TableName): string {
  return tableOf(table).label.toLowerCase();
}
