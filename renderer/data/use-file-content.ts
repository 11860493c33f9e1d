import { useCallback } from 'react';
import { safeImageType } from '#shared/domain/attachments/file-names.ts';
import { MAX_SHOWN_IMAGE_BYTES } from '#shared/domain/attachments/limits.ts';
import { AppError, fromErrorShape } from '#shared/errors/app-error.ts';
import { useAccess } from './client-provider.tsx';
import { desktopBridge } from './connect.ts';
import { saveBlob } from './save-bytes.ts';
import { bringFile, fetchFile, type Sending } from './send-file.ts';

export type KeptFile = { readonly id: string; readonly name: string; readonly size: number; readonly sha256: string };

/** Whether the system's programs can be asked to open a file; a browser only saves. */
export const canOpenFiles = (): boolean => desktopBridge() !== undefined;

const SNIFFED = 16;

/** What can be done with the content of an attachment. All of it rejects with AppError. */
export function useFileContent() {
  const { client } = useAccess();

  /** Lets the system open it, where it is a plain document. */
  const open = useCallback(
    async ({ id, sha256, name }: KeptFile): Promise<void> => {
      await bringFile(client, id);
      const reply = await desktopBridge()?.os('openAttachment', { sha256, name });
      if (reply?.ok === false) throw fromErrorShape(reply.error);
    },
    [client],
  );
  /** Gives it to the person; answers false where she chose not to save. */
  const save = useCallback(
    async (file: KeptFile, sending: Sending): Promise<boolean> => {
      await bringFile(client, file.id);
      const reply = await desktopBridge()?.os('saveAttachment', { sha256: file.sha256, name: file.name });
      if (reply?.ok === false) throw fromErrorShape(reply.error);
      if (reply !== undefined) return reply.output.saved;
      saveBlob(file.name, await fetchFile(client, file, sending));
      return true;
    },
    [client],
  );
  /** A picture as a blob of its true type, told by its content. */
  const picture = useCallback(
    async (file: KeptFile, sending: Sending): Promise<Blob> => {
      const refused = new AppError('file', `${file.name} is no picture that can be shown here. Save it instead.`, { file: file.name });
      if (file.size > MAX_SHOWN_IMAGE_BYTES) throw refused;
      await bringFile(client, file.id);
      const content = await fetchFile(client, file, sending);
      const type = safeImageType(new Uint8Array(await content.slice(0, SNIFFED).arrayBuffer()));
      if (type === undefined) throw refused;
      return content.slice(0, content.size, type);
    },
    [client],
  );
  return { open, save, picture };
}
