// What a person might fill in, so that a playbook can be walked without anyone (PLY-10).
import type { PlaybookActivity } from '#shared/domain/playbooks/definition.ts';
import type { Inputs } from '#shared/domain/playbooks/events.ts';
import { tablesOfField } from '#shared/model/any-reference.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Field, Json } from '#shared/model/field.ts';
import type { Play } from './play.ts';

const WORDS = 'Try-out';

/** Some record of a type; undefined: there is none. */
function anyOf({ draft }: Play, table: TableName): string | undefined {
  for (const { id } of draft.view.all(table)) return id;
  return undefined;
}

function someone(play: Play): string {
  const { draft, actor } = play;
  return (
    draft.view.get('user', actor)?.id ??
    anyOf(play, 'user') ??
    draft.create('user', { name: 'Scratch colleague', email: 'colleague@example.invalid' })
  );
}

/** A value that a field of this kind takes; undefined where there is none to be had. */
function sampleValue(play: Play, field: Field): Json | undefined {
  const [choice] = Object.keys(field.choices ?? {});
  switch (field.kind) {
    case 'text':
    case 'longText':
    case 'journal':
      return WORDS;
    case 'choice':
      return choice;
    case 'boolean':
      return true;
    case 'date':
      return play.asOf;
    case 'instant':
      return `${play.asOf}T09:00:00.000Z`;
    case 'integer':
    case 'number':
      return field.min ?? 1;
    case 'reference': {
      const [to] = tablesOfField(field);
      return to === 'user' ? someone(play) : to === undefined ? undefined : anyOf(play, to);
    }
    case 'anyReference':
    case 'condition':
    case 'email':
    case 'json':
    case 'money':
    case 'percent':
    case 'references':
    case 'tags':
    case 'url':
      return undefined;
  }
}

function values(play: Play, table: TableName, names: readonly string[]): Readonly<Record<string, Json>> {
  const { fields } = tableOf(table);
  return Object.fromEntries(
    names.flatMap((name) => {
      const field = fields[name];
      const value = field === undefined ? undefined : sampleValue(play, field);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What is missing to choose or create a record for a field. */
function chosen(play: Play, { field: name, create }: Extract<PlaybookActivity, { readonly kind: 'choose' }>): Inputs {
  const { table, record } = play.state();
  if (record[name] !== undefined) return {};
  const field = tableOf(table).fields[name];
  const [to] = field === undefined ? [] : tablesOfField(field);
  const known = to === undefined ? undefined : anyOf(play, to);
  if (known !== undefined) return { id: known };
  return to === undefined || create.length === 0 ? {} : { create: values(play, to, create) };
}

/** The input with which an activity is completed in a try-out: as little as it takes. `option`: the answer to a decision. */
export function sampleInput(play: Play, activity: PlaybookActivity, option: string | undefined): Inputs {
  const { table, record } = play.state();
  const { view } = play.draft;
  switch (activity.kind) {
    case 'form':
      return {
        values: values(
          play,
          table,
          activity.mandatory.filter((name) => record[name] === undefined || record[name] === ''),
        ),
      };
    case 'choose':
      return chosen(play, activity);
    case 'customerTeam':
      return { add: [{ name: 'Scratch contact', email: 'contact@example.invalid' }] };
    case 'responsibilities': {
      const responsibility = anyOf(play, 'responsibility');
      const [contact] = view.by('contact', 'account', typeof record['account'] === 'string' ? record['account'] : '');
      return contact === undefined || responsibility === undefined ? {} : { set: [{ contact: contact.id, responsibility, primary: true }] };
    }
    case 'accountTeam':
    case 'squad':
      return { add: [{ user: someone(play) }] };
    case 'comment':
    case 'note':
      return { text: WORDS };
    case 'tasks':
      return { tasks: [{ subject: activity.suggested[0]?.subject ?? WORDS }] };
    case 'checklist':
      return { checked: activity.items.map(({ key }) => key) };
    case 'decision':
      return option === undefined ? {} : { option };
    case 'close': {
      const { lifecycle } = tableOf(table);
      const codes = Object.keys(lifecycle?.closureCodes ?? {}).filter((code) => code !== lifecycle?.cancelledCode);
      return { closureCode: codes[0] ?? '', closeNotes: WORDS };
    }
    case 'dataImport':
    case 'mail':
    case 'meetingGate':
    case 'summary':
    case 'task':
    case 'taskGate':
    case 'view':
      return {};
  }
}
