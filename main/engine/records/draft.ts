import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { JournalEntry } from '#shared/model/field.ts';
import { cancelling, closing, reopening } from '#shared/domain/rules/life-cycle.ts';
import { validatePatch, validateValues } from '#shared/domain/validate/fit-values.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import type { Draft } from '../context.ts';
import { mergePoints, removePoints, sortPoints } from '../store/points.ts';
import { sameValue } from './equal.ts';
import { defaultsOf, fieldOf, linksTo, linkValue, type Link } from './derived-schema.ts';
import type { DraftCore } from './draft-core.ts';
import type { Numbering } from './numbering.ts';

/** Who runs the command and when. */
export type Moment = { readonly actor: string; readonly at: string };

export type DraftParts = {
  readonly core: DraftCore;
  readonly numbering: Numbering;
  readonly moment: Moment;
  readonly newId: () => string;
  /** Refuses where someone else changed a field of the patch since the revision that the person saw. */
  readonly refuseStale: (table: TableName, row: AnyRow, fields: readonly string[], baseRev: number) => void;
};

/** What a command's work is given: validated changes on top of {@link DraftCore}. */
export function openDraft({ core, numbering, moment, newId, refuseStale }: DraftParts): Draft {
  const ending = { at: moment.at, by: moment.actor, view: core.view };
  const labelOf = (table: TableName) => tableOf(table).label.toLowerCase();

  const create = (table: TableName, values: Readonly<Record<string, unknown>>, id: string): string => {
    if (core.row(table, id) !== undefined)
      throw new AppError('conflict', `There is a ${labelOf(table)} with this ID already.`, { table, recordId: id });
    const given = validateValues(table, values, 'person');
    const number = numbering.next(table);
    core.insert(table, {
      id,
      ...(number === undefined ? {} : { number }),
      createdAt: moment.at,
      createdBy: moment.actor,
      updatedAt: moment.at,
      updatedBy: moment.actor,
      rev: 1,
      ...defaultsOf(table),
      ...appendNotes(table, undefined, given, moment),
    });
    return id;
  };

  const update = (table: TableName, id: string, patch: Readonly<Record<string, unknown>>, baseRev: number | undefined): void => {
    const row = core.need(table, id);
    const values: Record<string, unknown> = { ...validatePatch(table, patch, 'person') };
    refuseClosing(table, row, values);
    const differing = Object.keys(values).filter((field) => !sameValue(row[field], values[field]));
    if (baseRev !== undefined && baseRev !== row.rev) refuseStale(table, row, differing, baseRev);
    core.set(table, id, appendNotes(table, row, values, moment), 'update');
  };

  const setPoints = (seriesId: string, points: PackedSeries): void => {
    core.setPoints(seriesId, points);
    const { end } = points;
    const ends = { firstEnd: dayText(end[0]), lastEnd: dayText(end[end.length - 1]) };
    core.set('dataPointSeries', seriesId, { ...ends, points: end.length }, 'update', true);
  };

  const empty = (link: Link, row: AnyRow, id: string): void => {
    const value = row[link.field];
    const rest = link.many && Array.isArray(value) ? value.filter((one) => one !== id) : [];
    core.set(link.table, row.id, { [link.field]: rest.length === 0 ? undefined : rest }, 'update');
  };

  const remove = (table: TableName, id: string): void => {
    core.need(table, id);
    const links = linksTo(table);
    const pointing = (link: Link) =>
      (core.view.by(link.table, link.field, linkValue(link, id)) as readonly AnyRow[]).filter(
        (row) => link.table !== table || row.id !== id,
      ); // Row seen generically
    for (const link of links.filter((one) => one.owned)) for (const row of pointing(link)) remove(link.table, row.id);
    const blocking = links.filter((link) => link.mandatory && !link.many).flatMap((link) => pointing(link).map((row) => ({ link, row })));
    if (blocking.length > 0) throw inTheWay(table, id, blocking);
    for (const link of links) for (const row of pointing(link)) empty(link, row, id);
    core.remove(table, id);
  };

  return {
    view: core.view,
    create: (table, values, options) => create(table, values, options?.id ?? newId()),
    update: (table, id, patch, options) => update(table, id, patch, options?.baseRev),
    close: (table, id, code, notes) => void core.set(table, id, closing(table, core.need(table, id), code, notes, ending), 'close'),
    cancel: (table, id, notes) => void core.set(table, id, cancelling(table, core.need(table, id), notes, ending), 'cancel'),
    reopen: (table, id) => void core.set(table, id, reopening(table, core.need(table, id), core.view), 'reopen'),
    remove,
    putPoints: (seriesId, points) => {
      core.need('dataPointSeries', seriesId);
      setPoints(seriesId, mergePoints(core.points(seriesId), sortPoints(points)));
    },
    removePoints: (seriesId, ends) => {
      core.need('dataPointSeries', seriesId);
      if (ends.length > 0) setPoints(seriesId, removePoints(core.points(seriesId), Int32Array.from(ends)));
    },
    setSystemFields: (table, id, set) => {
      core.need(table, id);
      core.set(table, id, validatePatch(table, set, 'system'), 'update');
    },
  };
}

/** The state of a record with a life cycle ends by `close` and `cancel` alone (BR-02). */
function refuseClosing(table: TableName, row: AnyRow, values: Readonly<Record<string, unknown>>): void {
  const { lifecycle, label } = tableOf(table);
  if (lifecycle === undefined) return;
  const { field, closed, cancelled } = lifecycle;
  const [before, after] = [row[field], values[field]];
  if (after === undefined || after === before) return;
  const details = { rule: 'BR-02', table, recordId: row.id, field };
  if (after === closed || after === cancelled)
    throw new AppError('rule', `Closing this ${label.toLowerCase()} needs a closure code and close notes: use Close or Cancel.`, details);
  if (before === closed || before === cancelled)
    throw new AppError('rule', `This ${label.toLowerCase()} is closed. Reopen it first.`, { ...details, rule: 'BR-03' });
}

/** Journal fields take the text to append. */
function appendNotes(
  table: TableName,
  row: AnyRow | undefined,
  values: Readonly<Record<string, unknown>>,
  { at, actor }: Moment,
): Readonly<Record<string, unknown>> {
  const next: Record<string, unknown> = { ...values };
  for (const [field, value] of Object.entries(values)) {
    if (typeof value !== 'string' || fieldOf(table, field)?.kind !== 'journal') continue;
    const entry: JournalEntry = { at, by: actor, text: value };
    const known = row?.[field];
    next[field] = Array.isArray(known) ? [...known, entry] : [entry];
  }
  return next;
}

/** A day counted from 1970-01-01 as `YYYY-MM-DD`. */
function dayText(day: number | undefined): string | undefined {
  return day === undefined ? undefined : new Date(day * 86_400_000).toISOString().slice(0, 10);
}

const SHOWN = 20;

function inTheWay(table: TableName, id: string, blocking: readonly { readonly link: Link; readonly row: AnyRow }[]): AppError {
  const counts = Map.groupBy(blocking, ({ link }) => link.table);
  const words = [...counts].map(([other, found]) => {
    const { label, plural } = tableOf(other);
    return `${found.length} ${(found.length === 1 ? label : plural).toLowerCase()}`;
  });
  return new AppError('rule', `This ${tableOf(table).label.toLowerCase()} cannot be deleted while ${words.join(', ')} belong to it.`, {
    table,
    recordId: id,
    blocking: blocking.slice(0, SHOWN).map(({ link, row }) => ({ table: link.table, id: row.id, label: titleOf(link.table, row) })),
    wayOut: 'Delete or move them first.',
  });
}

function titleOf(table: TableName, row: AnyRow): string {
  const parts = tableOf(table).title.flatMap((field) => (typeof row[field] === 'string' ? [row[field]] : []));
  return row.number ?? parts.join(' ');
}
