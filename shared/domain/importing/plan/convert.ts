import { AppError } from '../../../errors/app-error.ts';
import { tableOf, type TableName } from '../../../model/dictionary.ts';
import type { Field } from '../../../model/field.ts';
import { isCurrency } from '../../../util/currencies.ts';
import { moneyFromDecimal } from '../../../util/money.ts';
import { planOf } from '../../validate/field-plan.ts';
import { cellAt, distinctOf, rowsOf, type Cells } from '../cells.ts';
import { choiceStands, offeredWords, type ChoiceView } from '../../choices.ts';
import { readChoiceIn } from '../choice-words.ts';
import { instantOf, plainDateOf, readDateIn, startDateChoice, type DateForm, type DateOrder } from '../dates.ts';
import { withoutVendor, wordsOf } from '../headings.ts';
import { isNothing, PLAIN_NUMBERS, readBoolean, readNumber, startNumberChoice, type NumberChoice, type NumberStyle } from '../numbers.ts';

/**
 * A column as values: for coded columns one value per distinct text, for plain ones one per row; `indexOf` tells which.
 * `faults` are by the same index.
 */
export type Converted = {
  readonly values: readonly unknown[];
  readonly codes: Uint32Array | undefined;
  readonly faults: ReadonlyMap<number, string>;
  readonly dates?: { readonly order: DateOrder | undefined; readonly orders: readonly DateOrder[]; readonly ambiguous: string | undefined };
};

/** What a cell becomes: a value, nothing, or a fault in words. */
type CellReader = (text: string) => unknown;
class Fault {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** The value of a row. */
export function valueAt(converted: Converted, row: number): unknown {
  return converted.values[converted.codes === undefined ? row : (converted.codes[row] ?? 0)];
}

/** What is wrong with a row's cell, or undefined. */
export function faultAt(converted: Converted, row: number): string | undefined {
  return converted.faults.size === 0 ? undefined : converted.faults.get(converted.codes === undefined ? row : (converted.codes[row] ?? 0));
}

type Turn = () => Promise<void>;

/** Texts between two turns for other work. */
const SLICE = 1_024;

/** Reads every cell of a column once per distinct text, in slices. */
export async function convertCells(cells: Cells, read: CellReader, turn: Turn): Promise<Converted> {
  const faults = new Map<number, string>();
  const values: unknown[] = [];
  const length = cells.kind === 'coded' ? cells.values.length : cells.rows;
  for (let index = 0; index < length; index += 1) {
    if (index % SLICE === SLICE - 1) await turn();
    const text = cells.kind === 'coded' ? (cells.values[index] ?? '') : cellAt(cells, index);
    const value = text === '' ? undefined : read(text);
    if (value instanceof Fault) {
      faults.set(index, value.message);
      values.push(undefined);
    } else values.push(value);
  }
  return { values, codes: cells.kind === 'coded' ? cells.codes : undefined, faults };
}

/** Shows a chooser every text of a column that means something, in slices. */
async function lookThrough(cells: Cells, chooser: { readonly add: (value: string, count: number) => void }, turn: Turn): Promise<void> {
  if (cells.kind === 'plain') {
    for (let row = 0; row < cells.rows; row += 1) {
      if (row % SLICE === SLICE - 1) await turn();
      const value = cellAt(cells, row);
      if (!isNothing(value, 'other')) chooser.add(value, 1);
    }
    return;
  }
  for (const [index, { value, count }] of distinctOf(cells).entries()) {
    if (index % SLICE === SLICE - 1) await turn();
    if (!isNothing(value, 'other')) chooser.add(value, count);
  }
}

async function numbersOf(cells: Cells, typed: boolean, turn: Turn): Promise<Pick<NumberChoice, 'style' | 'minusOneIsNothing'>> {
  const chooser = startNumberChoice();
  await lookThrough(cells, chooser, turn);
  const choice = chooser.choose();
  return { style: typed ? PLAIN_NUMBERS : choice.style, minusOneIsNothing: choice.minusOneIsNothing };
}

const shown = (text: string) => `“${text.replaceAll(/\s+/g, ' ').trim().slice(0, 60)}”`;

export type ColumnContext = {
  readonly table: TableName;
  /** Knows the choices that were added to lists. */
  readonly view: ChoiceView;
  readonly heading: string;
  readonly typed: boolean;
  readonly currency: string;
  readonly timeZone: string;
  /** Orders that the other date columns of the set are written in, the likeliest first. */
  readonly prefer: readonly DateOrder[];
  readonly dateOrder: DateOrder | undefined;
  /** Currency code of each row, where a column tells it. */
  readonly rowCurrency?: Converted | undefined;
};

/** The date form of a column: the person's choice, else the one that fits most rows. */
async function dateFormOf(cells: Cells, prefer: readonly DateOrder[], chosen: DateOrder | undefined, turn: Turn) {
  const chooser = startDateChoice();
  await lookThrough(cells, chooser, turn);
  const choice = chooser.choose(prefer);
  const form: DateForm = chosen ?? choice.form;
  const isOrder = form === 'iso' || form === 'dmy' || form === 'mdy' || form === 'ymd';
  return { form, dates: { order: isOrder ? form : undefined, orders: choice.orders, ambiguous: choice.ambiguous } };
}

const EXAMPLES: Readonly<Record<string, string>> = { iso: '2024-12-31', ymd: '2024/12/31', dmy: '31.12.2024', mdy: '12/31/2024' };

function notADate(text: string, form: DateForm): Fault {
  return new Fault(`${shown(text)} is not a date as the column writes them (${EXAMPLES[form] ?? 'a number of days'}).`);
}

function dateReader(kind: 'date' | 'instant', form: DateForm, timeZone: string): CellReader {
  return (text) => {
    if (isNothing(text, 'other')) return undefined;
    const parts = readDateIn(text, form);
    if (parts === undefined) return notADate(text, form);
    return kind === 'date' ? plainDateOf(parts) : instantOf(parts, timeZone);
  };
}

function numberReader(field: Field, { style, minusOneIsNothing }: Pick<NumberChoice, 'style' | 'minusOneIsNothing'>): CellReader {
  return (text) => {
    if (isNothing(text, 'other')) return undefined;
    const found = readNumber(text, style);
    if (found === undefined) return new Fault(`${shown(text)} is not a number.`);
    const value = Number(found.decimal);
    if (minusOneIsNothing && value === -1) return undefined;
    if (found.percent && field.kind !== 'percent' && field.max !== undefined && field.max <= 1) return value / 100;
    return value;
  };
}

const DOLLARS = new Set(['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN']);
const CROWNS = new Set(['SEK', 'NOK', 'DKK']);

/** The currency that a sign in a cell means, given the workspace's. */
function currencyOf(sign: string, workspace: string): string {
  if (sign === '$') return DOLLARS.has(workspace) ? workspace : 'USD';
  if (sign === 'kr') return CROWNS.has(workspace) ? workspace : 'SEK';
  return sign.toUpperCase();
}

/** The currency that a heading names (`refund_amount_usd`). */
export function currencyInHeading(heading: string): string | undefined {
  return withoutVendor(wordsOf(heading))
    .map((word) => word.toUpperCase())
    .find((word) => word.length === 3 && isCurrency(word) && !['ALL', 'TOP', 'MRU', 'CUP', 'PEN', 'TRY', 'ERN'].includes(word));
}

function moneyOf(text: string, style: NumberStyle, currency: string, workspace: string, unknown: boolean): unknown {
  if (isNothing(text, 'other')) return undefined;
  const found = readNumber(text, style);
  if (found === undefined || found.percent) return new Fault(`${shown(text)} is not an amount.`);
  if (unknown && Number(found.decimal) === -1) return undefined;
  const code = found.currency === undefined ? currency : currencyOf(found.currency, workspace);
  if (!isCurrency(code)) return new Fault(`${shown(text)} has a currency that is not known: ${code}.`);
  try {
    return moneyFromDecimal(found.decimal, code);
  } catch (thrown) {
    if (thrown instanceof AppError) return new Fault(thrown.message);
    throw thrown;
  }
}

async function convertMoney(cells: Cells, context: ColumnContext, turn: Turn): Promise<Converted> {
  const { style, minusOneIsNothing } = await numbersOf(cells, context.typed, turn);
  const usual = currencyInHeading(context.heading) ?? context.currency;
  const { rowCurrency } = context;
  if (rowCurrency === undefined)
    return convertCells(cells, (text) => moneyOf(text, style, usual, context.currency, minusOneIsNothing), turn);
  const faults = new Map<number, string>();
  const values: unknown[] = [];
  for (let row = 0; row < rowsOf(cells); row += 1) {
    if (row % SLICE === SLICE - 1) await turn();
    const code = valueAt(rowCurrency, row);
    const text = cellAt(cells, row);
    const currency = typeof code === 'string' ? code.toUpperCase() : usual;
    const value = text === '' ? undefined : moneyOf(text, style, currency, context.currency, minusOneIsNothing);
    if (value instanceof Fault) faults.set(row, value.message);
    values.push(value instanceof Fault ? undefined : value);
  }
  return { values, codes: undefined, faults };
}

const CELL_ERROR = /^#(?:REF|DIV\/0|VALUE|NAME|NUM|NULL|N\/A|SPILL|CALC)[!?]?$/;

/** Reads text; `NULL` and the like mean nothing only in a column that has no other way to say so. */
function textReader(cells: Cells): CellReader {
  const saysNothing = !hasEmpty(cells);
  return (text) => {
    if (text.trim() === '' || (saysNothing && isNothing(text, 'text'))) return undefined;
    return CELL_ERROR.test(text) ? new Fault(`The cell holds the spreadsheet error ${text}.`) : text;
  };
}

function hasEmpty(cells: Cells): boolean {
  if (cells.kind === 'coded') return cells.codes.includes(0);
  for (let row = 0; row < cells.rows; row += 1) if (cellAt(cells, row) === '') return true;
  return false;
}

function booleanReader(text: string): unknown {
  if (isNothing(text, 'other')) return undefined;
  return readBoolean(text) ?? new Fault(`${shown(text)} is neither yes nor no.`);
}

function choiceReader(table: TableName, key: string, field: Field, view: ChoiceView): CellReader {
  return (text) => {
    const value = readChoiceIn(table, key, text, view);
    if (value !== undefined && choiceStands(view, field, value) === 'active') return value;
    return isNothing(text, 'other') ? undefined : new Fault(`${shown(text)} is none of: ${offeredWords(view, field)}.`);
  };
}

function tagsReader(text: string): unknown {
  if (isNothing(text, 'text')) return undefined;
  const tags = text.split(/[;|]|,(?!\s?\d)/).map((tag) => tag.trim());
  return tags.filter((tag) => tag !== '');
}

const NUMBERS: ReadonlySet<Field['kind']> = new Set(['number', 'integer', 'percent']);

async function readerFor(key: string, field: Field, cells: Cells, { table, typed, view }: ColumnContext, turn: Turn): Promise<CellReader> {
  if (field.kind === 'boolean') return booleanReader;
  if (field.kind === 'choice') return choiceReader(table, key, field, view);
  if (field.kind === 'tags') return tagsReader;
  return NUMBERS.has(field.kind) ? numberReader(field, await numbersOf(cells, typed, turn)) : textReader(cells);
}

/** Lets the reader of the field check a value, so that what the plan shows as good the store takes. */
function checked(table: TableName, key: string, read: CellReader): CellReader {
  const planned = planOf(table).get(key);
  if (planned === undefined) return read;
  const place = { table, field: key };
  const prefix = `${tableOf(table).label}: `;
  return (text) => {
    const value = read(text);
    if (value === undefined || value instanceof Fault) return value;
    try {
      return planned.read(value, { view: undefined, place });
    } catch (thrown) {
      if (thrown instanceof AppError) return new Fault(thrown.message.replace(prefix, ''));
      throw thrown;
    }
  };
}

/** A column of a field (other than references) as values that the store takes, with a fault for every cell that is none. */
export async function convertColumn(cells: Cells, key: string, field: Field, context: ColumnContext, turn: Turn): Promise<Converted> {
  const { table, prefer, dateOrder, timeZone } = context;
  if (field.kind === 'money') return convertMoney(cells, context, turn);
  if (field.kind === 'date' || field.kind === 'instant') {
    const { form, dates } = await dateFormOf(cells, prefer, dateOrder, turn);
    return { ...(await convertCells(cells, checked(table, key, dateReader(field.kind, form, timeZone)), turn)), dates };
  }
  return convertCells(cells, checked(table, key, await readerFor(key, field, cells, context, turn)), turn);
}

/** A column of numbers that are no field: the values of a series. */
export async function convertNumbers(cells: Cells, typed: boolean, turn: Turn): Promise<Converted> {
  const { style } = await numbersOf(cells, typed, turn);
  const read: CellReader = (text) => {
    if (isNothing(text, 'other')) return undefined;
    const found = readNumber(text, style);
    return found === undefined ? new Fault(`${shown(text)} is not a number.`) : Number(found.decimal);
  };
  return convertCells(cells, read, turn);
}

/** A column of days as whole numbers since 1970-01-01. */
export async function convertDays(
  cells: Cells,
  prefer: readonly DateOrder[],
  chosen: DateOrder | undefined,
  turn: Turn,
): Promise<Converted> {
  const { form, dates } = await dateFormOf(cells, prefer, chosen, turn);
  const read: CellReader = (text) => {
    if (isNothing(text, 'other')) return undefined;
    const parts = readDateIn(text, form);
    if (parts === undefined) return notADate(text, form);
    return Math.round(Date.UTC(parts.year, parts.month - 1, parts.day) / 86_400_000);
  };
  return { ...(await convertCells(cells, read, turn)), dates };
}

/** A column of plain text. */
export function convertText(cells: Cells, turn: Turn): Promise<Converted> {
  return convertCells(cells, (text) => (isNothing(text, 'text') ? undefined : text.trim()), turn);
}

/** A column of yes and no; anything else counts as no. */
export function convertFlags(cells: Cells, turn: Turn): Promise<Converted> {
  return convertCells(cells, (text) => readBoolean(text), turn);
}
