import { useTakingBack } from '../state/taking-back.ts';
import { JobProgress } from '../ui/job-progress.tsx';
import names from './undo-progress.module.css';

/** How far a long undo is. */
export function UndoProgress() {
  const work = useTakingBack((state) => state.work);
  if (work === undefined) return null;
  const { title, progress, cancel } = work;
  return (
    <div className={names.place}>
      <JobProgress title={title} step={progress?.step} done={progress?.done ?? 0} total={progress?.total ?? 0} onCancel={cancel} />
    </div>
  );
}
