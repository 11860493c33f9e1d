import { fromErrorShape } from '#shared/errors/app-error.ts';
import { desktopBridge } from './connect.ts';

/**
 * Gives a file to the person: in Electron she chooses the place and it is written whole or not at all, in a browser it is a
 * download. Rejects with AppError where it could not be written; answers false where she chose not to save.
 */
export async function saveBytes(fileName: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const bridge = desktopBridge();
  if (bridge !== undefined) {
    const reply = await bridge.os('saveFile', { fileName, bytes });
    if (!reply.ok) throw fromErrorShape(reply.error);
    return reply.output.saved;
  }
  saveBlob(fileName, new Blob([bytes], { type: 'application/octet-stream' }));
  return true;
}

/** A download of the browser. */
export function saveBlob(fileName: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
