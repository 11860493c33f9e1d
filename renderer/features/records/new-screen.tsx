import { Button } from '@mantine/core';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { isTableName, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { recordPath } from '../../state/addresses.ts';
import { useScreen } from '../../state/screen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { RecordForm } from '../../ui/record-form/record-form.tsx';
import { Section } from '../../ui/section.tsx';
import { TemplateMenu } from './template-menu.tsx';
import { useNewRecord } from '../common/use-record-editor.ts';
import { useWorld } from '../common/use-form-world.ts';

const route = getRouteApi('/records/$table/new');

function NewRecord({ table }: { table: TableName }) {
  const { label, plural, fields } = tableOf(table);
  const heading = useScreen(`New ${label.toLowerCase()}`);
  const { values, names } = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const world = useWorld(undefined);
  const created = useCallback((id: string) => void navigate({ to: recordPath(table, id), replace: true }), [navigate, table]);
  const editor = useNewRecord(table, JSON.stringify(values ?? {}), created);
  const { draft, onDraft } = editor;
  const isPrepared = useRef(false);
  useEffect(() => {
    if (isPrepared.current) return;
    isPrepared.current = true;
    if (values && Object.keys(draft.values).length === 0) onDraft({ values, picked: names ?? {} });
  }, [values, names, draft.values, onDraft]);
  const first = Object.entries(fields).find(([name, field]) => field.isMandatory && values?.[name] === undefined)?.[0];
  return (
    <FormWorldContext value={world}>
      <Page
        title={`New ${label.toLowerCase()}`}
        headingRef={heading}
        context={<a href={`#/records/${table}`}>{plural}</a>}
        actions={<TemplateMenu table={table} draft={draft} onDraft={onDraft} />}
      >
        <Section title={label}>
          <RecordForm
            table={table}
            {...editor}
            onCancel={() => router.history.back()}
            verb="Create"
            {...(first === undefined ? {} : { focusField: first })}
          />
        </Section>
      </Page>
    </FormWorldContext>
  );
}

/** The form of a new record of any type. What is typed waits here until it is created or discarded. */
export function NewScreen() {
  const { table } = route.useParams();
  if (isTableName(table)) return <NewRecord key={table} table={table} />;
  return (
    <EmptyState
      title="There is no such record type"
      actions={
        <Button component="a" href="#/records">
          All record types
        </Button>
      }
    />
  );
}
