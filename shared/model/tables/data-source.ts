import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external, published } from '../mixins.ts';

export const FREQUENCIES = { daily: 'Daily', weekly: 'Weekly', monthly: 'Monthly', quarterly: 'Quarterly' } as const;
export const ROLL_UPS = { average: 'Average', sum: 'Sum', max: 'Max', min: 'Min' } as const;
export const INDICATOR_FUNCTIONS = {
  count: 'Number of records',
  sum: 'Sum',
  average: 'Average',
  min: 'Smallest',
  max: 'Largest',
  share: 'Share of records in percent',
  ratio: 'One sum in percent of another',
  npsScore: 'Net promoter score',
} as const;

/** Where figures come from (DCE-01): counted over our own records, or delivered from outside. The unit fills itself (BR-27). */
export const dataSource = defineTable({
  name: 'dataSource',
  label: 'Data source',
  plural: 'Data sources',
  access: 'configuration',
  prefix: 'DTS',
  title: ['name'],
  fields: {
    name: f.text('Name', { mandatory: true, search: 3, column: 1, maxLength: 200 }),
    kind: f.choice(
      'Source',
      { indicator: 'Counted from records', external: 'Delivered from outside' },
      { mandatory: true, default: 'indicator', column: 2 },
    ),
    frequency: f.choice('Frequency', FREQUENCIES, {
      mandatory: true,
      default: 'weekly',
      column: 3,
      help: 'How long a period is for which one value stands; not shorter than what it counts is counted.',
    }),
    unit: f.text('Unit of measurement', { column: 4, maxLength: 50, help: 'Fills itself in from what is counted.' }),
    rollUp: f.choice('Roll-up', ROLL_UPS, {
      default: 'average',
      column: 5,
      help: 'How values that arrive more often than the frequency become one value a period.',
    }),
    breakdown: f.choice(
      'Breakdown',
      { engagement: 'Engagement', account: 'Account', contract: 'Contract', soldProduct: 'Sold product', product: 'Product' },
      { mandatory: true, default: 'account', column: 6, help: 'The record each value belongs to.' },
    ),
    /** An `Indicator` (shared/model/indicator.ts); only for sources counted from records. */
    indicator: f.json('Indicator', {}),
    lastRun: f.date('Last run', { readOnly: true, column: 7 }),
    nextRun: f.date('Next run', { readOnly: true, column: 8 }),
    ...published,
    ...described,
    ...external,
  },
});

/** The table a source's values are for, with the mapper that resolves a source record to it (DCE-02; BR-25, BR-29, BR-45). */
export const dataSourceContext = defineTable({
  name: 'dataSourceContext',
  label: 'Context',
  plural: 'Contexts',
  access: 'configuration',
  title: ['source', 'context'],
  ownedBy: 'source',
  fields: {
    source: f.reference('Data source', 'dataSource', { mandatory: true, column: 1 }),
    context: f.choice('Context', { engagement: 'Engagement' }, { mandatory: true, default: 'engagement', column: 2 }),
    /** How a source record leads to engagements. */
    mapper: f.choice(
      'Found through',
      {
        self: 'The record itself',
        account: 'Engagements of its account',
        contract: 'Engagements linked to the contract',
        soldProduct: 'Engagements linked to the sold product',
        product: 'Engagements of accounts that own the product',
      },
      { mandatory: true, default: 'account', column: 3 },
    ),
    active: f.boolean('Active', { default: true, column: 4, help: 'A published data source keeps at least one active context.' }),
  },
});

/** A run of values of one source for one record; the points themselves are packed (design.md, Store). */
export const dataPointSeries = defineTable({
  name: 'dataPointSeries',
  label: 'Data point series',
  plural: 'Data point series',
  access: 'customerData',
  title: ['source', 'sourceRecord'],
  ownedBy: 'source',
  fields: {
    source: f.reference('Data source', 'dataSource', { mandatory: true, column: 1 }),
    sourceTable: f.text('Source table', { mandatory: true, column: 2 }),
    sourceRecord: f.text('Source record', { mandatory: true, column: 3, indexed: true }),
    /** Second key, for example the capability of a usage feed. */
    part: f.text('Part', { column: 4 }),
    firstEnd: f.date('First value', { readOnly: true, column: 5, merge: 'min' }),
    lastEnd: f.date('Last value', { readOnly: true, column: 6, merge: 'max' }),
    points: f.integer('Values', { readOnly: true, column: 7 }),
  },
});
