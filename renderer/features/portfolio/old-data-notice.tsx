import { Button } from '@mantine/core';
import { daysBetween } from '#shared/util/calendar-days.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { formatDate } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import names from './portfolio.module.css';

/** Older data than this says little about today: no source of the ready-made health looks back further without a gap. */
const OLD_DAYS = 60;

/** Data that ends long before today leaves health unknown: offers to look at the portfolio as of the day on which it ends. */
export function OldDataNotice() {
  const status = useWorkspace();
  const set = useCommand('workspace.set');
  const { toastSaved } = useUndo();
  if (status?.dataAsOf === undefined || status.asOfSet || daysBetween(status.dataAsOf, status.today) <= OLD_DAYS) return null;
  const day = status.dataAsOf;
  const show = () => set.run({ key: 'asOf', value: day }, ({ changeSetId }) => toastSaved(`Today is now ${formatDate(day)}`, changeSetId));
  return (
    <p className={names.notice} role="status">
      <Icon name="calendar" />
      <span>Your data ends on {formatDate(day)}, so today’s health is mostly unknown.</span>
      <Button size="compact-xs" loading={set.busy} onClick={show}>
        Show the portfolio as of that day
      </Button>
    </p>
  );
}
