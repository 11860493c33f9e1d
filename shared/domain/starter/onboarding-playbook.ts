import type { PlaybookSource } from '../playbooks/definition.ts';

type Activity = PlaybookSource['stages'][number]['activities'][number];

/** What a new customer brings (ONB-07): into which type, by whom, in which file. */
const IMPORTS = [
  ['contacts', 'contact', 'Customer contacts'],
  ['locations', 'location', 'Locations'],
  ['entitlements', 'entitlement', 'Service entitlements'],
  ['installBase', 'installBaseItem', 'Install-base items'],
  ['addresses', 'accountAddress', 'Addresses of the account'],
  ['contracts', 'contract', 'Contracts'],
  ['soldProducts', 'soldProduct', 'Sold products'],
  ['installBaseLinks', 'installBaseSoldProduct', 'Links of items to sold products'],
] as const;

const imports: readonly Activity[] = IMPORTS.map(([key, intoTable, label], at) => ({
  key,
  label: `Import: ${label.toLowerCase()}`,
  kind: 'dataImport',
  start: at === 0 ? 'afterPrevious' : 'withPrevious',
  skippable: true,
  responsibility: 'Data analyst',
  dueDays: 10,
  intoTable,
  task: { subject: label, description: `Take in: ${label.toLowerCase()}.`, dueDays: 10, values: { source: `${key}.xlsx` } },
}));

type Work = { readonly key: string; readonly label: string; readonly more?: Partial<Activity> };

/** Tasks that are worked on side by side; all of a stage belong to its phase. */
function tasks(phase: string, responsibility: string, dueDays: number, work: readonly Work[]): readonly Activity[] {
  return work.map(
    ({ key, label, more }, at): Activity =>
      ({
        key,
        label,
        kind: 'task',
        start: at === 0 ? 'afterPrevious' : 'withPrevious',
        skippable: true,
        responsibility,
        dueDays,
        task: { subject: label, dueDays, values: { phase } },
        ...more,
      }) as Activity, // a task with what it has of its own
  );
}

/** Only where the customer's system is connected in this way. */
const integration = (key: string, label: string, kind: string): Work => ({
  key,
  label,
  more: { leaveOutWhen: { field: 'integration', op: 'isNot', value: kind } },
});

/** The steps of the onboarding playbook (ONB-02): five stages. */
export const ONBOARDING_STEPS: PlaybookSource = {
  table: 'onboardingCase',
  stages: [
    {
      key: 'setup',
      label: 'Initial setup',
      activities: [
        { key: 'account', label: 'Choose the account', kind: 'choose', field: 'account' },
        {
          key: 'core',
          label: 'Enter what the onboarding is about',
          kind: 'form',
          fields: ['shortDescription', 'assignedTo', 'integration', 'type', 'goLiveDate', 'contact', 'products', 'priority', 'description'],
          mandatory: ['assignedTo', 'integration', 'type', 'goLiveDate'],
        },
        { key: 'customerTeam', label: 'Add the customer’s team', kind: 'customerTeam', help: 'Contacts of the customer who take part.' },
        {
          key: 'responsibilities',
          label: 'Give the customer’s team responsibilities',
          kind: 'responsibilities',
          mails: [
            {
              to: 'primary',
              subject: 'You are our contact for: {Short description}',
              body: 'Good day,\n\nyou are the primary contact for this onboarding. We will turn to you with what we need from your side.',
            },
            {
              to: 'customerTeam',
              subject: 'The team for: {Short description}',
              body: 'Good day,\n\nyou take part in this onboarding. Each of you will get the tasks of your responsibility.',
            },
          ],
        },
        {
          key: 'accountTeam',
          label: 'Add the account team',
          kind: 'accountTeam',
          help: 'Tasks assign themselves by these responsibilities.',
          mails: [
            {
              to: 'accountTeam',
              subject: 'You are on the team for: {Short description}',
              body: 'You take part in this onboarding. Your tasks will be assigned to you.',
            },
          ],
        },
        { key: 'squad', label: 'Add the squad', kind: 'squad', optional: true },
      ],
    },
    {
      key: 'data',
      label: 'Data capture and validation',
      activities: [
        ...imports,
        { key: 'dataSummary', label: 'Review what was imported', kind: 'summary', fields: ['account', 'stage', 'goLiveDate'] },
      ],
    },
    {
      key: 'development',
      label: 'Development and automation',
      activities: [
        ...tasks('development', 'Technical lead', 20, [
          { key: 'relationships', label: 'Set up the account’s relationships' },
          { key: 'maintenance', label: 'Set maintenance schedules' },
          { key: 'levels', label: 'Create service levels and offerings' },
          { key: 'reporting', label: 'Set up reporting' },
          { key: 'catalogue', label: 'Develop the catalogue' },
          integration('remoteCatalogue', 'Connect the remote catalogue', 'remoteCatalogue'),
          integration('remoteTasks', 'Connect remote tasks', 'remoteTask'),
          integration('dataSync', 'Connect the synchronisation of basic data', 'dataSync'),
        ]),
        {
          key: 'work',
          label: 'Related work',
          kind: 'taskGate',
          start: 'withPrevious',
          help: 'Further tasks of this case, as they come up.',
        },
        { key: 'developmentSummary', label: 'Review what was developed', kind: 'summary', fields: ['stage', 'goLiveDate'] },
      ],
    },
    {
      key: 'testing',
      label: 'Testing and training',
      activities: tasks('testing', 'Onboarding manager', 15, [
        { key: 'changeRequest', label: 'Request the change for the go-live' },
        { key: 'communications', label: 'Plan and complete what is told about the go-live' },
        { key: 'trainingPlan', label: 'Plan and complete the training' },
        { key: 'training', label: 'Hold the training' },
      ]) as Activity[], // a new list
    },
    {
      key: 'goLive',
      label: 'Go-live and support',
      activities: [
        ...tasks('goLive', 'Onboarding manager', 10, [{ key: 'support', label: 'Support the go-live' }]),
        { key: 'end', label: 'Close the onboarding', kind: 'close' },
      ],
    },
  ],
};
