import { compileCondition } from '#shared/domain/condition/compile-condition.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { isTableName, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { TIMELINE_TYPES, type TimelineType } from '#shared/model/timeline-types.ts';
import { fold } from '#shared/util/folding.ts';
import type { Call, EngineContext } from '../context.ts';

type Listed = Output<'timeline.list'>;
type Item = Listed['items'][number];

/** The kinds of events as this workspace has them: the shipped ones, changed and added to by `activityType` records, in their order. */
function timelineTypes(view: ReadView): readonly TimelineType[] {
  const kept = new Map([...view.all('activityType')].map((row) => [row.key, row]));
  const shipped = TIMELINE_TYPES.filter(({ key }) => !kept.has(key)).map((type, position) => ({ type: type as TimelineType, position })); // seen as one of any table
  const own = [...kept.values()]
    .filter(({ active }) => active !== false)
    .map(({ key, name, sourceTable, dateField, condition, position }) => ({
      type: { key, label: name, table: sourceTable, dateField, condition },
      position: position ?? TIMELINE_TYPES.findIndex((one) => one.key === key),
    }));
  return [...shipped, ...own].toSorted((a, b) => a.position - b.position).map(({ type }) => type);
}

/** Records of a type that belong to an engagement or account, by the most direct reference that the type has. */
function rowsOf(view: ReadView, of: TableName, { table, id }: Parsed<'timeline.list'>): readonly AnyRow[] {
  const { fields } = tableOf(of);
  const refers = (field: string, to: string) => fields[field]?.kind === 'reference' && fields[field].to === to;
  const by = (field: string, value: string) => view.by(of, field, value) as readonly AnyRow[]; // Row seen generically
  if (table === 'engagement') {
    if (refers('engagement', 'engagement')) return by('engagement', id);
    const account = view.get('engagement', id)?.account;
    return account !== undefined && refers('account', 'account') ? by('account', account) : [];
  }
  if (refers('account', 'account')) return by('account', id);
  return refers('engagement', 'engagement') ? view.by('engagement', 'account', id).flatMap(({ id: one }) => by('engagement', one)) : [];
}

/** What happened with a customer, over all kinds of records (WSP-09): newest first, or oldest first. */
export function timeline({ view, settings, derivedFields }: EngineContext, input: Parsed<'timeline.list'>): Listed {
  const { types: wanted, search = '', oldestFirst = false, limit } = input;
  const { asOf } = settings();
  const words = fold(search).split(' ').filter(Boolean);
  const counts: Listed['types'] = [];
  const items: Item[] = [];
  for (const { key, label, table, dateField, condition } of timelineTypes(view)) {
    if (!isTableName(table)) continue;
    const matches = condition === undefined ? undefined : compileCondition(condition, table, derivedFields.all());
    let count = 0;
    for (const row of rowsOf(view, table, input)) {
      const date = row[dateField];
      if (typeof date !== 'string' || (matches !== undefined && !matches(row, view, asOf))) continue;
      count += 1;
      if (wanted !== undefined && !wanted.includes(key)) continue;
      const title = labelOf(table, row, view);
      if (words.length > 0 && !words.every((word) => fold(`${label} ${title} ${row.number ?? ''}`).includes(word))) continue;
      items.push({ type: key, table, id: row.id, title, date, ...(row.number === undefined ? {} : { number: row.number }) });
    }
    counts.push({ key, label, table, count });
  }
  const way = oldestFirst ? 1 : -1;
  items.sort((a, b) => (a.date < b.date ? -way : a.date > b.date ? way : a.id < b.id ? -1 : 1));
  return { total: items.length, items: items.slice(0, limit), types: counts };
}

/** Makes every shipped kind a record of its own, so that it can be renamed, narrowed, put elsewhere or switched off. */
export async function customiseTimeline({ records, view }: EngineContext, call: Call): Promise<Output<'timeline.customise'>> {
  const known = new Set([...view.all('activityType')].map(({ key }) => key));
  const missing = TIMELINE_TYPES.map((type, position) => ({ type: type as TimelineType, position })).filter(
    ({ type }) => !known.has(type.key),
  ); // as above
  if (missing.length === 0) return { created: 0 };
  await records.run({ ...call, label: 'Make the timeline’s activity types one’s own' }, (draft) => {
    for (const { type, position } of missing) {
      const { key, label, table, dateField, condition } = type;
      draft.create('activityType', {
        key,
        name: label,
        sourceTable: table,
        dateField,
        position,
        ...(condition === undefined ? {} : { condition }),
      });
    }
  });
  return { created: missing.length };
}
