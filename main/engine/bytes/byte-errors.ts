import { AppError } from '#shared/errors/app-error.ts';

/** There is no room for more bytes. */
export function noRoom(): AppError {
  return new AppError('quota', 'The disk is full: the file was not added. Free some space and add it again.', {}, true);
}

/** The bytes of an attachment are not on this computer. */
export function bytesMissing(): AppError {
  return new AppError('not-found', 'The content of this file is not on this computer. Its name and its place are kept.');
}

/** The bytes could not be written or read for another reason than room. */
export function bytesUnusable(): AppError {
  return new AppError('storage', 'The place where attached files are kept could not be used. Nothing was changed. Try again.', {}, true);
}
