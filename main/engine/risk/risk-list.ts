import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { compileCondition } from '#shared/domain/condition/compile-condition.ts';
import { riskOpen, valueAtRisk } from '#shared/domain/derived/engagement-facts.ts';
import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import { fieldAt } from '#shared/domain/derived/field-path.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import { bySorts, type SortKey } from '#shared/domain/portfolio/sort-rows.ts';
import type { EngineContext } from '../context.ts';
import { isOverdue, riskFilter } from './risk-views.ts';

type List = Output<'risk.list'>;

/** Ranks of choices for sorting: the most pressing first. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  priority: ['critical', 'high', 'medium', 'low', 'veryLow'],
  probability: ['veryHigh', 'high', 'moderate', 'low', 'veryLow'],
};
const USUAL: Parsed<'risk.list'>['sort'] = [
  { field: 'priority', direction: 'up' },
  { field: 'dueDate', direction: 'up' },
];

/** Open signals of a view, most pressing first unless sorted otherwise (DSH-02). */
export function riskList({ view, settings, derivedFields }: EngineContext, input: Parsed<'risk.list'>): List {
  const { asOf, currency, currentUser } = settings();
  const passes = input.condition && compileCondition(input.condition, 'riskSignal', derivedFields.all());
  const inView = riskFilter(input.view, { view, asOf, currentUser });
  const signals = [...view.all('riskSignal')].filter(
    (signal) => riskOpen(signal) && inView(signal) && (!passes || passes(signal, view, asOf)),
  );
  const sorts = (input.sort ?? USUAL ?? []).map(({ field, direction }) => ({
    direction,
    keyOf: sortKey(field, { view, asOf, more: derivedFields.all() }),
  }));
  const sorted = bySorts(signals, sorts);
  const { offset, limit } = input.window;
  return {
    total: sorted.length,
    rows: sorted.slice(offset, offset + limit).map((row) => {
      const engagement = row.engagement === undefined ? undefined : view.get('engagement', row.engagement);
      const assignedTo = row.assignedTo === undefined ? undefined : view.get('user', row.assignedTo);
      return {
        row,
        ...(engagement && { engagement: refTo(engagement, labelOf('engagement', engagement, view)) }),
        ...(assignedTo && { assignedTo: assignedTo.name }),
        value: [...valueAtRisk([row], view, asOf, currency)],
        occurrences: view.by('riskOccurrence', 'signal', row.id).length,
        overdue: isOverdue(row, asOf),
      };
    }),
  };
}

function refTo(engagement: Row<'engagement'>, label: string): NonNullable<List['rows'][number]['engagement']> {
  const { id, number } = engagement;
  return { table: 'engagement', id, label, ...(number === undefined ? {} : { number }) };
}

function sortKey(
  field: string,
  { view, asOf, more }: { readonly view: EngineContext['view']; readonly asOf: string; readonly more: DerivedTables },
): (signal: Row<'riskSignal'>) => SortKey {
  if (field === 'engagement') return ({ engagement }) => (engagement === undefined ? undefined : view.get('engagement', engagement)?.title);
  if (field === 'value') return (signal) => valueAtRisk([signal], view, asOf)[0]?.amount ?? 0;
  if (field === 'occurrences') return ({ id }) => view.by('riskOccurrence', 'signal', id).length;
  const order = ORDER[field];
  const { read, kind } = fieldAt('riskSignal', field, more);
  return (signal) => {
    const value = read(signal, view, asOf);
    if (order) return typeof value === 'string' ? order.indexOf(value) : undefined;
    if (kind === 'money') return (value as { readonly amount: number } | undefined)?.amount; // the value of a money field
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  };
}
