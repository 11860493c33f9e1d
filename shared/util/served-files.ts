/** What a page may load from our own origin: which built folder it lies in, and as what it is sent. */
export type ServedFile = { folder: 'renderer' | 'engine'; path: string; type: string };

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  webmanifest: 'application/manifest+json',
};

// A leading dot is not among the letters, so neither `..` nor a hidden file can be named; nor can a drive, a backslash or a NUL.
const segment = /^[\w-][\w.-]*$/;

/**
 * The file for the path of a URL (still percent-encoded), alike in Electron's `app://ui` and in the browser's localhost:
 * `/` is the application, `/engine/…` the engine's worker. Undefined for whatever is not one plain file of ours.
 */
export function servedFile(pathname: string): ServedFile | undefined {
  if (pathname === '/' || pathname === '') return servedFile('/index.html');
  const segments = pathname.replace(/^\//, '').split('/');
  if (!segments.every((part) => segment.test(part))) return undefined;
  const type = types[segments.at(-1)?.split('.').at(-1) ?? ''];
  if (type === undefined) return undefined;
  if (segments[0] === 'engine' && segments.length > 1) return { folder: 'engine', path: segments.slice(1).join('/'), type };
  return { folder: 'renderer', path: segments.join('/'), type };
}
