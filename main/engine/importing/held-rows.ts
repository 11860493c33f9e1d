import { z } from 'zod';
import { DATE_ORDERS } from '#shared/contract/areas/importing.ts';
import { cellAt, type ReadSheet } from '#shared/domain/importing/cells.ts';
import { factsOf } from '#shared/domain/importing/facts.ts';
import { alsoMade } from '#shared/domain/importing/recognise.ts';
import { ROW_HELD, type ImportPlan, type Problem, type SheetChoice } from '#shared/domain/importing/plan/plan-types.ts';
import type { Json } from '#shared/model/field.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { isTableName } from '#shared/model/dictionary.ts';

const cellsSchema = z.array(
  z.object({ heading: z.string(), value: z.string(), field: z.string().optional(), dateOrder: z.enum(DATE_ORDERS).optional() }),
);
export type HeldCells = z.output<typeof cellsSchema>;
export type HeldRowDraft = {
  readonly file: string;
  readonly line: number;
  readonly intoTable: string;
  readonly cells: Json;
  readonly problems: Json;
};

/** The name under which a held-back row's table is kept: the file, and the sheet of a workbook. */
export function fileName({ file, sheet }: ReadSheet): string {
  return sheet === undefined ? file : `${file}, sheet ${sheet}`;
}

function heldCells({ sheet, columns }: SheetChoice, row: number, plan: ImportPlan, index: number): Json {
  return columns.map(({ index: at, field, dateOrder }) => {
    const cells = sheet.columns[at]?.cells;
    const order = dateOrder ?? plan.dateOrders[index]?.get(at)?.order;
    return {
      heading: sheet.headings[at] ?? '',
      value: cells === undefined ? '' : cellAt(cells, row),
      ...(field === undefined ? {} : { field }),
      ...(order === undefined ? {} : { dateOrder: order }),
    };
  });
}

/** What is wrong with a row, as its held-back record shows it. */
export function heldProblems(problems: readonly Problem[], headings: readonly string[]): Json {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ column, message }) => ({ message, ...(column === undefined ? {} : { column: headings[column] ?? '' }) }));
}

/** Rows between two looks at the clock. */
const SLICE = 256;

/** The rows of a plan that cannot go in, as records to be repaired later. */
export async function heldRowsOf(
  sheets: readonly SheetChoice[],
  plan: ImportPlan,
  turn: () => Promise<void>,
): Promise<readonly HeldRowDraft[]> {
  const drafts: HeldRowDraft[] = [];
  if (!plan.rows.some((statuses) => statuses.includes(ROW_HELD))) return drafts;
  const problems = Map.groupBy(plan.problems, ({ sheet, row }) => `${sheet}:${row}`);
  for (const [index, choice] of sheets.entries()) {
    if (choice.into === undefined) continue;
    for (const [row, status] of plan.rows[index]?.entries() ?? []) {
      if (status !== ROW_HELD) continue;
      if (drafts.length % SLICE === SLICE - 1) await turn();
      drafts.push({
        file: fileName(choice.sheet),
        line: choice.sheet.lines[row] ?? 0,
        intoTable: choice.into,
        cells: heldCells(choice, row, plan, index),
        problems: heldProblems(problems.get(`${index}:${row}`) ?? [], choice.sheet.headings),
      });
    }
  }
  return drafts;
}

/** Held-back cells as they are stored. */
export function storedCells(cells: HeldCells): Json {
  return cells.map(({ heading, value, field, dateOrder }) => ({
    heading,
    value,
    ...(field === undefined ? {} : { field }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
  }));
}

/** Whether a line of a file is the row that was held back: at least half of its cells say the same. */
export function isSameRow(sheet: ReadSheet, row: Row<'heldRow'>): boolean {
  const at = sheet.lines.indexOf(row.line);
  const parsed = cellsSchema.safeParse(row.cells);
  if (at < 0 || !parsed.success) return false;
  const filled = parsed.data.filter(({ value }) => value !== '');
  const same = filled.filter(({ heading, value }) => {
    const cells = sheet.columns[sheet.headings.indexOf(heading)]?.cells;
    return cells !== undefined && cellAt(cells, at) === value;
  });
  return same.length * 2 >= filled.length;
}

/** A held-back row as a table of one row, with the cells that the person repaired (by the position of their column). */
export async function sheetOfHeld(
  row: Row<'heldRow'>,
  repaired: Readonly<Record<string, string>>,
): Promise<{ readonly choice: SheetChoice; readonly cells: HeldCells } | undefined> {
  const parsed = cellsSchema.safeParse(row.cells);
  const into = row.intoTable === 'series' ? 'series' : isTableName(row.intoTable) ? row.intoTable : undefined;
  if (!parsed.success || into === undefined) return undefined;
  const cells = parsed.data.map((cell, index) => ({ ...cell, value: repaired[String(index)] ?? cell.value }));
  const sheet: ReadSheet = {
    file: row.file,
    hidden: false,
    headings: cells.map(({ heading }) => heading),
    lines: Uint32Array.of(row.line),
    columns: cells.map(({ value }) => ({
      cells: { kind: 'coded', values: ['', value], codes: Uint32Array.of(value === '' ? 0 : 1) },
      typed: false,
    })),
    faults: [],
  };
  const facts = await factsOf(sheet, () => Promise.resolve());
  const columns = cells.map(({ field, dateOrder }, index) => ({
    index,
    ...(field === undefined ? {} : { field }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
  }));
  const also = alsoMade(
    into,
    columns.map((column) => ({ ...column, weight: 1 })),
    facts,
  );
  return { cells, choice: { sheetId: '1', sheet, facts, into, also, reason: '', columns } };
}
