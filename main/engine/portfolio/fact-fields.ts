import type { DerivedFields } from '#shared/domain/derived/derived-field.ts';
import { derivedTables } from '#shared/domain/derived/derived-tables.ts';
import { asOneAmount, rangeStart } from '#shared/domain/money-rates.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { LineFacts } from './line-facts.ts';

/** Derived fields of an engagement that its facts hold already. */
const HELD: Readonly<Record<string, (facts: LineFacts, view: ReadView) => unknown>> = {
  contractValue: ({ contractValue }, view) =>
    asOneAmount(contractValue, view) ?? contractValue.toSorted((a, b) => (a.currency < b.currency ? -1 : 1))[0],
  contractValueRange: ({ contractValue }, view) => rangeStart(contractValue, view),
  activeContracts: ({ activeContracts }) => activeContracts.length,
  openRisks: ({ openRisks }) => openRisks,
  lastHeld: ({ lastTouchpoint }) => lastTouchpoint,
  nextRenewal: ({ renewalDate }) => renewalDate,
  daysToRenewal: ({ daysToRenewal }) => daysToRenewal,
};

type Kept = {
  /** The records that the facts are about, and the day. */
  readonly view: ReadView;
  readonly asOf: () => string;
  readonly factsOf: (engagement: Row<'engagement'>) => LineFacts;
};

/**
 * The same fields, read from the facts instead of worked out for every row: lists of 10,000 engagements sort by them and add them
 * up. On another view (a draft, a caller who sees less) or another day they are worked out as ever.
 */
export function factFields({ view, asOf, factsOf }: Kept): DerivedFields {
  return Object.fromEntries(
    Object.entries(HELD).flatMap(([name, held]) => {
      const field = derivedTables.engagement?.[name];
      if (field === undefined) return [];
      const value: typeof field.value = (row, seen, day) =>
        // a row of that table, as the committed records have it
        seen === view && day === asOf() ? held(factsOf(row as Row<'engagement'>), view) : field.value(row, seen, day);
      return [[name, { ...field, value }]];
    }),
  );
}
