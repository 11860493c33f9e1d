import { Button, Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import { CONTACT_PLANS } from '#shared/domain/cadence/contact-plans.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatTime, plural } from '../../ui/format.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './planner.module.css';

const LIMIT = 50;

/** Since when it is due, and what its time is for the customer. */
function moreWords({ due, startsAt, zone }: { due: string; startsAt: string | undefined; zone: string | undefined }): string {
  const there = zone === undefined || startsAt === undefined ? undefined : `${formatTime(startsAt, zone)} in ${zone}`;
  const none = zone === undefined ? 'no free hour in these days' : `no free hour at which both work (${zone})`;
  return [`due ${formatDate(due)}`, startsAt === undefined ? none : there].filter((part) => part !== undefined).join(' · ');
}

function Gaps({ whose, onClose }: { whose: 'mine' | 'all'; onClose: () => void }) {
  const { data, error } = useLive('planner.gaps', { whose, limit: LIMIT });
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const fill = useCommand('planner.fill');
  const { toastSaved } = useUndo();
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const chosen = data?.proposals.filter(({ engagement }) => !without.has(engagement.id)) ?? [];
  const toggle = (id: string) =>
    setWithout((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  const failure = error ?? fill.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length === 0) return;
        fill.run(
          {
            plans: chosen.map(({ engagement, contact, date, startsAt }) => ({
              engagement: engagement.id,
              contact,
              date,
              ...(startsAt === undefined ? {} : { startsAt }),
            })),
          },
          ({ changeSetId, touchpoints }) => {
            toastSaved(`Planned ${plural(touchpoints, 'touchpoint')}`, changeSetId);
            onClose();
          },
        );
      }}
    >
      {failure && <Failure failure={failure} />}
      {!data && !error && <SkeletonLines label="Looking for gaps" lines={5} />}
      {data && data.proposals.length > 0 && (
        <p className={names.quiet}>
          Within working hours, on the clock of {timeZone}. Each gets a touchpoint and the draft of a meeting.{' '}
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => setWithout(chosen.length > 0 ? new Set(data.proposals.map(({ engagement }) => engagement.id)) : new Set())}
          >
            {chosen.length > 0 ? 'None' : 'All'}
          </Button>
        </p>
      )}
      {data?.proposals.length === 0 && <p>Nothing is due that is not planned.</p>}
      {data && data.total > data.proposals.length && (
        <p className={names.quiet}>
          The {data.proposals.length} most urgent of {data.total}.
        </p>
      )}
      <ul className={names.gaps}>
        {data?.proposals.map(({ engagement, contact, due, date, startsAt, zone }) => (
          <li key={engagement.id}>
            <Checkbox
              size="xs"
              checked={!without.has(engagement.id)}
              onChange={() => toggle(engagement.id)}
              label={
                <>
                  {engagement.label}: {CONTACT_PLANS[contact].words.toLowerCase()} on {formatDate(date)}
                  {startsAt !== undefined && ` at ${formatTime(startsAt, timeZone)}`}
                  <span className={names.more}>{moreWords({ due, startsAt, zone })}</span>
                </>
              }
            />
          </li>
        ))}
      </ul>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button onClick={onClose}>Not now</Button>
        <Button type="submit" variant="filled" data-autofocus loading={fill.busy} disabled={chosen.length === 0}>
          Plan {plural(chosen.length, 'touchpoint')}
        </Button>
      </Group>
    </form>
  );
}

/** T7: a touchpoint for every contact that is due, spread over the next working days; all, some or none are taken. */
export function GapsDialog({ opened, whose, onClose }: { opened: boolean; whose: 'mine' | 'all'; onClose: () => void }) {
  return (
    <Dialog opened={opened} title="Fill cadence gaps" onClose={onClose} size={520}>
      <Gaps whose={whose} onClose={onClose} />
    </Dialog>
  );
}
