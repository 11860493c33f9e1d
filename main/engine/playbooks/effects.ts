import { AppError } from '#shared/errors/app-error.ts';
import type { ActivityKind, PlaybookActivity } from '#shared/domain/playbooks/definition.ts';
import type { Inputs } from '#shared/domain/playbooks/events.ts';
import { readInput, type InputOf } from '#shared/domain/playbooks/inputs.ts';
import { TASK_LINKS } from '#shared/domain/playbooks/task-links.ts';
import { tablesOfField } from '#shared/model/any-reference.ts';
import { tableOf, type NewValues } from '#shared/model/dictionary.ts';
import { mailOfRun, recipientsOf } from './mails.ts';
import { endMade } from './made.ts';
import type { Play } from './play.ts';
import { addTask } from './tasks.ts';
import { filled } from './words.ts';
import { addAccountTeam, addCustomerTeam, addSquad, giveResponsibilities } from './teams.ts';

type Activity<K extends ActivityKind> = Extract<PlaybookActivity, { readonly kind: K }>;
/** What completing an activity does to records, within the same change set; answers it in words for the log, where there is more to say. */
type Effect<K extends ActivityKind> = (play: Play, activity: Activity<K>, input: InputOf<K>) => string | void;

const isEmpty = (value: unknown): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function invalid({ label, key }: Pick<PlaybookActivity, 'label' | 'key'>, message: string, field?: string): AppError {
  return new AppError('validation', `“${label}” ${message}`, { field: field ?? key, rule: 'PLY-07' });
}

/** Changes the run's record; a patch without anything in it is none. */
function change({ draft, state }: Play, patch: Readonly<Record<string, unknown>>): void {
  const { table, record } = state();
  if (Object.keys(patch).length > 0) draft.update(table, record.id, patch);
}

const form: Effect<'form'> = (play, activity, { values }) => {
  const odd = Object.keys(values).find((name) => !activity.fields.includes(name));
  if (odd !== undefined) throw invalid(activity, `does not ask for “${odd}”.`, odd);
  change(play, values);
  const { table, record } = play.state();
  const missing = activity.mandatory.filter((name) => isEmpty(record[name]));
  if (missing.length === 0) return;
  const labels = missing.map((name) => tableOf(table).fields[name]?.label ?? name);
  throw invalid(activity, `needs ${labels.join(' and ')}. Fill ${labels.length === 1 ? 'it' : 'them'} in.`, missing[0]);
};

const choose: Effect<'choose'> = (play, activity, { id, create }) => {
  const { table, record } = play.state();
  const field = tableOf(table).fields[activity.field];
  const [to] = field === undefined ? [] : tablesOfField(field);
  if (id !== undefined) change(play, { [activity.field]: id });
  else if (create !== undefined && to !== undefined) {
    const account = tableOf(to).fields['account'] === undefined ? {} : { account: record['account'] };
    const made = play.draft.create(to, { ...account, ...create } as NewValues<typeof to>); // values by field name, which the store's validators check
    change(play, { [activity.field]: made });
  }
  if (isEmpty(play.state().record[activity.field]))
    throw invalid(activity, `needs ${field?.label ?? 'a record'}. Choose it.`, activity.field);
};

const comment: Effect<'comment'> = (play, activity, { text }) => {
  if (text.trim() === '') throw invalid(activity, 'has nothing to tell the customer yet. Write it.', 'text');
  change(play, { comments: text.trim() });
};
const note: Effect<'note'> = (play, activity, { text }) => {
  if (text.trim() === '') throw invalid(activity, 'has no text yet. Write it.', 'text');
  change(play, { workNotes: text.trim() });
};

const mail: Effect<'mail'> = (play, activity, { send, subject, body }) => {
  const { table, record } = play.state();
  const text = {
    ...activity.mail,
    ...(isEmpty(subject) ? {} : { subject: subject ?? '' }),
    ...(isEmpty(body) ? {} : { body: body ?? '' }),
  };
  if (!send) {
    endMade(play, activity.key, undefined, 'The mail was skipped.');
    return 'Mail skipped';
  }
  const { contacts, users } = recipientsOf(text.to, table, record, play.draft.view);
  if (contacts.length + users.length === 0 || !mailOfRun(play, text))
    throw invalid(activity, 'goes to nobody: the record has no contact. Choose its contact, or skip the mail.', 'contact');
  const said = filled(text.subject, table, record, play.draft.view);
  endMade(play, activity.key, TASK_LINKS[table].closed, `The mail “${said}” was queued to be sent.`);
  return 'Mail queued';
};

const task = (play: Play, activity: PlaybookActivity, { closureCode, closeNotes }: InputOf<'task'>): void => {
  const { table } = play.state();
  endMade(
    play,
    activity.key,
    closureCode ?? TASK_LINKS[table].closed,
    isEmpty(closeNotes) ? `${activity.label}: done.` : (closeNotes ?? ''),
  );
};

const EFFECTS: { readonly [K in ActivityKind]: Effect<K> } = {
  form,
  choose,
  comment,
  note,
  mail,
  task,
  dataImport: task,
  customerTeam: (play, _activity, { add }) => addCustomerTeam(play, add),
  responsibilities: (play, activity, { set }) => {
    const members = giveResponsibilities(play, set);
    if (members === 0) throw invalid(activity, 'needs at least one member of the customer’s team with a responsibility. Add one.');
    return mailAll(play, activity);
  },
  accountTeam: (play, activity, { add }) => {
    if (addAccountTeam(play, add) === 0) throw invalid(activity, 'needs at least one member of the account team. Add one.');
    return mailAll(play, activity);
  },
  squad: (play, activity, { add }) => {
    const members = addSquad(play, add);
    if (members === 0 && !activity.optional) throw invalid(activity, 'needs at least one member of the squad. Add one.');
    return mailAll(play, activity);
  },
  tasks: (play, activity, { tasks }) => {
    if (tasks.length === 0) throw invalid(activity, 'has no task yet. Add one.', 'tasks');
    for (const one of tasks) addTask(play, one);
    return tasks.length === 1 ? '1 task created' : `${tasks.length} tasks created`;
  },
  // what a gate waits for was looked at before
  taskGate: () => undefined,
  meetingGate: () => undefined,
  view: () => undefined,
  summary: () => undefined,
  checklist: (_play, activity, { checked }) => {
    const left = activity.items.filter(({ key, optional }) => !optional && !checked.includes(key));
    if (left.length === 0) return;
    throw invalid(activity, `is not done yet: ${left.map(({ label }) => `“${label}”`).join(', ')}.`, left[0]?.key);
  },
  decision: (_play, activity, { option }) => {
    const taken = activity.options.find(({ key }) => key === option);
    if (taken === undefined)
      throw invalid(activity, `waits for an answer: ${activity.options.map(({ label }) => label).join(', ')}.`, 'option');
    return taken.label;
  },
  close: (play, activity, { closureCode, closeNotes }) => {
    const { table, record } = play.state();
    const label = tableOf(table).fields['closureCode']?.label ?? 'Closure code';
    if (closureCode === '') throw invalid(activity, `needs a ${label.toLowerCase()}. Choose it.`, 'closureCode');
    if (closeNotes.trim() === '') throw invalid(activity, 'needs close notes. Say in a few words what was reached.', 'closeNotes');
    // the run first: what ends with the record is cancelled, and this run is done (BR-16)
    play.draft.close('playbookRun', play.runId, 'completed', closeNotes);
    play.draft.close(table, record.id, closureCode, closeNotes);
  },
};

function mailAll(play: Play, { mails }: { readonly mails: Activity<'squad'>['mails'] }): string | undefined {
  const queued = mails.filter((one) => mailOfRun(play, one)).length;
  return queued === 0 ? undefined : queued === 1 ? '1 mail queued' : `${queued} mails queued`;
}

/** Does what completing an activity does. Throws AppError where something is missing. Answers it in words for the log. */
export function takeEffect(play: Play, activity: PlaybookActivity, input: Inputs): string | undefined {
  // the activity's kind chooses both, which the compiler cannot follow through a union
  const effect = EFFECTS[activity.kind] as Effect<ActivityKind>;
  return effect(play, activity, readInput(activity.kind, activity, input)) ?? undefined;
}
