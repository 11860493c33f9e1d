import { isMailServer, type MailCall, type MailGate, type MailKnown, type MailOutcome } from '#shared/contract/mail-gate.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { MailLog } from './mail-log.ts';
import { sendOverSmtp, type SmtpFailure, type SmtpOptions } from './smtp-session.ts';

export type MailGateOptions = SmtpOptions & {
  readonly log: MailLog;
  readonly now: () => string;
  /** Resolves where the person lets mails go over this server. Rejects with `permission` where not. */
  readonly allow: (server: string) => Promise<void>;
};

const said = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 300);

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|ETLS|EREQUIRETLS|ERR_SSL|ERR_TLS/;
const SIGN_IN: ReadonlySet<string> = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2']);
const LASTS = 500;

/** What a failure before the server's last word means: the mail has certainly not been taken. */
function notTaken({ code, reply, text }: SmtpFailure, { host, port }: MailCall['server']): MailOutcome {
  const where = `${host}:${port}`;
  if (SIGN_IN.has(code) || reply === 535 || reply === 530)
    return { outcome: 'setup', message: `${where} did not accept the user name and password. Check them in the mail settings.` };
  if (CERTIFICATE.test(code))
    return {
      outcome: 'setup',
      message: `The connection to ${where} is not safe (${code}), so nothing was sent. Check the address and the encryption in the mail settings.`,
    };
  if (reply !== undefined && reply >= LASTS) return { outcome: 'refused', message: `${host} refused this mail: ${said(text)}` };
  if (reply !== undefined) return { outcome: 'later', message: `${host} does not take this mail now: ${said(text)}` };
  return { outcome: 'unreached', message: `${where} is not reached (${said(code)}).` };
}

/**
 * Sends each Message-ID once. On disk before the last dot: that it is about to be said; after the answer: what it was. What was killed
 * before the dot goes out again, what was killed after it is never sent again unless the person says so.
 */
export function createMailGate({ log, now, allow, ...smtp }: MailGateOptions): MailGate {
  const underWay = new Map<string, Promise<MailOutcome>>();

  const known = (messageId: string): MailKnown => {
    const entry = log.last(messageId);
    if (entry === undefined || entry.phase === 'not') return { outcome: 'none' };
    return entry.phase === 'sent' ? { outcome: 'sent', at: entry.at, refused: entry.refused ?? [] } : { outcome: 'unknown' };
  };

  const send = async (call: MailCall): Promise<MailOutcome> => {
    const { messageId: id, server } = call;
    const before = known(id);
    if (before.outcome === 'sent') return before;
    if (before.outcome === 'unknown' && call.again !== true) return before;
    if (!isMailServer(server)) throw new AppError('contract', 'This mail server is not used: only encrypted ones, or this very machine.');
    await allow(`${server.host}:${server.port}`);
    let isEnding = false;
    const end = await sendOverSmtp(
      call,
      async () => {
        await log.write({ id, at: now(), phase: 'ending' });
        isEnding = true;
      },
      smtp,
    );
    if ('refused' in end) {
      const at = now();
      await log.write({ id, at, phase: 'sent', refused: [...end.refused] });
      return { outcome: 'sent', at, refused: end.refused };
    }
    // after the last dot only the server's own word tells
    if (isEnding && end.reply === undefined) return { outcome: 'unknown' };
    if (isEnding) await log.write({ id, at: now(), phase: 'not' });
    return notTaken(end, server);
  };

  return {
    known: async (messageId) => known(messageId),
    send: (call) => {
      const running = underWay.get(call.messageId);
      if (running !== undefined) return running;
      const sending = send(call).finally(() => underWay.delete(call.messageId));
      underWay.set(call.messageId, sending);
      return sending;
    },
  };
}
