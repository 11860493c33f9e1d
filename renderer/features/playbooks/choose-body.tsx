import { Button } from '@mantine/core';
import { useState } from 'react';
import { tablesOfField } from '#shared/model/any-reference.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { RecordForm } from '../../ui/record-form/record-form.tsx';
import { FormBody } from './form-body.tsx';
import type { BodyProps } from './work-bodies.tsx';

/** The form of a record that is made by the way; it has Ctrl+Enter to itself. */
function NewOne({
  work,
  into,
  fields,
}: {
  readonly work: BodyProps['work'];
  readonly into: TableName;
  readonly fields: readonly string[];
}) {
  const place = `${work.place} new`;
  const { draft, onDraft } = useDraft(place);
  return (
    <div data-own>
      <RecordForm
        table={into}
        fields={fields}
        draft={draft}
        onDraft={onDraft}
        saving={work.busy}
        verb="Create and continue"
        onSave={(create) => work.complete({ create }, () => setDraft(place, EMPTY_DRAFT))}
      />
    </div>
  );
}

/** A record is chosen for a field, or created where the playbook says with which fields. */
export function ChooseBody(props: BodyProps) {
  const { work, played, table } = props;
  const { activity } = played;
  const [isNew, setIsNew] = useState(false);
  const field = activity.kind === 'choose' ? tableOf(table).fields[activity.field] : undefined;
  const [into] = field === undefined ? [] : tablesOfField(field);
  if (activity.kind !== 'choose' || into === undefined || activity.create.length === 0) return <FormBody {...props} />;
  return (
    <>
      {isNew ? <NewOne work={work} into={into} fields={activity.create} /> : <FormBody {...props} />}
      <div>
        <Button variant="subtle" onClick={() => setIsNew(!isNew)}>
          {isNew ? 'Choose one that is there' : `Create a ${tableOf(into).label.toLowerCase()}`}
        </Button>
      </div>
    </>
  );
}
