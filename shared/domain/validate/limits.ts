/** Caps on what one field may hold, where its declaration sets none. */
export const LIMITS = {
  text: 1_000,
  longText: 100_000,
  email: 320,
  url: 2_000,
  journalText: 20_000,
  journalEntries: 10_000,
  references: 1_000,
  tags: 200,
  tag: 100,
  conditionNodes: 500,
  conditionDepth: 20,
  conditionText: 1_000,
  jsonNodes: 20_000,
  jsonDepth: 32,
  firstYear: '1800',
  lastYear: '2299',
} as const;
