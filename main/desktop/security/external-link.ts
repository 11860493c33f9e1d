import { isServerAddress } from '#shared/util/server-address.ts';

const mailFields = new Set(['subject', 'body', 'cc', 'bcc']);

function isMail(url: URL): boolean {
  // some mail programs take further fields as files to attach
  return /^[^?#/\s]+@[^?#/\s]+$/.test(url.pathname) && [...url.searchParams.keys()].every((field) => mailFields.has(field));
}

/**
 * The address to hand to the system's browser or mail program, in its normal form; undefined for whatever is not plainly a web
 * page or an e-mail. The system opens what it is given with whatever program claims it, so nothing else may pass.
 */
export function externalLink(address: string): string | undefined {
  if (address.length > 2048 || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol === 'mailto:') return isMail(url) ? url.href : undefined;
  // a name before the host is how a link pretends to lead elsewhere
  const isWeb = url.protocol === 'https:' && url.hostname !== '' && url.username === '' && url.password === '';
  return isWeb ? url.href : undefined;
}

/** `TENANT.SECRET`, as the server writes it (S15). */
const FLOW = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.[\w-]{43}$/;

/**
 * The sign-in page of a central store on this very machine, which is the only one without https: of the one server that the person agreed to in a
 * box of the system's, and nothing of it but that page. Undefined for anything else.
 */
export function signInPage(address: string, server: string | undefined): string | undefined {
  if (server === undefined || !isServerAddress(server) || !server.startsWith('http://')) return undefined;
  const start = `${server}/sign-in/go?flow=`;
  return address.startsWith(start) && FLOW.test(address.slice(start.length)) ? address : undefined;
}
