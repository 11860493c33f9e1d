import { Button, Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isTableName, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { recordPath } from '../../state/addresses.ts';
import { useRecent } from '../../state/recent.ts';
import { useScreen } from '../../state/screen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { RecordForm } from '../../ui/record-form/record-form.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Activity } from '../common/activity.tsx';
import { Attachments } from '../common/attachments.tsx';
import { Related } from '../common/related.tsx';
import { StateActions } from '../common/state-actions.tsx';
import { useRecordEditor } from '../common/use-record-editor.ts';
import { useWorld } from '../common/use-form-world.ts';
import { DerivedFacts } from './derived-facts.tsx';
import names from './records.module.css';
import { RECORD_TABS } from './record-search.ts';

const route = getRouteApi('/records/$table/$id');

function RecordPage({ table, id }: { table: TableName; id: string }) {
  const { tab = 'details' } = route.useSearch();
  const navigate = useNavigate();
  const { data, error } = useLive('records.get', { table, id });
  const shown = data?.row.id === id ? data : undefined;
  const kind = tableOf(table);
  const heading = useScreen(shown?.label ?? kind.label);
  const world = useWorld(shown?.refs);
  const editor = useRecordEditor(table, shown?.row, shown?.label ?? kind.label);
  const opened = useRecent((state) => state.opened);
  const number = typeof shown?.row.number === 'string' ? shown.row.number : undefined;
  const shownLabel = shown?.label;
  useEffect(() => {
    if (shownLabel !== undefined) opened({ table, id, label: shownLabel, number });
  }, [opened, table, id, shownLabel, number]);

  const context = <a href={`#/records/${table}`}>{kind.plural}</a>;
  if (error && !shown) {
    return (
      <Page title={kind.label} headingRef={heading} context={context}>
        {error.code === 'not-found' ? (
          <EmptyState
            title={`This ${kind.label.toLowerCase()} is not here`}
            actions={
              <Button component="a" href={`#/records/${table}`}>
                All {kind.plural.toLowerCase()}
              </Button>
            }
          >
            It was deleted, or the address is of another store. Undo (Ctrl+Z) brings a deletion back.
          </EmptyState>
        ) : (
          <Failure failure={error} />
        )}
      </Page>
    );
  }
  if (!shown) {
    return (
      <Page title={kind.label} headingRef={heading} context={context}>
        <SkeletonLines label={`Loading the ${kind.label.toLowerCase()}`} lines={8} />
      </Page>
    );
  }
  const { row, label } = shown;
  const show = (value: string | null) => {
    const next = RECORD_TABS.find((known) => known.value === value)?.value ?? 'details';
    void navigate({ to: '/records/$table/$id', params: { table, id }, search: next === 'details' ? {} : { tab: next }, replace: true });
  };
  return (
    <FormWorldContext value={world}>
      <Page
        title={label}
        headingRef={heading}
        context={
          <>
            {context}
            {number !== undefined && <span> · {number}</span>}
          </>
        }
        note={<span className={names.changed}>changed {formatInstant(row.updatedAt, world.reading.timeZone)}</span>}
        actions={<StateActions table={table} row={row} label={label} />}
      >
        <Tabs value={tab} onChange={show} keepMounted={false}>
          <Tabs.List aria-label={`Parts of the ${kind.label.toLowerCase()}`}>
            {RECORD_TABS.map(({ value, label: words }) => (
              <Tabs.Tab key={value} value={value}>
                {words}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="details" pt="sm">
            <div className={names.details}>
              <Section title={kind.label}>
                <RecordForm
                  table={table}
                  row={row}
                  draft={editor.draft}
                  onDraft={editor.onDraft}
                  onSave={editor.save}
                  saving={editor.saving}
                  failure={editor.failure}
                  onOpenRecord={(of, other) => {
                    if (isTableName(of)) void navigate({ to: recordPath(of, other) });
                  }}
                />
              </Section>
              <DerivedFacts table={table} derived={shown.derived} />
            </div>
          </Tabs.Panel>
          <Tabs.Panel value="related" pt="sm">
            <Attachments about={{ table, id }} />
            <Related table={table} id={id} />
          </Tabs.Panel>
          <Tabs.Panel value="activity" pt="sm">
            <Activity table={table} id={id} />
          </Tabs.Panel>
        </Tabs>
      </Page>
    </FormWorldContext>
  );
}

/** The page of any record: its fields edited in place, what points to it, what happened to it. */
export function RecordScreen() {
  const { table, id } = route.useParams();
  if (isTableName(table)) return <RecordPage key={`${table} ${id}`} table={table} id={id} />;
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
