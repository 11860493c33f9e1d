import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { dateOfInstant } from '#shared/util/calendar-days.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { SideDrawer } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './my-changes.module.css';
import { StepDetails } from './step-details.tsx';

type Step = Output<'undo.steps'>['steps'][number];

function StepLine({ step, timeZone }: { step: Step; timeZone: string }) {
  const { id, label, at, state, record } = step;
  const { take } = useUndo();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const direction = state === 'done' ? 'undo' : 'redo';
  const run = async (rest: boolean) => {
    setBusy(true);
    const done = await take({ direction, id, ...(rest ? { rest } : {}) });
    setBusy(false);
    // what was in the way is shown
    if (!done) setOpen(true);
  };
  return (
    <li className={names.step} data-state={state}>
      <div className={names.head}>
        <button type="button" className={names.open} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'chevronDown' : 'chevronRight'} size={14} />
          <span className={names.label}>
            {label}
            {record !== undefined && <span className={names.record}> · {record}</span>}
          </span>
          <span className={names.time}>
            {state === 'undone' && 'undone · '}
            {formatTime(at, timeZone)}
          </span>
        </button>
        <Button
          size="compact-sm"
          loading={busy}
          aria-label={`${state === 'done' ? 'Undo' : 'Do again'}: ${label}${record === undefined ? '' : ` ${record}`}, ${formatTime(at, timeZone)}`}
          onClick={() => void run(false)}
        >
          {state === 'done' ? 'Undo' : 'Do again'}
        </Button>
      </div>
      {open && <StepDetails id={id} verb={state === 'done' ? 'undone' : 'done again'} onRest={() => void run(true)} />}
    </li>
  );
}

/** The person's last hundred commands: any of them can be taken back or done again, also after a restart. */
export function MyChanges({ onClose }: { onClose: () => void }) {
  const { data, error } = useLive('undo.steps', {});
  const status = useWorkspace();
  const timeZone = status?.settings.timeZone ?? 'UTC';
  const days = [...Map.groupBy(data?.steps ?? [], ({ at }) => dateOfInstant(at, timeZone))];
  return (
    <SideDrawer title="My changes" onClose={onClose}>
      {error && <Failure failure={error} />}
      {!data && !error && <SkeletonLines label="Loading your changes" lines={6} />}
      {data?.steps.length === 0 && (
        <EmptyState icon="history" title="Nothing to take back">
          What you change stands here, and any step of it can be taken back.
        </EmptyState>
      )}
      {days.map(([day, steps]) => (
        <section key={day} aria-label={formatDate(day)}>
          <h3 className={names.day}>{formatDate(day)}</h3>
          <ol className={names.steps}>
            {steps.map((step) => (
              <StepLine key={step.id} step={step} timeZone={timeZone} />
            ))}
          </ol>
        </section>
      ))}
    </SideDrawer>
  );
}
