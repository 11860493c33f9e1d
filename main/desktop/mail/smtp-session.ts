import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailCall } from '#shared/contract/mail-gate.ts';

export type SmtpOptions = {
  /** Certificates to be trusted beside the system's; for tests. */
  readonly ca?: string;
  readonly timeoutMs?: number;
};

/** What the server said, or what kept it from saying anything. */
export type SmtpFailure = { readonly code: string; readonly reply: number | undefined; readonly text: string };
export type SmtpEnd = { readonly refused: readonly string[] } | SmtpFailure;

const TIMEOUT_MS = 30_000;
const PART = 64 * 1024;

function failureOf(error: unknown): SmtpFailure {
  // nodemailer's errors carry these; anything else is seen as a broken connection
  const { code, originalCode, responseCode, response, message } = error as {
    code?: string;
    originalCode?: string;
    responseCode?: number;
    response?: string;
    message?: string;
  };
  return { code: originalCode ?? code ?? 'ECONNECTION', reply: responseCode, text: response ?? message ?? '' };
}

/** The message in parts; before its end it waits for `ending`, so that the last dot is never said before that is on disk. */
async function* partsOf(message: Uint8Array, ending: () => Promise<void>): AsyncGenerator<Buffer, void, void> {
  for (let at = 0; at < message.length; at += PART) yield Buffer.from(message.subarray(at, at + PART));
  await ending();
}

/**
 * One mail to one server. Certificates are checked; what asks for encryption never goes without. Nothing is logged. Never rejects, except
 * with what `ending` rejects with.
 */
export function sendOverSmtp(
  call: MailCall,
  ending: () => Promise<void>,
  { ca, timeoutMs = TIMEOUT_MS }: SmtpOptions = {},
): Promise<SmtpEnd> {
  const { server, password, from, to, message } = call;
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    // what this computer is called is nobody's business
    name: '[127.0.0.1]',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs * 2,
    dnsTimeout: timeoutMs,
    allowInternalNetworkInterfaces: true,
    logger: false,
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
  });
  return new Promise((resolve) => {
    let isOver = false;
    const finish = (end: SmtpEnd): void => {
      if (isOver) return;
      isOver = true;
      resolve(end);
      // its answer is here: how it says goodbye does not matter
      if ('refused' in end) connection.quit();
      else connection.close();
    };
    const failing = (error: unknown): void => finish(failureOf(error));
    const hand = (): void =>
      connection.send(
        { from, to: [...to], size: message.length },
        Readable.from(partsOf(message, ending), { objectMode: false }),
        (error, info) => (error ? failing(error) : finish({ refused: info.rejected })),
      );
    connection.on('error', failing);
    connection.once('end', () => failing(Object.assign(new Error('The connection ended'), { code: 'ECONNECTION' })));
    connection.connect((error) => {
      if (error) return failing(error);
      if (server.user === undefined) return hand();
      connection.login({ user: server.user, credentials: { user: server.user, pass: password ?? '' } }, (refused) =>
        refused ? failing(refused) : hand(),
      );
    });
  });
}
