import type { FileAnswer, FileCall } from '#shared/contract/journal-protocol.ts';
import type { FileFolder } from './file-folder.ts';

/** Bytes that one answer carries at most. */
const MOST_READ = 1024 * 1024;

/** Answers what the engine asks about the bytes of attachments. */
export async function answerFile(folder: FileFolder, call: FileCall): Promise<FileAnswer> {
  switch (call.call) {
    case 'fileBegin':
      return folder.begin();
    case 'filePart':
      await folder.part(call.file, call.bytes);
      return null;
    case 'fileKeep':
      return folder.keep(call.file);
    case 'fileDrop':
      await folder.drop(call.file);
      return null;
    case 'fileRead':
      return folder.read(call.sha256, call.from, Math.min(call.length, MOST_READ));
    case 'fileSize':
      return (await folder.size(call.sha256)) ?? null;
    case 'fileList':
      return folder.list();
    case 'fileRemove':
      await folder.remove(call.sha256);
      return null;
  }
}
