import { AppError } from '#shared/errors/app-error.ts';
import type { AnyRow, Row } from '#shared/model/dictionary.ts';
import { canResolve, type Mapper } from '#shared/domain/indicator/source-records.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { SeriesView } from '../context.ts';
import { sourceReader, type SourceReader } from './source-reader.ts';

/** Fields that the collection job and the store move, and that no value depends on. */
export const SCHEDULE: ReadonlySet<string> = new Set(['lastRun', 'nextRun', 'updatedAt', 'updatedBy', 'rev', 'stamps']);

/** Whether two versions of a row differ in more than their schedule. */
export function differs(before: AnyRow, after: AnyRow): boolean {
  if (before === after) return false;
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].some((field) => !SCHEDULE.has(field) && JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

/** The mappers of a source's active engagement contexts that fit its breakdown. */
export function mappersOf(view: ReadView, source: Row<'dataSource'>): readonly Mapper[] {
  const contexts = view
    .by('dataSourceContext', 'source', source.id)
    .filter(({ active, context }) => active !== false && context === 'engagement');
  return [...new Set(contexts.map(({ mapper }) => mapper))].filter((mapper) => canResolve(source.breakdown, mapper));
}

export type OpenReaders = {
  readonly view: ReadView;
  readonly series: SeriesView;
  /** Readers that were open before: one whose source is as it was goes on, with all that it has prepared. */
  readonly before: (source: string) => SourceReader | undefined;
  /** Told of a source that cannot be read; it has no reader. */
  readonly report: (source: string, problem: AppError) => void;
};

/** Opens a reader for each published source that leads to engagements, by ID of the source. */
export function openReaders({ view, series, before, report }: OpenReaders): ReadonlyMap<string, SourceReader> {
  const readers = new Map<string, SourceReader>();
  for (const source of view.all('dataSource')) {
    if (source.state !== 'published') continue;
    const mappers = mappersOf(view, source);
    if (mappers.length === 0) continue;
    const known = before(source.id);
    if (known && known.mappers.join(' ') === mappers.join(' ') && !differs(known.source, source)) {
      readers.set(source.id, known);
      continue;
    }
    try {
      readers.set(source.id, sourceReader(source, mappers, { view, series }));
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      report(source.id, thrown);
    }
  }
  return readers;
}
