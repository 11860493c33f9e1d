import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../support/postgres.ts';

/** A moment on a line: a request of this beginning has just gone to the server, or its answer has just come and is not passed on yet. */
export type Moment = { readonly request: string; readonly is: 'asked' | 'answered' };

/** A line between a browser and a server that can be cut in the middle of a word. */
export type CutProxy = {
  readonly port: number;
  readonly cut: () => void;
  readonly mend: () => void;
  /** Does something at the next such moment, before another byte goes either way. */
  readonly at: (moment: Moment, act: () => void) => void;
  /** The first lines of all requests so far. */
  readonly requests: () => readonly string[];
  readonly close: () => void;
};

const REQUEST = /^(?:GET|POST|PUT|DELETE) \/[^ ]*/m;

/** Opens a line to a port of loopback. */
export async function openCutProxy(to: number): Promise<CutProxy> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let isCut = false;
  let next: (Moment & { readonly act: () => void }) | undefined;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const meet = (is: Moment['is'], request: string | undefined): void => {
    if (next === undefined || next.is !== is || request?.startsWith(next.request) !== true) return;
    const { act } = next;
    next = undefined;
    act();
  };
  const server = createServer((from) => {
    keep(from);
    if (isCut) return void from.destroy();
    const there = keep(connect(to, '127.0.0.1'));
    let asked: string | undefined;
    from.on('data', (chunk: Buffer) => {
      const [request] = REQUEST.exec(chunk.toString('latin1')) ?? [];
      if (request !== undefined) requests.push((asked = request));
      there.write(chunk, () => {
        if (request !== undefined) meet('asked', request);
      });
    });
    there.on('data', (chunk: Buffer) => {
      meet('answered', asked);
      if (!from.destroyed) from.write(chunk);
    });
    from.once('close', () => there.destroy());
    there.once('close', () => from.destroy());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    cut,
    mend: () => {
      isCut = false;
    },
    at: (moment, act) => {
      next = { ...moment, act };
    },
    requests: () => requests,
    close: () => {
      cut();
      server.close();
    },
  };
}
