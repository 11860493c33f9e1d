// Serves one bundled page script to a Chromium that is about to suffer.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from '../../build/tools.ts';

export type PageServer = { readonly url: string; readonly close: () => void };

async function bundled(file: string): Promise<string> {
  const bundle = await rolldown({
    input: join(root, file),
    cwd: root,
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
  await bundle.close();
  return output[0].code;
}

/** Serves a page that runs `file` (its path below the project's root); `others` answers every other address. */
export async function servePage(file: string, others?: (request: IncomingMessage, response: ServerResponse) => void): Promise<PageServer> {
  const script = await bundled(file);
  const server = createServer((request, response) => {
    if (request.url === '/page.js') response.setHeader('Content-Type', 'text/javascript').end(script);
    else if (request.url === '/')
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><script type="module" src="page.js"></script>');
    else if (others === undefined) response.writeHead(404).end();
    else others(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
