import { fieldsOf } from '#shared/domain/derived/field-path.ts';
import { isIndicator } from '#shared/domain/validate/indicator-shape.ts';
import type { Condition } from '#shared/model/condition.ts';
import { isTableName, tableNames, tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { INDICATOR_FUNCTIONS } from '#shared/model/tables/data-source.ts';

export const EMPTY_SOURCE: Readonly<Record<string, unknown>> = {
  name: '',
  kind: 'indicator',
  frequency: 'weekly',
  rollUp: 'average',
  breakdown: 'account',
  indicator: { table: 'supportTicket', fn: 'count' },
};

/** An indicator while it is edited: every part but the record type and the function may be missing. */
export type IndicatorDraft = {
  readonly table: TableName;
  readonly fn: keyof typeof INDICATOR_FUNCTIONS;
  readonly field?: string | undefined;
  readonly per?: string | undefined;
  readonly matching?: Condition | undefined;
  readonly filter?: Condition | undefined;
  readonly time?:
    | { readonly kind: 'during'; readonly field: string; readonly days: number }
    | { readonly kind: 'open'; readonly from: string; readonly to: string }
    | undefined;
  readonly whenNone?: number | undefined;
};

/** The indicator of a draft; an unreadable one starts anew. Its parts may be missing while it is edited, never of another shape. */
export function indicatorOf(value: unknown): IndicatorDraft {
  const start: IndicatorDraft = { table: 'supportTicket', fn: 'count' };
  return isIndicator(value) && isTableName(value.table) ? { ...value, table: value.table } : start;
}

/** The same as it is stored: missing parts left out. */
export function storedIndicator(draft: IndicatorDraft): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
}

/** Record types that can be counted, by name. */
export const COUNTED: Readonly<Record<string, string>> = Object.fromEntries(
  tableNames
    .filter((name) =>
      Object.values(tableOf(name).fields).some(
        (field) => field.kind === 'reference' && (field.to === 'account' || field.to === 'engagement' || field.to === 'contract'),
      ),
    )
    .map((name) => [name, tableOf(name).plural]),
);

const NUMERIC = new Set(['number', 'integer', 'percent', 'money']);
const DATED = new Set(['date', 'instant']);

function choicesOf(table: TableName, kinds: ReadonlySet<string>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fieldsOf(table)).flatMap(([name, info]) => (kinds.has(info.kind) && info.computed !== true ? [[name, info.label]] : [])),
  );
}

/** Fields that can be summed or averaged, derived ones too. */
export function numericFields(table: TableName): Readonly<Record<string, string>> {
  return choicesOf(table, NUMERIC);
}

/** Fields that say when. */
export function datedFields(table: TableName): Readonly<Record<string, string>> {
  return choicesOf(table, DATED);
}
