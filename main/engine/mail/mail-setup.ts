import { z } from 'zod';
import { isMailServer, MAIL_SECURITIES, type MailServer } from '#shared/contract/mail-gate.ts';
import { isMailAddress, type MailPerson } from '#shared/domain/mail/mail-address.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Host } from '../host/host.ts';

/** How this device sends mails. It never leaves the device, and lies where its secrets lie. */
export type MailSetup = { readonly server: MailServer; readonly password?: string | undefined; readonly from: MailPerson };

const NAME = 'mail-setup';
const setupSchema = z.strictObject({
  server: z.strictObject({
    host: z.string(),
    port: z.number(),
    security: z.enum(MAIL_SECURITIES),
    user: z.string().optional(),
  }),
  password: z.string().optional(),
  from: z.strictObject({ name: z.string(), email: z.string() }),
});

const wrong = (field: string, message: string): AppError => new AppError('validation', message, { field });

/** What is kept; undefined where nothing was set up, or it cannot be read any more. */
export async function readMailSetup({ keys }: Pick<Host, 'keys'>): Promise<MailSetup | undefined> {
  const text = await keys.get(NAME).catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const read = setupSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps how mails are sent from now on; without a password the one that is kept stays. Throws AppError `validation` with the field that is wrong. */
export async function keepMailSetup(host: Pick<Host, 'keys'>, setup: MailSetup): Promise<void> {
  const { server, from } = setup;
  if (!isMailAddress(from.email)) throw wrong('email', 'This is not the address of a person. It looks like kim@example.com.');
  if (!isMailServer({ ...server, security: 'tls' }))
    throw wrong('host', 'This is not the name of a mail server and its port. It looks like smtp.example.com, 465.');
  if (!isMailServer(server)) throw wrong('security', 'Without encryption mails go to this very computer only. Choose TLS or STARTTLS.');
  const before = setup.password === undefined && server.user !== undefined ? await readMailSetup(host) : undefined;
  const isSame = before?.server.host === server.host && before.server.user === server.user;
  const password = setup.password ?? (isSame ? before.password : undefined);
  await host.keys.set(NAME, JSON.stringify({ server, from, ...(password === undefined ? {} : { password }) }));
}

/** Forgets it, the password with it. */
export function forgetMailSetup({ keys }: Pick<Host, 'keys'>): Promise<void> {
  return keys.remove(NAME);
}
