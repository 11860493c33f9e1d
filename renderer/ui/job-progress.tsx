import { Button, Progress } from '@mantine/core';
import { formatNumber } from './format.ts';
import names from './job-progress.module.css';

type Props = {
  readonly title: string;
  readonly step?: string | undefined;
  readonly done: number;
  /** 0 while it is unknown. */
  readonly total: number;
  readonly onCancel?: () => void;
};

/** Long work in words and figures, with a way to stop it (UX-05). */
export function JobProgress({ title, step, done, total, onCancel }: Props) {
  const percent = total > 0 ? Math.min(100, (100 * done) / total) : 0;
  return (
    <div className={names.job} role="status">
      <div className={names.head}>
        <strong>{title}</strong>
        <span className={names.step}>
          {step ?? 'Starting'}
          {total > 0 && ` · ${formatNumber(done, 0)} of ${formatNumber(total, 0)}`}
        </span>
        {onCancel !== undefined && (
          <Button size="compact-xs" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
      <Progress value={total > 0 ? percent : 100} animated={total === 0} size="sm" aria-label={title} />
    </div>
  );
}
