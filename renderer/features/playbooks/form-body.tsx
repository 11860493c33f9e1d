import { RecordForm } from '../../ui/record-form/record-form.tsx';
import type { Played } from './use-activity.ts';
import type { BodyProps } from './work-bodies.tsx';

/** What is typed into the fields of the record, as the activity takes it. */
export function fieldInput(activity: Played['activity'], patch: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (activity.kind !== 'choose') return { values: patch };
  const id = patch[activity.field];
  return typeof id === 'string' ? { id } : {};
}

/** The fields that an activity asks for, of the record itself. */
export function FormBody({ work, played, table, row }: BodyProps) {
  const { activity } = played;
  const fields = activity.kind === 'form' ? activity.fields : activity.kind === 'choose' ? [activity.field] : [];
  return (
    <RecordForm
      table={table}
      row={row}
      fields={fields}
      needed={activity.kind === 'form' ? activity.mandatory : undefined}
      draft={work.draft}
      onDraft={work.onDraft}
      onSave={(patch) => work.complete(fieldInput(activity, patch))}
      saving={work.busy}
      verb="Save and complete"
      wholeForm
    />
  );
}
