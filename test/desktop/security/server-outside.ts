import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server outside: what of it was reached. */
export async function outside(): Promise<{ readonly url: string; readonly reached: string[]; readonly close: () => void }> {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' }).end('<h1>outside</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // it listens on a port
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, reached, close: () => server.close() };
}
