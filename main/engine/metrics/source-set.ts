import type { Row } from '#shared/model/dictionary.ts';
import { recordsFor } from '#shared/domain/indicator/source-records.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { SourceReader } from './source-reader.ts';

/** Readers of all data sources, and which of their records lead to which engagement. */
export type SourceSet = {
  /** Readers by the ID of their source. A source that is not published, or that no context leads anywhere, has none. */
  readonly readers: ReadonlyMap<string, SourceReader>;
  /** Records of the source that lead to the engagement, in the order of their IDs; kept until it is forgotten. */
  readonly recordsOf: (reader: SourceReader, engagement: Row<'engagement'>) => readonly string[];
  readonly forgetEngagement: (engagement: string) => void;
};

/** A set of open readers. */
export function sourceSet(view: ReadView, readers: ReadonlyMap<string, SourceReader>): SourceSet {
  // sources with the same breakdown and mappers find the same records
  const ways = new Map<string, Map<string, readonly string[]>>();
  const wayOf = new Map<SourceReader, Map<string, readonly string[]>>();
  for (const reader of readers.values()) {
    const way = `${reader.source.breakdown} ${reader.mappers.join(' ')}`;
    const known = ways.get(way) ?? new Map<string, readonly string[]>();
    ways.set(way, known);
    wayOf.set(reader, known);
  }
  return {
    readers,
    recordsOf: (reader, engagement) => {
      const known = wayOf.get(reader);
      const ready = known?.get(engagement.id);
      if (ready) return ready;
      const found = recordsFor(view, reader.source.breakdown, reader.mappers, engagement);
      known?.set(engagement.id, found);
      return found;
    },
    forgetEngagement: (engagement) => {
      for (const known of ways.values()) known.delete(engagement);
    },
  };
}

/** The same set where nothing about its readers changed, else a new one. */
export function sameOrNewSet(view: ReadView, before: SourceSet | undefined, readers: ReadonlyMap<string, SourceReader>): SourceSet {
  const same = before?.readers.size === readers.size && [...readers].every(([source, reader]) => before.readers.get(source) === reader);
  return same && before ? before : sourceSet(view, readers);
}
