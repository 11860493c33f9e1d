import type { TableName } from '../../model/dictionary.ts';

/** Which values of one field go with each state (BR-17): the first is taken where the present one does not fit. */
export type StateTable = {
  /** Field beside the state. */
  readonly field: string;
  readonly allowed: Readonly<Record<string, readonly string[]>>;
};

/** The manual's first table: state and stage of an onboarding case. */
const ONBOARDING_CASE = {
  field: 'stage',
  allowed: {
    new: ['notStarted', 'atRisk'],
    unassigned: ['notStarted', 'atRisk'],
    active: ['onTrack', 'atRisk'],
    blocked: ['paused', 'atRisk'],
    closed: ['finished'],
    cancelled: ['finished'],
  },
} as const satisfies StateTable;

/** The manual's second table: state and progress of onboarding tasks. */
const ONBOARDING_TASK = {
  field: 'progress',
  allowed: {
    open: ['notStarted'],
    awaitingCustomer: ['paused', 'atRisk'],
    awaitingInternal: ['paused', 'atRisk'],
    inProgress: ['onTrack', 'atRisk'],
    review: ['onTrack', 'atRisk'],
    closed: ['finished'],
    cancelled: ['finished'],
  },
} as const satisfies StateTable;

/** Other work: closed is completed, cancelled is cancelled; open work says how it goes. */
const WORK = {
  field: 'progress',
  allowed: {
    new: ['notStarted', 'onTrack', 'atRisk', 'paused'],
    define: ['notStarted', 'onTrack', 'atRisk', 'paused'],
    inProgress: ['onTrack', 'notStarted', 'atRisk', 'paused'],
    paused: ['paused', 'notStarted', 'onTrack', 'atRisk'],
    closed: ['completed'],
    cancelled: ['cancelled'],
  },
} as const satisfies StateTable;

export const STATE_TABLES = {
  onboardingCase: ONBOARDING_CASE,
  onboardingTask: ONBOARDING_TASK,
  dataImportTask: ONBOARDING_TASK,
  touchpoint: WORK,
  successObjective: WORK,
  successOutcome: WORK,
  successInitiative: WORK,
  successCase: WORK,
  successTask: WORK,
  internalPlay: WORK,
  internalPlayTask: WORK,
} as const satisfies { readonly [T in TableName]?: StateTable };
