import type { MailGate } from '#shared/contract/mail-gate.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { createMailGate } from './mail-gate.ts';
import { openMailLog } from './mail-log.ts';

/** The gate of one profile; its log is opened when the first mail asks. Without its log nothing is sent. */
export function lazyMailGate(path: string, allow: (server: string) => Promise<void>): MailGate {
  let opening: Promise<MailGate> | undefined;
  const gate = (): Promise<MailGate> => {
    opening ??= openMailLog(path).then(
      (log) => createMailGate({ log, allow, now: () => new Date().toISOString() }),
      () => {
        opening = undefined;
        throw new AppError(
          'storage',
          'What was sent before cannot be read, so nothing is sent now. Check that the disk has room.',
          {},
          true,
        );
      },
    );
    return opening;
  };
  return { send: async (call) => (await gate()).send(call), known: async (messageId) => (await gate()).known(messageId) };
}
