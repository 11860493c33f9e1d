import type { NewValues } from '../../model/dictionary.ts';
import type { PlaybookSource } from '../playbooks/definition.ts';
import { ONBOARDING_STEPS } from './onboarding-playbook.ts';

export type StarterPlaybook = {
  readonly values: NewValues<'playbook'> & { readonly name: string; readonly forTable: PlaybookSource['table'] };
  readonly steps: PlaybookSource;
};

const core = ['shortDescription', 'assignedTo', 'category', 'priority', 'state', 'progress', 'dueDate', 'description'];
const squad = {
  key: 'squad',
  label: 'Add the squad',
  kind: 'squad',
  optional: true,
  help: 'Whoever else works on it.',
} as const;

/** PLY-02: unplanned work that the customer can follow. */
const SUCCESS_CASE: StarterPlaybook = {
  values: {
    name: 'Success case',
    forTable: 'successCase',
    automatic: true,
    description: 'From what a customer asks for to its outcome, with the customer kept up to date.',
  },
  steps: {
    table: 'successCase',
    stages: [
      {
        key: 'initiate',
        label: 'Initiate',
        activities: [
          { key: 'engagement', label: 'Choose the engagement', kind: 'choose', field: 'engagement' },
          {
            key: 'core',
            label: 'Enter core information',
            kind: 'form',
            fields: ['engagement', 'contact', 'product', 'serviceDefinition', ...core],
            mandatory: ['shortDescription', 'description'],
          },
          squad,
        ],
      },
      {
        key: 'assist',
        label: 'Assist',
        activities: [
          {
            key: 'intended',
            label: 'Communicate the intended outcome',
            kind: 'comment',
            help: 'What the customer can expect. They read it.',
          },
          { key: 'plan', label: 'Define the action plan', kind: 'note', help: 'How we go about it. Stays among us.' },
          { key: 'meetings', label: 'Related meetings', kind: 'meetingGate', help: 'Goes on once no meeting of the case is open.' },
          { key: 'work', label: 'Related work', kind: 'taskGate', help: 'Goes on once no task of the case is open.' },
        ],
      },
      {
        key: 'close',
        label: 'Review and close',
        activities: [
          { key: 'outcome', label: 'Communicate the final outcome', kind: 'comment', help: 'What has come of it. The customer reads it.' },
          { key: 'end', label: 'Close the case', kind: 'close' },
        ],
      },
    ],
  },
};

/** PLY-03: work for a customer that the customer does not see. */
const INTERNAL_PLAY: StarterPlaybook = {
  values: {
    name: 'Internal play',
    forTable: 'internalPlay',
    automatic: true,
    fits: { field: 'category', op: 'isNot', value: 'expansionRenewal' },
    description: 'Planned and unplanned work of ours for an engagement.',
  },
  steps: {
    table: 'internalPlay',
    stages: [
      {
        key: 'initiate',
        label: 'Initiate',
        activities: [
          { key: 'engagement', label: 'Choose the engagement', kind: 'choose', field: 'engagement' },
          {
            key: 'core',
            label: 'Enter core information',
            kind: 'form',
            fields: ['engagement', ...core],
            mandatory: ['shortDescription', 'description'],
          },
          squad,
        ],
      },
      {
        key: 'plan',
        label: 'Define the action plan',
        activities: [
          { key: 'steps', label: 'Formulate the action steps', kind: 'note', help: 'They become a work note.' },
          { key: 'work', label: 'Related work', kind: 'taskGate', help: 'Goes on once no task of the play is open.' },
        ],
      },
      {
        key: 'close',
        label: 'Review and close',
        activities: [
          { key: 'outcome', label: 'Communicate the final outcome', kind: 'note', help: 'What has come of it. Stays among us.' },
          { key: 'end', label: 'Close the play', kind: 'close' },
        ],
      },
    ],
  },
};

/** PLY-04: a contract is renewed, and extended where there is a chance. */
const RENEWAL: StarterPlaybook = {
  values: {
    name: 'Renewal',
    forTable: 'internalPlay',
    automatic: true,
    order: 50,
    fits: { field: 'category', op: 'is', value: 'expansionRenewal' },
    description: 'Renews a contract 90 to 120 days before it ends, and finds what can be extended.',
  },
  steps: {
    table: 'internalPlay',
    stages: [
      {
        key: 'initiate',
        label: 'Initiate',
        activities: [
          {
            key: 'core',
            label: 'Enter core information',
            kind: 'form',
            fields: ['engagement', 'contract', ...core],
            mandatory: ['shortDescription', 'contract', 'category', 'description'],
          },
          squad,
        ],
      },
      {
        key: 'assess',
        label: 'Assess the opportunity',
        activities: [
          { key: 'contract', label: 'View the contract', kind: 'view', field: 'contract', help: 'Check term, value and extension.' },
          {
            key: 'engagement',
            label: 'Assess the engagement',
            kind: 'note',
            help: 'What has to be done so that they renew. Becomes a work note.',
          },
        ],
      },
      {
        key: 'communicate',
        label: 'Communicate',
        activities: [
          {
            key: 'mail',
            label: 'Communicate the renewal',
            kind: 'mail',
            mail: {
              to: 'contact',
              subject: 'Renewal of {contract}',
              body: 'Good day,\n\nyour contract {contract} is coming up for renewal. I would like to go through with you what you have reached, and what you need next.\n\nWhen would it suit you?',
            },
            task: { subject: 'Communicate the renewal of {contract}', dueDays: 5 },
          },
          {
            key: 'opportunity',
            label: 'Create the opportunity',
            kind: 'task',
            task: {
              subject: 'Create an opportunity for {contract}',
              description: 'Create the opportunity, and write its number into the notes.',
              dueDays: 10,
            },
            help: 'Its task is closed with this activity, or cancelled where there is nothing to sell.',
            responsibility: 'Account executive',
          },
        ],
      },
      {
        key: 'track',
        label: 'Track the opportunity',
        activities: [
          {
            key: 'track',
            label: 'Review the contract',
            kind: 'view',
            field: 'contract',
            help: 'Change it where the talks have changed it.',
          },
        ],
      },
      {
        key: 'close',
        label: 'Review and close',
        activities: [
          { key: 'outcome', label: 'Communicate the final outcome of the renewal', kind: 'note', help: 'Becomes a work note.' },
          { key: 'end', label: 'Close the play', kind: 'close' },
        ],
      },
    ],
  },
};

/** PLY-05: planned steps towards an outcome. */
const INITIATIVE: StarterPlaybook = {
  values: {
    name: 'Success initiative',
    forTable: 'successInitiative',
    automatic: true,
    description: 'Planned steps towards an outcome, ours and the customer’s.',
  },
  steps: {
    table: 'successInitiative',
    stages: [
      {
        key: 'setup',
        label: 'Initial setup',
        activities: [{ key: 'outcome', label: 'Choose the success outcome', kind: 'choose', field: 'outcome' }],
      },
      {
        key: 'plan',
        label: 'Plan',
        activities: [
          {
            key: 'core',
            label: 'Enter core information',
            kind: 'form',
            fields: [
              'subject',
              'outcome',
              'contact',
              'assignedTo',
              'squad',
              'category',
              'state',
              'progress',
              'priority',
              'dueDate',
              'description',
            ],
            mandatory: ['subject', 'description'],
          },
        ],
      },
      {
        key: 'work',
        label: 'Collaborate and complete',
        activities: [
          {
            key: 'tasks',
            label: 'Create tasks',
            kind: 'tasks',
            optional: true,
            suggested: [{ subject: 'First step towards {outcome}', description: 'What has to be done, by whom and until when.' }],
          },
        ],
      },
      { key: 'close', label: 'Summarise and close', activities: [{ key: 'end', label: 'Close the initiative', kind: 'close' }] },
    ],
  },
};

/** PLY-06, ONB-02: from the sale to the go-live. */
const ONBOARDING: StarterPlaybook = {
  values: {
    name: 'Account onboarding',
    forTable: 'onboardingCase',
    automatic: true,
    description: 'Takes a new customer from the sale to the go-live, with their data.',
  },
  steps: ONBOARDING_STEPS,
};

/** The playbooks that come ready to use (PLY-02 to PLY-06). */
export const STARTER_PLAYBOOKS: readonly StarterPlaybook[] = [SUCCESS_CASE, INTERNAL_PLAY, RENEWAL, INITIATIVE, ONBOARDING];
