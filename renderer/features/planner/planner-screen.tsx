import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { newRecordAddress } from '../../state/addresses.ts';
import { useScreen } from '../../state/screen.ts';
import { Page } from '../../ui/page.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useBringIn } from '../mail/use-bring-in.tsx';
import { GapsDialog } from './gaps-dialog.tsx';
import { PlannerCalendar } from './planner-calendar.tsx';
import { PlannerList } from './planner-list.tsx';
import { daysShown, withPlannerPart, type PlannerSearch } from './planner-search.ts';
import { PlannerDays, PlannerFilters, type ChangeSearch } from './planner-tools.tsx';
import names from './planner.module.css';

const route = getRouteApi('/planner');

/** TCH-06, T7: engagements with what is planned on each day and what is due, as a calendar or read as a list. */
export function PlannerScreen() {
  const heading = useScreen('Planner');
  const search: PlannerSearch = route.useSearch();
  const navigate = useNavigate();
  const status = useWorkspace();
  const today = status?.today ?? '1970-01-01';
  const timeZone = status?.settings.timeZone ?? 'UTC';
  const shown = daysShown(search.span ?? 'week', search.day ?? today, search.until);
  const [filling, setFilling] = useState(false);
  const filterBox = useRef<HTMLInputElement>(null);
  const bringIn = useBringIn();
  const file = useRef<HTMLInputElement>(null);
  const set: ChangeSearch = useCallback(
    (part) => void navigate({ to: '/planner', search: withPlannerPart(search, part), replace: true }),
    [navigate, search],
  );
  const actions = useMemo<readonly Action[]>(
    () => [
      { id: 'planner-gaps', label: 'Fill cadence gaps', group: 'This screen', icon: 'calendar', keys: 'c', run: () => setFilling(true) },
      {
        id: 'planner-today',
        label: 'Go to today',
        group: 'This screen',
        icon: 'calendar',
        keys: 't',
        run: () => set({ day: undefined, until: undefined }),
      },
      {
        id: 'planner-bring-in',
        label: 'Bring in a calendar file',
        group: 'This screen',
        icon: 'upload',
        words: 'ics invitation meeting import',
        run: () => file.current?.click(),
      },
      {
        id: 'planner-filter',
        label: 'Find engagements and what is planned',
        group: 'This screen',
        icon: 'filter',
        keys: '/',
        run: () => filterBox.current?.focus(),
      },
    ],
    [set],
  );
  useActions(actions);

  const view = { search, shown, today, timeZone, set };
  return (
    <Page
      fixed
      title="Planner"
      headingRef={heading}
      note={timeZone}
      actions={
        <>
          <Button onClick={() => setFilling(true)}>Fill cadence gaps</Button>
          <Button component="a" href={newRecordAddress('touchpoint')} variant="filled">
            Create touchpoint
          </Button>
        </>
      }
    >
      <div className={names.tools}>
        <PlannerDays search={search} shown={shown} today={today} set={set} />
        <div className={names.toolsEnd}>
          <PlannerFilters search={search} set={set} filterBox={filterBox} />
        </div>
      </div>
      <div className={names.files} data-over={bringIn.over || undefined} {...bringIn.dropping}>
        {search.as === 'list' ? <PlannerList {...view} /> : <PlannerCalendar {...view} />}
      </div>
      <input
        ref={file}
        type="file"
        accept=".ics,.eml,text/calendar,message/rfc822"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-testid="planner-bring-in"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          bringIn.open(files);
        }}
      />
      <Dialog opened={bringIn.shown !== undefined} title="Bring in a calendar file" size={620} onClose={bringIn.close}>
        {bringIn.shown}
      </Dialog>
      <GapsDialog opened={filling} whose={search.whose ?? 'mine'} onClose={() => setFilling(false)} />
    </Page>
  );
}
