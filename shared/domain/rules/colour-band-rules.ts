import type { Row } from '../../model/dictionary.ts';
import { labelOfId } from '../labels/record-label.ts';
import type { ReadView } from '../view.ts';
import { refusal } from './refusal.ts';
import { rule, type AnyRule } from './rule.ts';

type Band = Row<'colourBand'>;

const spoken = (band: Band): string => `${band.category} (${band.colour}, ${band.min} to ${band.max})`;
const isOfSameScale = (a: Band, b: Band): boolean => a.type === b.type && a.source === b.source && a.context === b.context;
/** Bands may touch: the upper one begins where the lower one ends (scoring.md 1.7). */
const overlap = (a: Band, b: Band): boolean => a.min === b.min || (a.min < b.max && b.min < a.max);

/** What another band of the same scale stands in the way with. */
function clash(band: Band, view: ReadView): { readonly other: Band; readonly what: string; readonly field: string } | undefined {
  for (const other of view.all('colourBand')) {
    if (other.id === band.id || !isOfSameScale(band, other)) continue;
    if (overlap(band, other)) return { other, what: 'overlaps with', field: 'min' };
    if (band.colour === other.colour) return { other, what: 'has the same colour as', field: 'colour' };
  }
  return undefined;
}

/** A band of the health score belongs to no data source; one of a data source names it. */
const sourceFits = rule('BR-34', 'colourBand', ['create', 'update'], {
  fill: (_context, { after }) => (after?.type === 'global' ? { source: null } : undefined),
  check: (_context, change) =>
    change.after?.type === 'metric' && change.after.source === undefined
      ? refusal(
          'BR-34',
          change,
          'A colour band for one data source needs that data source. Choose it, or make the band one for the health score.',
          {
            field: 'source',
          },
        )
      : undefined,
});

/** BR-34: max is not below min, global bands stay within 0–100, and no two of one scale overlap or share a colour. */
const bandFits = rule('BR-34', 'colourBand', ['create', 'update'], {
  check: ({ view }, change) => {
    const band = change.after;
    if (!band) return undefined;
    if (band.max < band.min)
      return refusal('BR-34', change, `Colour band ${spoken(band)} ends below where it begins. Exchange the two values.`, { field: 'max' });
    if (band.type === 'global' && (band.min < 0 || band.max > 100))
      return refusal('BR-34', change, `Colour band ${spoken(band)}: bands of the health score stay between 0 and 100.`, {
        field: band.min < 0 ? 'min' : 'max',
      });
    const found = clash(band, view);
    if (!found) return undefined;
    const scale = band.source === undefined ? 'the health score' : `“${labelOfId('dataSource', band.source, view)}”`;
    return refusal(
      'BR-34',
      change,
      `Colour band ${spoken(band)} ${found.what} ${spoken(found.other)}, both for ${scale}. Change one of them.`,
      {
        field: found.field,
        blocking: [{ table: 'colourBand', id: found.other.id, label: spoken(found.other) }],
      },
    );
  },
});

export const colourBandRules: readonly AnyRule[] = [sourceFits, bandFits];
