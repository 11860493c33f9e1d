import { tableNames, type TableName } from '#shared/model/dictionary.ts';

/**
 * Dexie's schema. Record tables come from the dictionary, one per record type, keyed by ID and without further indexes:
 * the working set in memory answers every question, and each index would cost every import.
 */
export const INTERNAL_TABLES = {
  /** Headers of change sets. `records`: IDs touched, for the activity of a record; `bulk`: its content lies in parts. */
  changeSets: 'seq, &id, *records, bulk',
  /** Content of small change sets. */
  changeBodies: 'seq',
  /** Content of large change sets, sorted by table and record ID within each. */
  changeParts: '[seq+table+last]',
  /** Change sets that the central store has not acknowledged. */
  outbox: 'seq',
  /** Command ID → answer. */
  commands: 'id, seq',
  /** Data points: one row per series and year. */
  segments: '[series+year]',
  meta: 'key',
} as const;

/** What the store keeps for itself since its second version. `sync`: where the device stands with the central store (sync-rows.ts). */
const SECOND_INTERNAL = { sync: 'key' } as const;
export type InternalTable = keyof typeof INTERNAL_TABLES | keyof typeof SECOND_INTERNAL;

/** Prefix that keeps record tables apart from the store's own. */
const RECORD_PREFIX = 'r_';

/** Name of a record type's table in the database. */
export function recordTable(table: TableName): string {
  return `${RECORD_PREFIX}${table}`;
}

type SchemaVersion = {
  readonly version: number;
  readonly records: readonly TableName[];
  readonly internal: Readonly<Record<string, string>>;
};

/** Record types of the first version. */
const FIRST: readonly TableName[] = [
  'user',
  'account',
  'contact',
  'product',
  'capability',
  'soldProduct',
  'contract',
  'opportunity',
  'supportTicket',
  'outcomeEvent',
  'engagement',
  'engagementContract',
  'engagementSoldProduct',
  'touchpoint',
  'dataSource',
  'dataSourceContext',
  'dataPointSeries',
  'healthDefinition',
  'healthMetric',
  'colourBand',
  'riskDefinition',
  'thresholdOverride',
  'riskSignal',
  'riskOccurrence',
  'setting',
  'savedFilter',
  'importProfile',
  'heldRow',
];

/**
 * Versions of the schema, oldest first. They only ever grow: a version that was released is never changed; a new record type
 * or table of the store's own is a new entry at the end (schema.test.ts holds both).
 */
export const SCHEMA_VERSIONS: readonly SchemaVersion[] = [
  {
    version: 1,
    internal: INTERNAL_TABLES,
    records: FIRST,
  },
  // Not released yet: whatever the dictionary has beyond the versions before. With the release its list is written out, here and in schema.test.ts.
  { version: 2, internal: SECOND_INTERNAL, records: tableNames.filter((name) => !FIRST.includes(name)) },
];

/** A version's tables in Dexie's notation. */
export function storesOf(version: SchemaVersion): Record<string, string> {
  return { ...version.internal, ...Object.fromEntries(version.records.map((table) => [recordTable(table), 'id'])) };
}
