import type { NewValues, Row } from '../../model/dictionary.ts';
import type { Indicator } from '../../model/indicator.ts';

export type StarterMetric = Pick<Row<'healthMetric'>, 'target' | 'weight' | 'direction' | 'aggregate'>;
export type StarterBand = Pick<Row<'colourBand'>, 'min' | 'max' | 'colour' | 'category'>;

/** A data source that ships ready to use, with the way to engagements, its part in the standard health, and its bands. */
export type StarterSource = {
  readonly name: string;
  readonly values: Omit<NewValues<'dataSource'>, 'name' | 'indicator' | 'state'>;
  readonly indicator?: Indicator;
  readonly mapper: Row<'dataSourceContext'>['mapper'];
  /** Absent: no metric of the standard health; a risk definition uses it. */
  readonly metric?: StarterMetric;
  readonly bands: readonly StarterBand[];
};

/** Red below the first limit, yellow below the second, green up to `max`. */
function rising(min: number, poor: number, good: number, max: number): readonly StarterBand[] {
  return [
    { min, max: poor - 0.001, colour: 'red', category: 'poor' },
    { min: poor, max: good - 0.001, colour: 'yellow', category: 'neutral' },
    { min: good, max, colour: 'green', category: 'good' },
  ];
}

/**
 * The figures that most portfolios have (DCE-01). Weights add up to 100. What comes out of tickets and usage, which nearly every
 * import brings, carries half of the weight, so that an engagement with these two alone is scored.
 */
export const STARTER_SOURCES: readonly StarterSource[] = [
  {
    name: 'CSAT',
    values: {
      kind: 'indicator',
      frequency: 'weekly',
      breakdown: 'account',
      unit: 'points',
      description: 'Mean satisfaction of the support tickets submitted in the last 90 days, as the customers gave it.',
    },
    indicator: { table: 'supportTicket', fn: 'average', field: 'satisfaction', time: { kind: 'during', field: 'submittedAt', days: 90 } },
    mapper: 'account',
    metric: { target: 4.5, weight: 20, direction: 'maximise', aggregate: 'average' },
    bands: rising(0, 3.5, 4.2, 10),
  },
  {
    name: 'NPS',
    values: {
      kind: 'external',
      frequency: 'quarterly',
      rollUp: 'average',
      breakdown: 'account',
      unit: 'points',
      description: 'Net promoter score of the account, from your survey tool.',
    },
    mapper: 'account',
    metric: { target: 40, weight: 10, direction: 'maximise', aggregate: 'average' },
    bands: rising(-100, 0, 30, 100),
  },
  {
    name: 'Product usage',
    values: {
      kind: 'external',
      frequency: 'monthly',
      rollUp: 'sum',
      breakdown: 'contract',
      unit: 'uses',
      description: 'How often the product was used in a month, for each contract.',
    },
    mapper: 'contract',
    metric: { target: 16, weight: 30, direction: 'maximise', aggregate: 'average' },
    bands: rising(0, 6, 12, 1_000_000),
  },
  {
    name: 'Licence utilisation',
    values: {
      kind: 'indicator',
      frequency: 'weekly',
      breakdown: 'account',
      unit: '%',
      description: 'Licences in use, in percent of those sold.',
    },
    indicator: {
      table: 'soldProduct',
      fn: 'ratio',
      field: 'licencesUsed',
      per: 'licencesSold',
      filter: { field: 'activation', op: 'isNot', value: 'deactivated' },
      time: { kind: 'open', from: 'startDate', to: 'endDate' },
    },
    mapper: 'account',
    metric: { target: 80, weight: 10, direction: 'maximise', aggregate: 'average' },
    bands: rising(0, 50, 75, 1000),
  },
  {
    name: 'Open priority-1 tickets',
    values: {
      kind: 'indicator',
      frequency: 'daily',
      breakdown: 'account',
      unit: 'tickets',
      description: 'Urgent support tickets that are not closed.',
    },
    indicator: {
      table: 'supportTicket',
      fn: 'count',
      filter: {
        all: [
          { field: 'priority', op: 'is', value: 'p1' },
          // a ticket that is done but does not say since when cannot be counted as open
          {
            any: [
              { field: 'closedAt', op: 'isNotEmpty' },
              { field: 'state', op: 'isNoneOf', value: ['solved', 'closed'] },
            ],
          },
        ],
      },
      time: { kind: 'open', from: 'submittedAt', to: 'closedAt' },
      whenNone: 0,
    },
    mapper: 'account',
    metric: { target: 0, weight: 20, direction: 'minimise', aggregate: 'sum' },
    bands: [
      { min: 0, max: 0.999, colour: 'green', category: 'good' },
      { min: 1, max: 1.999, colour: 'yellow', category: 'neutral' },
      { min: 2, max: 1_000_000, colour: 'red', category: 'poor' },
    ],
  },
  {
    name: 'Days to renewal',
    values: {
      kind: 'indicator',
      frequency: 'daily',
      breakdown: 'account',
      unit: 'days',
      description: 'Days until the next renewal of the contracts that run. Close to it, what is still to be won back weighs more.',
    },
    indicator: {
      table: 'contract',
      fn: 'min',
      field: 'daysToRenewal',
      filter: { field: 'state', op: 'isNot', value: 'cancelled' },
      time: { kind: 'open', from: 'startDate', to: 'endDate' },
    },
    mapper: 'account',
    metric: { target: 90, weight: 10, direction: 'maximise', aggregate: 'average' },
    bands: rising(-100_000, 30, 90, 100_000),
  },
  {
    name: 'SLA achievement',
    values: {
      kind: 'indicator',
      frequency: 'weekly',
      breakdown: 'account',
      unit: '%',
      description: 'Support tickets of the last 30 days that were answered within 4 hours.',
    },
    indicator: {
      table: 'supportTicket',
      fn: 'share',
      filter: { field: 'firstResponseMinutes', op: 'isNotEmpty' },
      matching: { field: 'firstResponseMinutes', op: 'atMost', value: 240 },
      time: { kind: 'during', field: 'submittedAt', days: 30 },
    },
    mapper: 'account',
    bands: rising(0, 80, 90, 100),
  },
];

/** The starter source of a name (spelling aside), so that imported values arrive in the source that the standard health reads. */
export function starterSource(name: string): StarterSource | undefined {
  const wanted = name.trim().toLowerCase();
  return STARTER_SOURCES.find((source) => source.name.toLowerCase() === wanted);
}
