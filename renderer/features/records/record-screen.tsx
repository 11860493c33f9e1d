import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ComponentType } from 'react';
import { isTableName, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { useMay } from '../../data/use-me.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { useRecent } from '../../state/recent.ts';
import { useScrollPlace } from '../../state/scroll-place.ts';
import { useScreen } from '../../state/screen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { RecordActions } from '../common/record-actions.tsx';
import { useRecordEditor } from '../common/use-record-editor.ts';
import { useWorld } from '../common/use-form-world.ts';
import { AddMeeting } from '../meetings/add-meeting.tsx';
import { WriteMail } from '../mail/write-mail.tsx';
import { CalendarButton } from '../meetings/calendar-button.tsx';
import { SeriesActions } from '../meetings/series-actions.tsx';
import { WithPanel } from '../panel/panel.tsx';
import { TouchpointBody } from '../touchpoints/touchpoint-body.tsx';
import { MeetingBody } from '../meetings/meeting-body.tsx';
import { RecordBody, type BodyProps } from './record-body.tsx';
import names from './records.module.css';

const route = getRouteApi('/records/$table/$id');

/** Record types whose page is more than their fields. */
const BODIES: Partial<Record<TableName, ComponentType<BodyProps>>> = { touchpoint: TouchpointBody, meeting: MeetingBody };

function RecordPage({ table, id }: { table: TableName; id: string }) {
  const start = route.useSearch();
  const { data, error } = useLive('records.get', { table, id });
  const shown = data?.row.id === id ? data : undefined;
  const kind = tableOf(table);
  const heading = useScreen(shown?.label ?? kind.label);
  const world = useWorld(shown?.refs);
  const editor = useRecordEditor(table, shown?.row, shown?.label ?? kind.label);
  const [wholeForm, setWholeForm] = useState(false);
  const may = useMay();
  const mayChange = may(table, 'update');
  useScrollPlace(shown !== undefined);
  useActions(
    useMemo<readonly Action[]>(
      () =>
        !mayChange
          ? []
          : [
              {
                id: 'edit-all',
                label: 'Edit all fields',
                group: 'This screen',
                icon: 'pencil',
                keys: 'e',
                run: () => setWholeForm((before) => !before),
              },
            ],
      [setWholeForm, mayChange],
    ),
  );
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
  const Body = BODIES[table] ?? RecordBody;
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
        actions={
          <>
            {mayChange && (
              <Button
                leftSection={<Icon name="pencil" size={14} />}
                title="Edit all fields (E)"
                aria-pressed={wholeForm}
                onClick={() => setWholeForm(!wholeForm)}
              >
                {wholeForm ? 'Done' : 'Edit'}
              </Button>
            )}
            {table === 'touchpoint' && <AddMeeting touchpoint={row} />}
            {!(table === 'touchpoint' && (row['state'] === 'closed' || row['state'] === 'cancelled')) && (
              <WriteMail table={table} id={row.id} />
            )}
            {table === 'meeting' && <CalendarButton meeting={row} />}
            {table === 'meeting' && <SeriesActions meeting={row} />}
            <RecordActions table={table} row={row} label={label} />
          </>
        }
      >
        <WithPanel table={table} row={row} label={label}>
          <Body
            table={table}
            row={row}
            label={label}
            derived={shown.derived}
            editor={editor}
            mayChange={mayChange}
            wholeForm={wholeForm && mayChange}
            start={start}
            onSaved={() => setWholeForm(false)}
          />
        </WithPanel>
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
