import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { CADENCES } from '#shared/model/tables/meeting.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordAddress } from '../../state/addresses.ts';
import { useShowsEngagement } from '../../state/current-engagement.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, plural } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Related } from '../common/related.tsx';
import { DerivedFacts } from '../records/derived-facts.tsx';
import { RecordFields, type BodyProps } from '../records/record-body.tsx';
import { ActionItems } from './action-items.tsx';
import { Guests } from './guests.tsx';
import { MeetingMails } from './meeting-mails.tsx';
import names from './meetings.module.css';
import { Quality } from './quality.tsx';

const NEXT = {
  draft: { to: 'scheduled', label: 'Schedule', done: 'Scheduled' },
  scheduled: { to: 'completed', label: 'Mark as completed', done: 'Completed' },
} as const;
const nextOf = (state: unknown) => (state === 'draft' || state === 'scheduled' ? NEXT[state] : undefined);

/** The step that comes next: a draft is scheduled, a scheduled meeting completed. */
function NextState({ row, label, mayChange }: Pick<BodyProps, 'row' | 'label' | 'mayChange'>) {
  const { run, busy, error } = useCommand('records.update');
  const { toastSaved } = useUndo();
  const { id } = row;
  const next = mayChange ? nextOf(row['state']) : undefined;
  const actions = useMemo<readonly Action[]>(
    () =>
      next === undefined
        ? []
        : [
            {
              id: 'meeting-next',
              label: `${next.label}: this meeting`,
              group: 'This screen',
              icon: 'check',
              keys: 'm',
              run: () =>
                run({ table: 'meeting', id, patch: { state: next.to } }, ({ changeSetId }) =>
                  toastSaved(`${next.done}: ${label}`, changeSetId),
                ),
            },
          ],
    [next, run, id, label, toastSaved],
  );
  useActions(actions);
  if (!next) return null;
  return (
    <>
      {error && <Failure failure={error} />}
      <Button variant="filled" loading={busy} title={`${next.label} (M)`} onClick={() => actions[0]?.run()}>
        {next.label}
      </Button>
    </>
  );
}

/** TCH-02: a meeting's page – its fields, who was invited and came, how it was, and what was agreed. */
export function MeetingBody(props: BodyProps) {
  const { row, label, derived, mayChange } = props;
  const { data, error } = useLive('meetings.page', { meeting: row.id });
  const engagement = row['engagement'];
  const around = useLive('records.get', typeof engagement === 'string' ? { table: 'engagement', id: engagement } : undefined);
  useShowsEngagement(around.data?.row.id, around.data?.label);
  const series = data?.series;
  return (
    <div className={names.page}>
      <div className={names.stack}>
        <div className={names.steps}>
          <NextState row={row} label={label} mayChange={mayChange} />
          {series && (
            <p className={names.quiet}>
              One of a <a href={recordAddress('meetingSeries', series.id)}>series</a>: {CADENCES_IN_WORDS[series.cadence] ?? series.cadence}{' '}
              until {formatDate(series.repeatUntil)}, {plural(series.meetings, 'meeting')} scheduled
            </p>
          )}
        </div>
        <RecordFields {...props} />
        <Section title="Related records">
          <Related table="meeting" id={row.id} label={label} />
        </Section>
      </div>
      <div className={names.stack}>
        <DerivedFacts table="meeting" derived={derived} />
        {error && !data && <Failure failure={error} />}
        {!data && !error && <SkeletonLines label="Loading the meeting" lines={6} />}
        {data && (
          <>
            <Guests meeting={row.id} guests={data.guests} locked={!mayChange} />
            <MeetingMails row={row} mails={data.mails} outdated={data.outdated} locked={!mayChange} />
            <ActionItems meeting={row.id} items={data.items} locked={!mayChange} />
            <Quality meeting={row.id} quality={data.quality} unjudged={data.unjudged} locked={!mayChange} />
          </>
        )}
      </div>
    </div>
  );
}

const CADENCES_IN_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CADENCES).map(([value, label]) => [value, label.toLowerCase()]),
);
