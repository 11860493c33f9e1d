import { serverAddress } from './server-address.ts';

/** Stands in the pages of `renderer/` where whoever serves them puts a fresh nonce at each load. */
export const noncePlaceholder = '__NONCE__';

/**
 * The content security policy under which every page of Satchel runs, in Electron and in the browser alike: our own origin
 * only, no inline script, no eval, style elements only with this load's nonce.
 * @param servers base URLs of central stores that a page in a browser may talk to beside its own origin; checked addresses alone
 */
export function contentSecurityPolicy(nonce: string, servers: readonly string[] = []): string {
  const others = servers.map((server) => ` ${originOf(server)}`).join('');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // React writes style attributes through the DOM, which no policy hinders; style attributes in markup stay forbidden
    "style-src-attr 'none'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${others}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "object-src 'none'",
  ].join('; ');
}

function originOf(server: string): string {
  const [origin] = /^https?:\/\/[^/]+/.exec(serverAddress(server)) ?? [''];
  return origin;
}

/** What is said with every file of the application that a server hands out to a browser. */
export function pageHeaders(type: string, nonce: string, servers: readonly string[] = []): Readonly<Record<string, string>> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy(nonce, servers),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  };
}
