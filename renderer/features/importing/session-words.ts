import { importFields, SERIES_FIELDS, STEERING_FIELDS, importTables } from '#shared/domain/importing/import-fields.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Input, Output } from '#shared/contract/engine-contract.ts';

export type Session = Output<'import.session'>;
export type Sheet = Session['sheets'][number];
export type SheetColumn = Sheet['columns'][number];
/** A change of an import that is being prepared. */
export type Change = Omit<Input<'import.change'>, 'sessionId'>;
export type Target = TableName | 'series';

/** What a sheet's rows can become. */
export const TARGETS: readonly { readonly value: string; readonly label: string }[] = [
  { value: '', label: 'Leave this sheet out' },
  ...importTables.map((table) => ({ value: table, label: tableOf(table).plural })),
  { value: 'series', label: 'Values over time' },
];

/** Reads a target that a menu gave back; undefined leaves the sheet out. */
export function asTarget(value: string): Target | undefined {
  if (value === 'series') return 'series';
  return importTables.find((table) => table === value);
}

/** A target in words. */
export function targetLabel(target: Target | undefined): string {
  if (target === undefined) return 'Left out';
  return target === 'series' ? 'Values over time' : tableOf(target).plural;
}

/** The fields that a column of this target can go to, mandatory ones first. */
export function fieldChoices(target: Target): readonly { readonly value: string; readonly label: string }[] {
  const own =
    target === 'series'
      ? Object.entries(SERIES_FIELDS).map(([value, label]) => ({ value, label, first: false }))
      : [...importFields(target)].map(([value, field]) => ({
          value,
          label: field.isMandatory ? `${field.label} *` : field.label,
          first: field.isMandatory,
        }));
  const sorted = own.toSorted((a, b) => Number(b.first) - Number(a.first));
  const steering = Object.entries(STEERING_FIELDS).map(([value, label]) => ({ value, label }));
  return [{ value: '', label: 'Leave out' }, ...sorted.map(({ value, label }) => ({ value, label })), ...steering];
}

/** A file's name, with the sheet's where it is a workbook. */
export function sheetTitle(sheet: Pick<Sheet, 'file' | 'sheet'>): string {
  return sheet.sheet === undefined ? sheet.file : `${sheet.file} – ${sheet.sheet}`;
}

export const DATE_ORDER_WORDS = {
  iso: '2024-12-31',
  dmy: '31/12/2024 (day first)',
  mdy: '12/31/2024 (month first)',
  ymd: '2024/12/31 (year first)',
} as const;

/** How many rows go in now and how many wait. */
export function totals(session: Session): { readonly goIn: number; readonly held: number; readonly unchanged: number } {
  const sum = (pick: (count: Session['counts'][number]) => number) => session.counts.reduce((total, count) => total + pick(count), 0);
  return {
    goIn: sum((count) => count.create + count.update),
    held: sum((count) => count.held),
    unchanged: sum((count) => count.unchanged),
  };
}

/** Questions that still hold rows back. */
export function openQuestions(session: Session): number {
  return session.questions.filter((question) => question.answer === undefined).length;
}
