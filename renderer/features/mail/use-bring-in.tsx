import { useState, type DragEvent } from 'react';
import { useJob } from '../../data/use-job.ts';
import { Failure } from '../../ui/failure.tsx';
import { LookedAt } from './looked-at.tsx';

const MOST_BYTES = 25 * 2 ** 20;
const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/**
 * TCH-09: mails (.eml) and calendar files (.ics) that are dropped or chosen: each is shown first, then taken in. `shown`: what came of the
 * file that is looked at, until `close`.
 */
export function useBringIn() {
  const look = useJob('mails.look');
  const [waiting, setWaiting] = useState<readonly File[]>([]);
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState<string>();
  const { state } = look;

  const open = (files: readonly File[]) => {
    const [file, ...rest] = files;
    setWaiting(rest);
    setTooLarge(undefined);
    if (file === undefined) return look.reset();
    if (file.size > MOST_BYTES) return setTooLarge(file.name);
    void file.arrayBuffer().then((content) => look.start({ name: file.name, bytes: new Uint8Array(content) }));
  };
  const isShown = tooLarge !== undefined || state.kind === 'failed' || state.kind === 'done';
  return {
    open,
    close: () => open([]),
    isBusy: state.kind === 'running',
    over,
    dropping: {
      onDragOver: (event: DragEvent) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (!carriesFiles(event)) return;
        event.preventDefault();
        open([...event.dataTransfer.files]);
      },
    },
    shown: isShown ? (
      <>
        {tooLarge !== undefined && (
          <Failure failure={{ message: `${tooLarge} is larger than 25 MB. Save its files one by one instead.` }} />
        )}
        {state.kind === 'failed' && <Failure failure={state.error} />}
        {state.kind === 'done' && (
          <LookedAt key={state.output.token} look={state.output} left={waiting.length} onDone={() => open(waiting)} />
        )}
      </>
    ) : undefined,
  };
}
