import type { ReactElement } from 'react';
import names from './band-chip.module.css';

/** What a colour band says: the category word always goes with the colour. */
export type Band = { readonly colour: string; readonly category: string; readonly highlight?: string | undefined };

const WORDS: Readonly<Record<string, string>> = { poor: 'Poor', neutral: 'Neutral', good: 'Good', over: 'Over target' };
const COLOURS = new Set(['red', 'orange', 'yellow', 'green', 'blue']);

/** The word for a band's category. */
export function bandWord(category: string): string {
  return WORDS[category] ?? category;
}

/** The token name of a band's colour; `none` where it is not one of ours. */
export function bandTone(colour: string | undefined): string {
  return colour !== undefined && COLOURS.has(colour) ? colour : 'none';
}

/** One shape per category, so that the meaning survives without colour. */
function BandMark({ category }: { category: string | undefined }) {
  const shapes: Readonly<Record<string, ReactElement>> = {
    poor: <path d="M1 2h8L5 9z" />,
    neutral: <rect x="1.5" y="1.5" width="7" height="7" rx="1" />,
    good: <circle cx="5" cy="5" r="4" />,
    over: <path d="M5 .8 9.2 5 5 9.2.8 5z" />,
  };
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" focusable="false" className={names.mark}>
      {shapes[category ?? ''] ?? <circle cx="5" cy="5" r="3.2" fill="none" stroke="currentColor" strokeWidth="1.4" />}
    </svg>
  );
}

type ChipProps = {
  readonly band: Band | undefined;
  /** Rounded score; absent where it is not known. */
  readonly score?: number | undefined;
  /** Said where there is no score. */
  readonly absent?: string;
  readonly size?: 'cell' | 'large';
};

/** A score with its band: figure, shape and word, colour on top. */
export function BandChip({ band, score, absent = 'Unknown', size = 'cell' }: ChipProps) {
  const tone = bandTone(band?.colour);
  const word = band ? bandWord(band.category) : score === undefined ? absent : 'No band';
  return (
    <span className={names.chip} data-tone={tone} data-size={size} data-highlight={band?.highlight}>
      {score !== undefined && <span className={names.score}>{Math.round(score)}</span>}
      <span className={names.word}>
        <BandMark category={band?.category} />
        {word}
      </span>
    </span>
  );
}

/** The shape and word of a band without a score, for legends and counts. */
export function BandLabel({ band }: { band: Band }) {
  return (
    <span className={names.label} data-tone={bandTone(band.colour)}>
      <BandMark category={band.category} />
      {bandWord(band.category)}
    </span>
  );
}
