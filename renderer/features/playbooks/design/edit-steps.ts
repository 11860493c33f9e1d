import type { ActivityKind, PlaybookActivity, PlaybookDefinition } from '#shared/domain/playbooks/definition.ts';

type Stage = PlaybookDefinition['stages'][number];

/** What an activity of each kind is called where one is chosen. */
export const KIND_LABELS: Readonly<Record<ActivityKind, string>> = {
  form: 'Fill in fields',
  choose: 'Choose a record',
  customerTeam: 'Add the customer’s team',
  responsibilities: 'Give the customer’s team responsibilities',
  accountTeam: 'Add the account team',
  squad: 'Add the squad',
  comment: 'Comment for the customer',
  note: 'Internal note',
  tasks: 'Create tasks',
  taskGate: 'Wait for tasks',
  meetingGate: 'Wait for meetings',
  mail: 'Send or skip a mail',
  view: 'Look at a record',
  checklist: 'Checklist',
  decision: 'Decision',
  task: 'One task',
  dataImport: 'Import data',
  summary: 'Summary',
  close: 'Close the record',
};

type Common = Pick<PlaybookActivity, 'key' | 'label' | 'start' | 'optional' | 'skippable'> &
  Partial<Pick<PlaybookActivity, 'help' | 'when' | 'leaveOutWhen' | 'onlyIf' | 'responsibility' | 'dueDays'>>;

/** The activity as one of another kind: what all kinds have stays, the rest begins with what its reader takes. */
export function asKind({ key, label, start, optional, skippable, ...rest }: PlaybookActivity, kind: ActivityKind): PlaybookActivity {
  const kept = Object.fromEntries(
    (['help', 'when', 'leaveOutWhen', 'onlyIf', 'responsibility', 'dueDays'] as const).flatMap((name) =>
      rest[name] === undefined ? [] : [[name, rest[name]]],
    ),
  );
  const common: Common = { key, label, start, optional, skippable, ...kept };
  switch (kind) {
    case 'form':
      return { ...common, kind, fields: ['description'], mandatory: [] };
    case 'choose':
    case 'view':
      return kind === 'choose' ? { ...common, kind, field: 'account', create: [] } : { ...common, kind, field: 'account' };
    case 'responsibilities':
    case 'accountTeam':
    case 'squad':
      return { ...common, kind, mails: [] };
    case 'tasks':
    case 'taskGate':
      return { ...common, kind, suggested: [] };
    case 'mail':
      return { ...common, kind, mail: { to: 'contact', subject: label, body: '' } };
    case 'checklist':
      return { ...common, kind, items: [{ key: 'first', label: 'First', optional: false }] };
    case 'decision':
      return {
        ...common,
        kind,
        question: label,
        options: [
          { key: 'yes', label: 'Yes' },
          { key: 'no', label: 'No' },
        ],
      };
    case 'task':
      return { ...common, kind, task: { subject: label } };
    case 'dataImport':
      return { ...common, kind, task: { subject: label }, intoTable: 'contact' };
    case 'summary':
      return { ...common, kind, fields: [] };
    case 'customerTeam':
    case 'comment':
    case 'note':
    case 'meetingGate':
    case 'close':
      return { ...common, kind };
  }
}

/** A key that no other has, made of a label. */
export function keyFor(label: string, taken: ReadonlySet<string>): string {
  const words = label
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9 ]/gu, '')
    .trim()
    .split(/\s+/u)
    .filter(Boolean);
  const joined = words
    .map((word, at) => (at === 0 ? word.toLowerCase() : word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()))
    .join('');
  const base = (/^[a-z]/.test(joined) ? joined : `step${joined}`).slice(0, 50);
  let key = base;
  for (let more = 2; taken.has(key); more += 1) key = `${base}${more}`;
  return key;
}

const keysOf = ({ stages }: PlaybookDefinition): ReadonlySet<string> =>
  new Set(stages.flatMap(({ key, activities }) => [key, ...activities.map((one) => one.key)]));
const withStages = (definition: PlaybookDefinition, stages: readonly Stage[]): PlaybookDefinition => ({
  ...definition,
  stages: [...stages],
});
const mapStage = (definition: PlaybookDefinition, key: string, change: (stage: Stage) => Stage): PlaybookDefinition =>
  withStages(
    definition,
    definition.stages.map((stage) => (stage.key === key ? change(stage) : stage)),
  );

/** Adds a stage at the end; answers the definition. */
export function addStage(definition: PlaybookDefinition, label: string): PlaybookDefinition {
  return withStages(definition, [...definition.stages, { key: keyFor(label, keysOf(definition)), label, activities: [] }]);
}

/** Adds a note behind an activity, or at the end of a stage; answers its key, too. */
export function addActivity(
  definition: PlaybookDefinition,
  stage: string,
  label: string,
  behind?: string,
): { readonly definition: PlaybookDefinition; readonly key: string } {
  const key = keyFor(label, keysOf(definition));
  const fresh: PlaybookActivity = { key, label, kind: 'note', start: 'afterPrevious', optional: false, skippable: false };
  const added = mapStage(definition, stage, ({ activities, ...rest }) => {
    const at = activities.findIndex((one) => one.key === behind);
    return { ...rest, activities: at < 0 ? [...activities, fresh] : activities.toSpliced(at + 1, 0, fresh) };
  });
  return { definition: added, key };
}

/** Puts another activity in the place of one. */
export function putActivity(definition: PlaybookDefinition, key: string, activity: PlaybookActivity): PlaybookDefinition {
  return withStages(
    definition,
    definition.stages.map((stage) => ({ ...stage, activities: stage.activities.map((one) => (one.key === key ? activity : one)) })),
  );
}

/** Takes an activity out. */
export function removeActivity(definition: PlaybookDefinition, key: string): PlaybookDefinition {
  return withStages(
    definition,
    definition.stages.map((stage) => ({ ...stage, activities: stage.activities.filter((one) => one.key !== key) })),
  );
}

export function renameStage(definition: PlaybookDefinition, key: string, label: string): PlaybookDefinition {
  return mapStage(definition, key, (stage) => ({ ...stage, label }));
}

export function removeStage(definition: PlaybookDefinition, key: string): PlaybookDefinition {
  return withStages(
    definition,
    definition.stages.filter((stage) => stage.key !== key),
  );
}

/** Moves an activity one place up or down; at the edge of a stage it goes over into the next. */
export function moveActivity(definition: PlaybookDefinition, key: string, by: 1 | -1): PlaybookDefinition {
  const { stages } = definition;
  const from = stages.findIndex(({ activities }) => activities.some((one) => one.key === key));
  const stage = stages[from];
  if (stage === undefined) return definition;
  const at = stage.activities.findIndex((one) => one.key === key);
  const activity = stage.activities[at];
  if (activity === undefined) return definition;
  const rest = stage.activities.toSpliced(at, 1);
  if (at + by >= 0 && at + by <= rest.length)
    return mapStage(definition, stage.key, (one) => ({ ...one, activities: rest.toSpliced(at + by, 0, activity) }));
  const other = stages[from + by];
  if (other === undefined) return definition;
  const into = by > 0 ? [activity, ...other.activities] : [...other.activities, activity];
  return withStages(
    definition,
    stages.map((one) =>
      one.key === stage.key ? { ...one, activities: rest } : one.key === other.key ? { ...one, activities: into } : one,
    ),
  );
}

/** Moves an activity to the place of another one. */
export function dropActivity(definition: PlaybookDefinition, key: string, onto: string): PlaybookDefinition {
  if (key === onto) return definition;
  const activity = definition.stages.flatMap(({ activities }) => activities).find((one) => one.key === key);
  if (activity === undefined) return definition;
  const without = removeActivity(definition, key);
  return withStages(
    without,
    without.stages.map((stage) => {
      const at = stage.activities.findIndex((one) => one.key === onto);
      return at < 0 ? stage : { ...stage, activities: stage.activities.toSpliced(at, 0, activity) };
    }),
  );
}

/** Moves a stage one place. */
export function moveStage(definition: PlaybookDefinition, key: string, by: 1 | -1): PlaybookDefinition {
  const at = definition.stages.findIndex((stage) => stage.key === key);
  const stage = definition.stages[at];
  const to = at + by;
  if (stage === undefined || to < 0 || to >= definition.stages.length) return definition;
  return withStages(definition, definition.stages.toSpliced(at, 1).toSpliced(to, 0, stage));
}
