import type { z } from 'zod';
import type { bandSchema } from '#shared/contract/areas/health.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { bandOf, bandOfScore, inOrderOfRange } from '#shared/domain/bands/bands.ts';
import type { ReadView } from '#shared/domain/view.ts';

export type ShownBand = z.output<typeof bandSchema>;

/** Colour bands ready to be looked up: one of the health score, and one of each source's value. */
export type BandLookup = {
  /** Band of an unrounded score; undefined where it is not known or lies outside all bands. */
  readonly ofScore: (score: number) => ShownBand | undefined;
  readonly ofValue: (source: string, value: number) => ShownBand | undefined;
  /** The global bands, lowest first. */
  readonly global: readonly ShownBand[];
};

/** The bands as they stand. */
export function bandLookup(view: ReadView): BandLookup {
  const bands = [...view.all('colourBand')].filter(({ context }) => context === undefined || context === 'engagement');
  const global = inOrderOfRange(bands.filter(({ type }) => type === 'global'));
  const bySource = Map.groupBy(
    bands.filter(({ type }) => type === 'metric'),
    ({ source }) => source,
  );
  const ordered = new Map([...bySource].map(([source, ofSource]) => [source, inOrderOfRange(ofSource)]));
  return {
    ofScore: (score) => shown(bandOfScore(global, score)),
    ofValue: (source, value) => shown(bandOf(ordered.get(source) ?? [], value)),
    global: global.flatMap((band) => shown(band) ?? []),
  };
}

function shown(band: Row<'colourBand'> | undefined): ShownBand | undefined {
  if (!band) return undefined;
  const { colour, category, highlight } = band;
  return { colour, category, ...(highlight === undefined ? {} : { highlight }) };
}
