/** Stands in the pages of `renderer/` where whoever serves them puts a fresh nonce at each load. */
export const noncePlaceholder = '__NONCE__';

/**
 * The content security policy under which every page of Satchel runs, in Electron and in the browser alike: our own origin
 * only, no inline script, no eval, style elements only with this load's nonce.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // React writes style attributes through the DOM, which no policy hinders; style attributes in markup stay forbidden
    "style-src-attr 'none'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "object-src 'none'",
  ].join('; ');
}
