import names from './states.module.css';

/** Grey lines in the shape of what is coming; `label` tells a screen reader what is awaited. */
export function SkeletonLines({ lines = 3, label }: { lines?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className={names.skeleton}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={names.bone} style={{ width: `${90 - ((line * 23) % 45)}%` }} />
      ))}
    </div>
  );
}

/** One grey bone, for cells that are not there yet. */
export function Bone({ width = '70%' }: { width?: string }) {
  return <span aria-hidden="true" data-waiting className={`${names.bone} ${names.still}`} style={{ width }} />;
}
