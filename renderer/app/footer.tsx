import { Button, Group, Popover } from '@mantine/core';
import { useState } from 'react';
import { useConnection } from '../data/client-provider.tsx';
import { useCommand } from '../data/use-command.ts';
import { useWorkspace, type WorkspaceStatus } from '../data/use-workspace.ts';
import { DateField } from '../ui/date-field.tsx';
import { formatBytes, formatDate, formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { toastDone } from '../ui/toast.ts';
import { parseDate } from '#shared/util/typed-date.ts';
import names from './footer.module.css';
import { FooterSync } from './footer-sync.tsx';
import { SeeingAs } from './seeing-as.tsx';

const HEALTH = {
  good: 'Storage good',
  recovered: 'Storage recovered',
  volatile: 'Storage may be cleared',
  low: 'Storage nearly full',
} as const;

function Today({ status }: { status: WorkspaceStatus }) {
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState(status.today);
  const { run, busy, error } = useCommand('workspace.set');
  const set = (value: string | null) =>
    run({ key: 'asOf', value }, () => {
      setOpened(false);
      toastDone(value === null ? 'Today is the real day again.' : `${formatDate(value)} counts as today. Every figure follows.`);
    });
  const date = parseDate(typed, status.today);
  return (
    <Popover opened={opened} onChange={setOpened} position="top-end" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={names.button}
          aria-expanded={opened}
          data-set={status.asOfSet || undefined}
          onClick={() => {
            setTyped(status.today);
            setOpened(!opened);
          }}
        >
          <Icon name="calendar" size={13} />
          Today: {formatDate(status.today)}
          {status.asOfSet && <strong className={names.set}>set by you</strong>}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="The day that counts as today">
        <form
          className={names.todayForm}
          onSubmit={(event) => {
            event.preventDefault();
            if (date !== undefined) set(date);
          }}
        >
          <DateField
            label="The day that counts as today"
            value={typed}
            onChange={setTyped}
            today={status.today}
            error={error?.message ?? (date === undefined ? 'This is not a date.' : undefined)}
          />
          <p className={names.hint}>Scores, risks, renewals and “overdue” are shown as they were on this day. Nothing is changed.</p>
          <Group gap="xs" justify="flex-end">
            {status.asOfSet && (
              <Button loading={busy} onClick={() => set(null)}>
                Use the real day
              </Button>
            )}
            <Button type="submit" variant="filled" loading={busy} disabled={date === undefined}>
              Set
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function Engine({ answers }: { answers: boolean }) {
  const connection = useConnection();
  if (connection.kind === 'ready' && answers) return null;
  if (connection.kind === 'failed') return <span className={names.problem}>{connection.error.message}</span>;
  return (
    <span className={names.problem}>
      {connection.kind === 'lost' ? 'The engine restarts; what you typed is kept' : 'Opening your portfolio…'}
    </span>
  );
}

/** What the figures rest on: the day, the data, the store, the time zone. */
export function Footer() {
  const status = useWorkspace();
  return (
    <footer className={names.footer} aria-label="Status">
      <Engine answers={status !== undefined} />
      {status && (
        <>
          <span className={names.item} data-health={status.storage.health} title={status.storage.message}>
            <Icon name={status.storage.health === 'good' ? 'database' : 'risks'} size={13} />
            {HEALTH[status.storage.health]}
            {status.storage.usedBytes !== undefined && <span className={names.quiet}>{formatBytes(status.storage.usedBytes)}</span>}
          </span>
          <FooterSync timeZone={status.settings.timeZone} />
          <span role="status" className={names.item}>
            {status.computing && (
              <>
                <Icon name="refresh" size={13} />
                Computing scores
                {status.computing.total > 0 && ` ${formatNumber(Math.round((100 * status.computing.done) / status.computing.total), 0)} %`}
              </>
            )}
          </span>
          <SeeingAs />
          <span className={names.gap} />
          <span className={names.item} title="The newest data point, ticket, touchpoint or contract start">
            {status.dataAsOf === undefined ? 'No data yet' : `Data as of ${formatDate(status.dataAsOf)}`}
          </span>
          <Today status={status} />
          <span className={names.item} title="All times and weeks are in this zone">
            <Icon name="clock" size={13} />
            {status.settings.timeZone}
          </span>
          <span className={names.item}>{status.settings.workspaceName}</span>
        </>
      )}
    </footer>
  );
}
