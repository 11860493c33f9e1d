import { isTableName, tableOf, type Row } from '../../model/dictionary.ts';
import { dateOf, dayOf } from '../../util/calendar-days.ts';
import { periodOf } from '../series/periods.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { ANY_ACTION, rule, type AnyRule } from './rule.ts';

/** BR-30: values from outside belong to a record that exists, of the kind that the source is broken down by. */
const seriesComplete = rule('BR-30', 'dataPointSeries', ['create', 'update'], {
  fields: ['source', 'sourceTable', 'sourceRecord'],
  check: ({ view }, change) => {
    const series = change.after;
    const source = series && view.get('dataSource', series.source);
    if (!series || !source) return undefined;
    const name = nameOf('dataSource', source, view);
    if (series.sourceTable !== source.breakdown)
      return refusal(
        'BR-30',
        change,
        `Values of ${name} belong to records of type ${tableOf(source.breakdown).label.toLowerCase()}, not ${series.sourceTable}.`,
        {
          field: 'sourceTable',
        },
      );
    if (isTableName(series.sourceTable) && view.get(series.sourceTable, series.sourceRecord)) return undefined;
    return refusal(
      'BR-30',
      change,
      `Values of ${name} name a record (${tableOf(source.breakdown).label.toLowerCase()}) that does not exist.`,
      {
        field: 'sourceRecord',
      },
    );
  },
});

/** A record has one series of a source, or one for each part. */
const seriesOnce = rule('DCE-03', 'dataPointSeries', ['create', 'update'], {
  fields: ['source', 'sourceRecord', 'part'],
  check: ({ view }, change) => {
    const series = change.after;
    const twin =
      series &&
      view
        .by('dataPointSeries', 'sourceRecord', series.sourceRecord)
        .find(({ id, source, part }) => id !== series.id && source === series.source && part === series.part);
    const source = twin && view.get('dataSource', twin.source);
    return (
      source &&
      refusal('DCE-03', change, `${sentence(nameOf('dataSource', source, view))} has values of this record already. Add to those.`, {
        field: 'sourceRecord',
      })
    );
  },
});

/** The first day of the period after the one that a source last ran in. */
const dueAfter = (day: string, frequency: Row<'dataSource'>['frequency']): string => dateOf(periodOf(frequency, dayOf(day)).last + 1);

/** BR-30: values from outside move their source's last run to the newest value, and the next one after it (BR-28). */
const valuesMoveLastRun = rule('BR-30', 'dataPointSeries', ANY_ACTION, {
  fields: ['source', 'lastEnd'],
  recompute: {
    table: 'dataSource',
    targets: (_context, { before, after }) => [before, after].flatMap((series) => series?.source ?? []),
    values: ({ view }, id) => {
      const source = view.get('dataSource', id);
      if (source?.kind !== 'external') return undefined;
      let lastRun: string | undefined;
      for (const { lastEnd } of view.by('dataPointSeries', 'source', id))
        if (lastEnd !== undefined && (lastRun === undefined || lastEnd > lastRun)) lastRun = lastEnd;
      return { lastRun: lastRun ?? null, nextRun: lastRun === undefined ? null : dueAfter(lastRun, source.frequency) };
    },
  },
});

export const seriesRules: readonly AnyRule[] = [seriesComplete, seriesOnce, valuesMoveLastRun];
