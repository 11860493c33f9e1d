import { CADENCES } from '#shared/model/tables/meeting.ts';
import { useLive } from '../../data/use-live.ts';
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
import { NextState } from './next-state.tsx';
import { Quality } from './quality.tsx';

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
          {mayChange && <NextState key={String(row['state'])} row={row} label={label} guests={data?.guests ?? []} />}
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
            <Quality
              meeting={row.id}
              engagement={typeof engagement === 'string' ? engagement : undefined}
              isHeld={row['state'] === 'completed'}
              quality={data.quality}
              unjudged={data.unjudged}
              locked={!mayChange}
            />
          </>
        )}
      </div>
    </div>
  );
}

const CADENCES_IN_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CADENCES).map(([value, label]) => [value, label.toLowerCase()]),
);
