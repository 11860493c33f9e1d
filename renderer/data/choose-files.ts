import { fromErrorShape } from '#shared/errors/app-error.ts';
import { desktopBridge } from './connect.ts';

/** Whether the system's own dialog can be asked for files; else the page needs a file input. */
export const canAskForFiles = (): boolean => desktopBridge() !== undefined;

/** The files that a person chose in the system's dialog; none where she chose none. Rejects with AppError `file` or `limit`, naming the file. */
export async function askForFiles(): Promise<readonly File[]> {
  const reply = await desktopBridge()?.os('openFiles', { purpose: 'import' });
  if (reply === undefined) return [];
  if (!reply.ok) throw fromErrorShape(reply.error);
  return reply.output.files.map(({ name, bytes }) => new File([bytes], name));
}
