import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordAddress } from '../../state/addresses.ts';
import { useShowsEngagement } from '../../state/current-engagement.ts';
import { useScreen } from '../../state/screen.ts';
import { BandChip } from '../../ui/band-chip.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatInstant, formatMoneySum, formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Change } from '../common/cells.tsx';
import names from './brief.module.css';

const route = getRouteApi('/brief/$id');

type Brief = Output<'brief.read'>;
type Statement = Brief['people'][number];

type StatementsProps = {
  readonly title: string;
  readonly lines: readonly Statement[];
  readonly none: string;
  readonly day: string;
  /** What is said where there is no day. */
  readonly never?: string;
};

function Statements({ title, lines, none, day, never }: StatementsProps) {
  return (
    <Section title={title}>
      {lines.length === 0 ? (
        <p className={names.quiet}>{none}</p>
      ) : (
        <ul>
          {lines.map(({ about, says, on, overdue, value }) => (
            <li key={about.id} className={names.line}>
              <span>
                <a href={recordAddress(about.table, about.id)}>{about.label}</a>
                {says !== undefined && <span className={names.quiet}> · {says}</span>}
              </span>
              <span className={overdue === true ? names.late : names.quiet}>
                {[
                  value && formatMoneySum(value, true),
                  on === undefined ? never : `${overdue === true ? 'Overdue, ' : ''}${day} ${formatDate(on)}`,
                ]
                  .filter((part) => typeof part === 'string')
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Meeting({ meeting, timeZone }: { meeting: NonNullable<Brief['meeting']>; timeZone: string }) {
  const { about, startsAt, endsAt, agenda } = meeting;
  return (
    <div className={names.wide}>
      <Section title="Meeting">
        <p>
          <a className={names.inText} href={recordAddress(about.table, about.id)}>
            {about.label}
          </a>
          <span className={names.quiet}>
            {' '}
            · {formatInstant(startsAt, timeZone)}–{formatTime(endsAt, timeZone)}, {timeZone}
          </span>
        </p>
        {agenda !== undefined && <p className={names.agenda}>{agenda}</p>}
      </Section>
    </div>
  );
}

const print = () => globalThis.print();

/** T2, TCH-08: one page to read before a call, every statement linked to its record, ready to be printed. */
export function BriefScreen() {
  const { id } = route.useParams();
  const { meeting } = route.useSearch();
  const { data, error } = useLive('brief.read', { engagement: id, ...(meeting === undefined ? {} : { meeting }) });
  const title = data?.engagement.label ?? 'Brief';
  const heading = useScreen(data ? `Brief: ${title}` : 'Brief');
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  useShowsEngagement(data?.engagement.id, data?.engagement.label);
  useActions(
    useMemo<readonly Action[]>(
      () => [{ id: 'brief-print', label: 'Print, or save as PDF', group: 'This screen', icon: 'print', keys: 'ctrl+p', run: print }],
      [],
    ),
  );
  return (
    <Page
      title={data ? `Brief: ${title}` : 'Brief'}
      headingRef={heading}
      context={data?.account && <a href={recordAddress('account', data.account.id)}>{data.account.label}</a>}
      note={data && `as of ${formatDate(data.asOf)}`}
      actions={
        <>
          <Button component="a" href={recordAddress('engagement', id)}>
            Engagement
          </Button>
          <Button leftSection={<Icon name="print" size={14} />} onClick={print} title="Print, or save as PDF (Ctrl+P)">
            Print
          </Button>
        </>
      }
    >
      {error && <Failure failure={error} />}
      {!data && !error && <SkeletonLines label="Loading the brief" lines={10} />}
      {data && (
        <div className={names.brief}>
          {data.meeting && <Meeting meeting={data.meeting} timeZone={data.meeting.timeZone ?? timeZone} />}
          <div className={names.wide}>
            <Section title="Health">
              <p className={names.health}>
                <BandChip band={data.health.band} score={data.health.score} absent="Unknown" />
                <Change value={data.health.change7} />
                <a href={`#/engagement/${data.engagement.id}?tab=health`}>{data.health.cause}</a>
              </p>
            </Section>
          </div>
          <Statements title="People" lines={data.people} none="Nobody is known yet." day="last spoken" never="not spoken to yet" />
          <Statements title="Last conversations" lines={data.contacts} none="None so far." day="on" />
          <Statements title="Open promises" lines={data.promises} none="Nothing is open." day="due" />
          <Statements title="Risks" lines={data.risks} none="No open risk." day="due" />
          <Statements title="Objectives" lines={data.objectives} none="None is agreed." day="until" />
          <Statements title="Renewal" lines={data.renewal} none="No active contract." day="renews" />
          <div className={names.wide}>
            <Section title="Three questions">
              <ol className={names.questions}>
                {data.questions.map(({ about, asks }) => (
                  <li key={asks}>
                    <a href={recordAddress(about.table, about.id)} title={about.label}>
                      {asks}
                    </a>
                  </li>
                ))}
              </ol>
            </Section>
          </div>
        </div>
      )}
    </Page>
  );
}
