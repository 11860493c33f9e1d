// The browser host's server: the built pages on this machine's own address, under the same policy as in Electron.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { noncePlaceholder, pageHeaders } from '#shared/util/content-security-policy.ts';
import { servedFile } from '#shared/util/served-files.ts';
import { root } from './tools.ts';

/** A running server: its address with a trailing slash, and its end (open connections are cut). */
export type Served = { url: string; close: () => Promise<void> };

const hostNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A page of another site that lets its name point here must not read our files: only our own names are answered. */
function isOurHost(host: string | undefined): boolean {
  return host !== undefined && hostNames.has(host.replace(/:\d+$/, ''));
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }).end(text);
}

type Serving = { readonly out: string; readonly servers: readonly string[] };

async function answer(request: IncomingMessage, response: ServerResponse, { out, servers }: Serving): Promise<void> {
  if (!isOurHost(request.headers.host)) return refuse(response, 421, 'This address is not served here.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only reading is possible here.');
  // not through URL: it would fold `..` away before it can be refused
  const pathname = (request.url ?? '').split(/[?#]/, 1)[0] ?? '';
  const file = servedFile(pathname);
  if (file === undefined) return refuse(response, 404, 'There is no such page.');
  const content = await readFile(join(out, file.folder, file.path)).catch(() => undefined);
  if (content === undefined) return refuse(response, 404, 'There is no such page.');
  const nonce = randomBytes(16).toString('base64');
  const body = file.type.startsWith('text/html') ? content.toString('utf8').replaceAll(noncePlaceholder, nonce) : content;
  response.writeHead(200, { server: 'Satchel', ...pageHeaders(file.type, nonce, servers) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/**
 * Serves the built bundles below `out` on 127.0.0.1; port 0 takes a free one. Rejects when the port is taken.
 * @param servers base URLs of the central stores that the pages may talk to; none other is let through by their policy
 */
export async function serve(port: number, out: string = join(root, 'out'), servers: readonly string[] = []): Promise<Served> {
  const server = createServer((request, response) => {
    answer(request, response, { out, servers }).catch(() => refuse(response, 500, 'The page could not be read.'));
  });
  const actual = await listen(server, port);
  return {
    url: `http://127.0.0.1:${actual}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

if (import.meta.main) {
  const { url } = await serve(Number(process.env['PORT'] ?? 0));
  console.log(`Satchel is at ${url}`);
}
