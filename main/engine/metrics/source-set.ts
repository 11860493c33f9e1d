import { AppError } from '#shared/errors/app-error.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { canResolve, recordsFor, type Mapper } from '#shared/domain/indicator/source-records.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { SeriesView } from '../context.ts';
import { sourceReader, type SourceReader } from './source-reader.ts';

/** Readers of all data sources. A source that is not published, or that no context leads anywhere, has none. */
export type SourceSet = {
  readonly readerOf: (source: string) => SourceReader | undefined;
  readonly readers: () => Iterable<SourceReader>;
  /** Records of the source that lead to the engagement, in the order of their IDs; kept until it is forgotten. */
  readonly recordsOf: (reader: SourceReader, engagement: Row<'engagement'>) => readonly string[];
  readonly forgetEngagement: (engagement: string) => void;
  readonly forgetAll: () => void;
};

/** The mappers of a source's active engagement contexts that fit its breakdown. */
export function mappersOf(view: ReadView, source: Row<'dataSource'>): readonly Mapper[] {
  const contexts = view
    .by('dataSourceContext', 'source', source.id)
    .filter(({ active, context }) => active !== false && context === 'engagement');
  return [...new Set(contexts.map(({ mapper }) => mapper))].filter((mapper) => canResolve(source.breakdown, mapper));
}

/** Opens readers for the published sources as they stand now. A source that cannot be read (told to `report`) has no reader. */
export function sourceSet(view: ReadView, series: SeriesView, report: (source: string, problem: AppError) => void): SourceSet {
  const readers = new Map<string, SourceReader>();
  for (const source of view.all('dataSource')) {
    if (source.state !== 'published') continue;
    const mappers = mappersOf(view, source);
    if (mappers.length === 0) continue;
    try {
      readers.set(source.id, sourceReader(source, mappers, { view, series }));
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      report(source.id, thrown);
    }
  }
  const records = new Map<string, Map<string, readonly string[]>>();
  const recordsOf: SourceSet['recordsOf'] = ({ source, mappers }, engagement) => {
    let known = records.get(engagement.id);
    if (!known) records.set(engagement.id, (known = new Map<string, readonly string[]>()));
    const way = `${source.breakdown} ${mappers.join(' ')}`;
    const ready = known.get(way);
    if (ready) return ready;
    const found = recordsFor(view, source.breakdown, mappers, engagement);
    known.set(way, found);
    return found;
  };
  return {
    readerOf: (source) => readers.get(source),
    readers: () => readers.values(),
    recordsOf,
    forgetEngagement: (engagement) => void records.delete(engagement),
    forgetAll: () => {
      records.clear();
      for (const reader of readers.values()) reader.forgetAll();
    },
  };
}
