import { useEffect, useState } from 'react';
import { asAppError } from '../../data/use-command.ts';
import { useFileContent, type KeptFile } from '../../data/use-file-content.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, type FailureLike } from '../../ui/failure.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './attachments.module.css';

type Shown = { readonly address: string } | { readonly failure: FailureLike } | undefined;

/** Shows a picture, and nothing but a picture: its content says what it is, and it is drawn as an image alone. */
export function PictureDialog({ file, onClose }: { file: KeptFile; onClose: () => void }) {
  const { picture } = useFileContent();
  const [shown, setShown] = useState<Shown>();
  useEffect(() => {
    const controller = new AbortController();
    let address: string | undefined;
    picture(file, { signal: controller.signal, onProgress: () => undefined }).then(
      (blob) => {
        if (controller.signal.aborted) return;
        address = URL.createObjectURL(blob);
        setShown({ address });
      },
      (thrown: unknown) => {
        if (!controller.signal.aborted) setShown({ failure: asAppError(thrown) });
      },
    );
    return () => {
      controller.abort();
      if (address !== undefined) URL.revokeObjectURL(address);
    };
  }, [picture, file]);
  return (
    <Dialog title={file.name} onClose={onClose} size={900}>
      {shown === undefined && <SkeletonLines label={`Loading ${file.name}`} lines={6} />}
      {shown !== undefined && 'failure' in shown && <Failure failure={shown.failure} />}
      {shown !== undefined && 'address' in shown && <img className={names.picture} src={shown.address} alt={file.name} />}
    </Dialog>
  );
}
