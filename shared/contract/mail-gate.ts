/** `tls`: encrypted from the start; `starttls`: encrypted before anything is said; `none`: only to this very machine. */
export const MAIL_SECURITIES = ['tls', 'starttls', 'none'] as const;

/** A mail server (SMTP) as the person names it. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  readonly security: (typeof MAIL_SECURITIES)[number];
  /** Absent: it asks for no sign-in. */
  readonly user?: string | undefined;
};

/** A mail that is to leave: its envelope, and itself as it stands. */
export type MailCall = {
  readonly server: MailServer;
  readonly password?: string | undefined;
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly message: Uint8Array<ArrayBuffer>;
  /** The person says that it did not arrive although its outcome was never heard. */
  readonly again?: boolean | undefined;
};

/**
 * - `sent`: the server has taken it, for all but those it refused
 * - `refused`: the server will not take it; `later`: it does not take this one now; `unreached`: it was not reached; `setup`: only the person can
 *   help (password, certificate). None of these has taken the mail, for certain
 * - `unknown`: it was handed over, and the answer never came. Whether it arrived nobody here can know
 */
export type MailOutcome =
  | { readonly outcome: 'sent'; readonly at: string; readonly refused: readonly string[] }
  | { readonly outcome: 'refused' | 'later' | 'unreached' | 'setup'; readonly message: string }
  | { readonly outcome: 'unknown' };

/** What the host remembers of a Message-ID. */
export type MailKnown = { readonly outcome: 'none' } | Extract<MailOutcome, { readonly outcome: 'sent' | 'unknown' }>;

/** How a host sends mails. One Message-ID goes out once: it keeps on disk what it handed over, before and after. */
export type MailGate = {
  readonly send: (call: MailCall) => Promise<MailOutcome>;
  readonly known: (messageId: string) => Promise<MailKnown>;
};

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);
const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$|^[0-9a-f:]{2,45}$/i;

/** Whether a server may be used: a plain name or address, and unencrypted only on this very machine. */
export function isMailServer({ host, port, security }: MailServer): boolean {
  return (
    HOST.test(host) && Number.isInteger(port) && port > 0 && port < 65_536 && (security !== 'none' || LOOPBACK.has(host.toLowerCase()))
  );
}
