import type { Output } from '#shared/contract/engine-contract.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type AnyRow } from '#shared/model/dictionary.ts';
import { readJournalChange } from '#shared/sync-core/journal-change.ts';
import type { Draft } from '../context.ts';
import type { RowChange } from '../store/change-set.ts';
import type { SyncRows } from '../store/sync-rows.ts';
import { packed } from './deed-points.ts';
import { fieldText, titleOf } from './field-text.ts';
import type { Queue } from './queue.ts';
import { keptUnder, REFUSED, type RefusedDeed, type RefusedPoints } from './sync-keys.ts';

/** So many of each list, and so many records of a deed, are told. */
const MOST_DEEDS = 500;
const MOST_RECORDS = 20;
const MOST_FIELDS = 100;

type Deed = Output<'sync.pending'>['deeds'][number];

function recordsIn(view: ReadView, rows: readonly RowChange[]): Pick<Deed, 'records' | 'recordCount'> {
  return {
    records: rows.slice(0, MOST_RECORDS).map(({ table, id, after }) => ({
      table,
      id,
      // of a refused creation what it would have been
      title: titleOf(view, table, id, after === undefined || after['createdAt'] === undefined ? undefined : (after as AnyRow)),
    })),
    recordCount: rows.length,
  };
}

/** Records of a deed with the series whose points alone it touched. */
function withSeries(rows: readonly RowChange[], series: readonly { readonly series: string }[]): readonly RowChange[] {
  const known = new Set(rows.map(({ id }) => id));
  const others = new Set(series.map((one) => one.series).filter((id) => !known.has(id)));
  return [...rows, ...[...others].map((id): RowChange => ({ table: 'dataPointSeries', id, action: 'update', rev: 0 }))];
}

type Line = Output<'sync.refused'>['deeds'][number]['fields'][number];

/** What the person had written, a field a line; empty ones are left out. */
function ownLines(view: ReadView, change: RowChange): readonly Line[] {
  const { table, id, after = {} } = change;
  const lines = ownFields(change).map((field): Line => ({
    ...(after[field] === undefined || after[field] === null ? {} : { value: after[field] }),
    table,
    id,
    field,
    label: tableOf(table).fields[field]?.label ?? field,
    text: fieldText(view, table, field, after[field]),
  }));
  return lines.filter(({ text }) => text !== '');
}

/** Data points as a line of a refused change: how many there are. */
function pointsLine({ series, set, remove }: RefusedPoints): Line {
  const words = [
    ...(set.end.length === 0 ? [] : [counted(set.end.length, 'value')]),
    ...(remove.length === 0 ? [] : [`${counted(remove.length, 'value')} taken away`]),
  ];
  return { table: 'dataPointSeries', id: series, field: 'points', label: 'Values', text: words.join(', ') };
}
const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** What was not sent yet, oldest first. */
export function pendingDeeds(view: ReadView, queue: Queue): Output<'sync.pending'> {
  const deeds = queue.deeds().filter(({ parts }) => parts.some(({ answer }) => answer === undefined));
  return {
    total: deeds.length,
    deeds: deeds
      .slice(0, MOST_DEEDS)
      .map(({ key, head, rows, series }) => ({ id: key, label: head.label, at: head.at, ...recordsIn(view, withSeries(rows, series)) })),
  };
}

/** The fields of a refused change that are the person's own. */
function ownFields({ table, after = {}, consequences = [] }: RowChange): readonly string[] {
  const { fields } = tableOf(table);
  return Object.keys(after).filter(
    (name) => Object.hasOwn(fields, name) && fields[name]?.readOnly !== true && !consequences.includes(name),
  );
}

/** What the central store did not take in, newest first (S5). */
export function refusedDeeds(view: ReadView, sync: SyncRows): Output<'sync.refused'> {
  const all = keptUnder<RefusedDeed>(sync, REFUSED).toSorted((a, b) => (a.value.at < b.value.at ? 1 : -1));
  return {
    total: all.length,
    deeds: all.slice(0, MOST_DEEDS).map(({ value: { id, label, at, error, rows, points = [] } }) => {
      const { rule, field, wayOut } = error.details;
      return {
        id,
        label,
        at,
        ...recordsIn(view, withSeries(rows, points)),
        reason: {
          message: error.message,
          ...(rule === undefined ? {} : { rule }),
          ...(field === undefined ? {} : { field }),
          ...(wayOut === undefined ? {} : { wayOut }),
        },
        fields: [...rows.flatMap((change) => ownLines(view, change)), ...points.map(pointsLine)].slice(0, MOST_FIELDS),
      };
    }),
  };
}

/** Refused deeds by their IDs; those that are gone are left out. */
export function refusedById(sync: SyncRows, ids: readonly string[]): readonly { readonly key: string; readonly value: RefusedDeed }[] {
  const wanted = new Set(ids);
  return keptUnder<RefusedDeed>(sync, REFUSED).filter(({ value }) => wanted.has(value.id));
}

/** Does a refused deed once more, on the records as they are now: what the person had set, and nothing that rules made of it. */
export function doAgain(draft: Draft, { rows, points = [] }: RefusedDeed): void {
  for (const change of rows) {
    const { table, id, action, after = {} } = change;
    const text = (field: string): string => (typeof after[field] === 'string' ? after[field] : '');
    const isHere = draft.view.get(table, id) !== undefined;
    const values = (): Readonly<Record<string, unknown>> =>
      Object.fromEntries(
        ownFields(change).flatMap((field) => {
          const value = after[field];
          if (tableOf(table).fields[field]?.kind !== 'journal') return [[field, value]];
          const added = (readJournalChange(undefined, value).add ?? []).map((entry) => entry.text).join('\n');
          return added === '' ? [] : [[field, added]];
        }),
      );
    if (action === 'create' && !isHere) draft.create(table, values(), { id });
    else if (!isHere) throw gone(table, id);
    else if (action === 'close') draft.close(table, id, text('closureCode'), text('closeNotes'));
    else if (action === 'cancel') draft.cancel(table, id, text('closeNotes'));
    else if (action === 'reopen') draft.reopen(table, id);
    else if (action === 'delete') draft.remove(table, id);
    else if (Object.keys(values()).length > 0) draft.update(table, id, values());
  }
  for (const { series, set, remove } of points) {
    if (draft.view.get('dataPointSeries', series) === undefined) throw gone('dataPointSeries', series);
    draft.removePoints(series, remove);
    draft.putPoints(series, packed(set));
  }
}

function gone(table: RowChange['table'], recordId: string): AppError {
  return new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more, or is no longer yours.`, {
    table,
    recordId,
    wayOut: 'Copy your text, then discard the change.',
  });
}
