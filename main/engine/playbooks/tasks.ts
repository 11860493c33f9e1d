import type { TaskTemplate } from '#shared/domain/playbooks/definition.ts';
import { personFor } from '#shared/domain/playbooks/facts.ts';
import { TASK_LINKS } from '#shared/domain/playbooks/task-links.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { refTo } from '#shared/model/any-reference.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Play } from './play.ts';
import { filled } from './words.ts';

type Wanted = {
  readonly subject: string;
  readonly description?: string | undefined;
  readonly assignedTo?: string | undefined;
  readonly dueDate?: string | undefined;
  readonly values?: Readonly<Record<string, unknown>> | undefined;
};

/** Makes a task of the run's record, of the type that its work has. Answers it as `table/id`. */
export function addTask({ draft, state }: Play, wanted: Wanted, of?: TableName): string {
  const { table, record } = state();
  const link = TASK_LINKS[table];
  const into = of ?? link.table;
  const { fields } = tableOf(into);
  const up = fields[link.up]?.kind === 'anyReference' ? refTo(table, record.id) : record.id;
  const own = {
    ...wanted.values,
    [link.title]: wanted.subject,
    [link.up]: up,
    // what a task is for is needed; its subject says it where nothing else does
    description: wanted.description ?? wanted.subject,
    ...(wanted.assignedTo === undefined ? {} : { assignedTo: wanted.assignedTo }),
    ...(wanted.dueDate === undefined ? {} : { dueDate: wanted.dueDate }),
  };
  return refTo(into, draft.create(into, own));
}

/** Makes the task that an activity was written with; it assigns itself by the team's responsibility (PLY-08). */
export function addTemplateTask(
  play: Play,
  template: TaskTemplate,
  {
    responsibility,
    of,
    more,
  }: { readonly responsibility?: string | undefined; readonly of?: TableName; readonly more?: Readonly<Record<string, unknown>> },
): string {
  const { table, record, run } = play.state();
  const { view } = play.draft;
  const assignedTo = personFor(responsibility, { table, row: record, view, starter: run.createdBy });
  return addTask(
    play,
    {
      subject: filled(template.subject, table, record, view),
      description: template.description === undefined ? undefined : filled(template.description, table, record, view),
      ...(assignedTo !== undefined && view.get('user', assignedTo) !== undefined ? { assignedTo } : {}),
      ...(template.dueDays === undefined ? {} : { dueDate: addDays(play.asOf, template.dueDays) }),
      values: { ...template.values, ...more },
    },
    of,
  );
}
