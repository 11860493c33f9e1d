import type { NewValues, Row } from '../../model/dictionary.ts';
import type { Condition } from '../../model/condition.ts';
import type { RiskTemplate } from '../../model/indicator.ts';
import type { StarterBand } from './starter-sources.ts';

/** The health definition for all engagements; its metrics stand beside their sources. */
export const STARTER_HEALTH = {
  name: 'Standard health',
  rank: 100,
  global: true,
  description: 'Satisfaction, usage, licences, urgent tickets and the next renewal, for all engagements.',
} as const satisfies NewValues<'healthDefinition'>;

/** Colour bands of the health score. */
export const STARTER_BANDS: readonly StarterBand[] = [
  { min: 0, max: 49, colour: 'red', category: 'poor' },
  { min: 50, max: 74, colour: 'yellow', category: 'neutral' },
  { min: 75, max: 100, colour: 'green', category: 'good' },
];

export type StarterOverride = { readonly threshold: number; readonly rank: number; readonly filter: Condition };
export type StarterRisk = {
  readonly values: Omit<NewValues<'riskDefinition'>, 'source' | 'template' | 'state'> & Pick<Row<'riskDefinition'>, 'name'>;
  /** Name of the data source of a metric-based definition. */
  readonly source?: string;
  readonly template: RiskTemplate;
  readonly overrides: readonly StarterOverride[];
};

const tier = (value: string): Condition => ({ field: 'account.cadenceTier', op: 'is', value });

/** Sample risk definitions, ready to use (RSK-09). Each has its own category and source record, so that none hides another. */
export const STARTER_RISKS: readonly StarterRisk[] = [
  {
    values: {
      name: 'Drop in NPS',
      category: 'reputational',
      type: 'metric',
      condition: 'below',
      threshold: 30,
      description: 'The net promoter score is no longer in the green. Strategic and growth accounts are watched more closely.',
    },
    source: 'NPS',
    template: {
      shortDescription: 'NPS of {engagement} is {value}',
      description: 'The net promoter score is below {threshold}. Ask the detractors what went wrong and agree what will change.',
      priority: 'high',
      probability: 'high',
      scope: 'renewal',
      riskOrIssue: 'risk',
      dueInDays: 14,
    },
    overrides: [
      { threshold: 40, rank: 1, filter: tier('strategic') },
      { threshold: 35, rank: 2, filter: tier('growth') },
    ],
  },
  {
    values: {
      name: 'SLA achievement is less than 90 %',
      category: 'support',
      type: 'metric',
      condition: 'below',
      threshold: 90,
      applicable: { field: 'isActive', op: 'is', value: true },
      description: 'Too many support tickets wait longer than agreed for the first answer.',
    },
    source: 'SLA achievement',
    template: {
      shortDescription: 'Only {value} % of the tickets of {engagement} were answered in time',
      description: 'The target is {threshold} %. Find out with support what holds the answers up, and tell the customer.',
      priority: 'medium',
      probability: 'moderate',
      scope: 'adoption',
      riskOrIssue: 'issue',
      dueInDays: 14,
    },
    overrides: [{ threshold: 95, rank: 1, filter: tier('strategic') }],
  },
  {
    values: {
      name: 'CSAT below 3.5',
      category: 'relationship',
      type: 'metric',
      condition: 'below',
      threshold: 3.5,
      description: 'The customers behind the last tickets were not satisfied.',
    },
    source: 'CSAT',
    template: {
      shortDescription: 'CSAT of {engagement} is {value}',
      description: 'Satisfaction over the last 90 days is below {threshold}. Read the tickets with low scores and call the people.',
      priority: 'high',
      probability: 'moderate',
      scope: 'renewal',
      riskOrIssue: 'risk',
      dueInDays: 14,
    },
    overrides: [{ threshold: 4, rank: 1, filter: tier('strategic') }],
  },
  {
    values: {
      name: 'Missing renewal date in contract',
      category: 'commercial',
      type: 'table',
      sourceTable: 'contract',
      sourceCondition: {
        all: [
          { field: 'renewalDate', op: 'isEmpty' },
          { field: 'endDate', op: 'isEmpty' },
          { field: 'contractActive', op: 'is', value: true },
          { field: 'autoRenew', op: 'isNot', value: true },
          { field: 'trial', op: 'isNot', value: true },
        ],
      },
      description: 'A contract that runs and does not renew by itself says neither when it ends nor when it is to be renewed.',
    },
    template: {
      shortDescription: 'Contract {source} has no renewal date',
      description: 'Nobody will be reminded of this renewal. Look the date up and enter it in the contract.',
      priority: 'low',
      probability: 'moderate',
      scope: 'renewal',
      riskOrIssue: 'issue',
      dueInDays: 30,
    },
    overrides: [],
  },
  {
    values: {
      name: 'Product usage fell by half',
      category: 'adoption',
      type: 'metric',
      condition: 'fellBy',
      threshold: 50,
      lookBackDays: 92,
      description: 'A contract is used less than half as much as three months ago.',
    },
    source: 'Product usage',
    template: {
      shortDescription: 'Usage at {engagement} fell by {value} %',
      description: 'The product is used much less than three months ago. Ask what changed: people, process or the product itself.',
      priority: 'high',
      probability: 'high',
      scope: 'adoption',
      riskOrIssue: 'risk',
      dueInDays: 7,
    },
    overrides: [],
  },
  {
    values: {
      name: 'Licence utilisation below 50 %',
      category: 'financial',
      type: 'metric',
      condition: 'below',
      threshold: 50,
      description: 'Half of what was sold is not used: the next renewal may be smaller.',
    },
    source: 'Licence utilisation',
    template: {
      shortDescription: '{engagement} uses {value} % of its licences',
      description: 'Less than {threshold} % of the licences sold are in use. Plan with the customer who else should work with the product.',
      priority: 'medium',
      probability: 'moderate',
      scope: 'expansion',
      riskOrIssue: 'risk',
      dueInDays: 30,
    },
    overrides: [],
  },
];
