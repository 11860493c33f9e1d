import { noncePlaceholder, pageHeaders } from '#shared/util/content-security-policy.ts';
import { servedFile, type ServedFile } from '#shared/util/served-files.ts';

/** The part of a request that counts; Electron's and the fetch standard's fit. */
export type PageRequest = { readonly url: string; readonly method: string };

export type AppProtocolOptions = {
  /** A built file's content; rejects where there is none. */
  readonly read: (folder: ServedFile['folder'], path: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** A new nonce, at each page load. */
  readonly nonce: () => string;
};

const plain = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
const refuse = (status: number, text: string) => new Response(text, { status, headers: plain });

/** Not through URL, which folds `..` away before it can be refused. */
function pathIn(url: string): string | undefined {
  return /^app:\/\/ui(?<path>\/[^?#]*)?(?:[?#].*)?$/s.exec(url)?.groups?.['path'] ?? (url === 'app://ui' ? '/' : undefined);
}

/** Answers requests to `app://ui`: the built files and nothing else, under our policy, with a fresh nonce at each load of a page. */
export function appProtocol({ read, nonce }: AppProtocolOptions): (request: PageRequest) => Promise<Response> {
  return async ({ url, method }) => {
    if (method !== 'GET' && method !== 'HEAD') return refuse(405, 'Only reading is possible here.');
    const path = pathIn(url);
    const file = path === undefined ? undefined : servedFile(path);
    const content = file === undefined ? undefined : await read(file.folder, file.path).catch(() => undefined);
    if (file === undefined || content === undefined) return refuse(404, 'There is no such page.');
    const value = nonce();
    const isPage = file.type.startsWith('text/html');
    const body = isPage ? new TextDecoder().decode(content).replaceAll(noncePlaceholder, value) : content;
    return new Response(method === 'HEAD' ? null : body, {
      status: 200,
      headers: pageHeaders(file.type, value),
    });
  };
}
