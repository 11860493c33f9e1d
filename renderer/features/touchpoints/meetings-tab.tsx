import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { meeting as meetingTable } from '#shared/model/tables/meeting.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { recordAddress } from '../../state/addresses.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant, formatNumber, formatTime } from '../../ui/format.ts';
import { plainText, plainTexts } from '../../ui/record-form/plain-text.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useChoiceNames } from '../common/choice-name.tsx';
import type { TabTouchpoint } from './touchpoint-tabs.ts';
import names from './touchpoints.module.css';

type Listed = Output<'records.list'>;
const STEP = 20;
/** Invited people that are named; the others are counted. */
const NAMED = 4;

const isHttps = (link: string) => /^https:\/\//iu.test(link);

function Invitees({ row, refs }: { row: AnyRow; refs: Listed['refs'] }) {
  const people = [...plainTexts(row['contacts']), ...plainTexts(row['users'])].map((id) => refs[id]?.label ?? 'someone');
  if (people.length === 0) return <span className={names.quiet}>Nobody is invited</span>;
  const more = people.length - NAMED;
  return (
    <span>
      {people.slice(0, NAMED).join(', ')}
      {more > 0 && ` and ${formatNumber(more, 0)} more`}
    </span>
  );
}

function Line({ row, refs, timeZone }: { row: AnyRow; refs: Listed['refs']; timeZone: string }) {
  const named = useChoiceNames();
  const link = plainText(row['link']);
  const zone = plainText(row['timeZone']) || timeZone;
  return (
    <li className={names.meeting} data-state={plainText(row['state'])}>
      <span className={names.when}>
        {formatInstant(plainText(row['startsAt']), zone)} – {formatTime(plainText(row['endsAt']), zone)}
        {zone !== timeZone && <span className={names.quiet}> {zone}</span>}
      </span>
      <span className={names.what}>
        <a href={recordAddress('meeting', row.id)}>{plainText(row['subject'])}</a>
        <span className={names.facts}>
          <Invitees row={row} refs={refs} />
          {link !== '' && (
            <>
              {' · '}
              {isHttps(link) ? (
                <a href={link} target="_blank" rel="noreferrer">
                  Join
                </a>
              ) : (
                link
              )}
            </>
          )}
        </span>
      </span>
      <span className={names.state}>
        {named(meetingTable.fields.state, row['state'])}
        <span className={names.quiet}>{named(meetingTable.fields.type, row['type'])}</span>
      </span>
    </li>
  );
}

type PartProps = { readonly touchpoint: TabTouchpoint; readonly today: string; readonly timeZone: string; readonly over: boolean };

function Part({ touchpoint, today, timeZone, over }: PartProps) {
  const [limit, setLimit] = useState(STEP);
  const { data, error } = useLive('records.list', {
    table: 'meeting',
    condition: {
      all: [
        { field: 'touchpoint', op: 'is', value: touchpoint.id },
        { field: 'startsAt', op: over ? 'before' : 'onOrAfter', value: today },
      ],
    },
    sort: [{ field: 'startsAt', direction: over ? 'down' : 'up' }],
    window: { offset: 0, limit },
  });
  if (error && !data) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label="Loading meetings" lines={3} />;
  if (over && data.total === 0) return null;
  return (
    <Section title={over ? 'Held and past' : 'Today and to come'} note={formatNumber(data.total, 0)} level={3}>
      {data.total === 0 ? (
        <EmptyState icon="calendar" title="No meeting is planned">
          {touchpoint.hasEnded ? 'The touchpoint has ended.' : 'M adds one, once or as a series.'}
        </EmptyState>
      ) : (
        <ul>
          {data.rows.map(({ row }) => (
            <Line key={row.id} row={row} refs={data.refs} timeZone={timeZone} />
          ))}
        </ul>
      )}
      {data.total > data.rows.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setLimit((before) => Math.min(1_000, before + STEP))}>
          Show more
        </Button>
      )}
    </Section>
  );
}

/** TCH-01: a touchpoint's meetings, those to come first. */
export function MeetingsTab({ touchpoint }: { touchpoint: TabTouchpoint }) {
  const status = useWorkspace();
  if (!status) return null;
  const { today, settings } = status;
  return (
    <div className={names.stack}>
      <Part touchpoint={touchpoint} today={today} timeZone={settings.timeZone} over={false} />
      <Part touchpoint={touchpoint} today={today} timeZone={settings.timeZone} over />
    </div>
  );
}
