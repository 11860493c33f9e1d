import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../support/postgres.ts';

/** A line between a browser and a server that can be cut in the middle of a word. */
export type CutProxy = {
  readonly port: number;
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => void;
};

/** Opens a line to a port of loopback. */
export async function openCutProxy(to: number): Promise<CutProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((from) => {
    keep(from);
    if (isCut) return void from.destroy();
    const there = keep(connect(to, '127.0.0.1'));
    from.pipe(there);
    there.pipe(from);
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
    close: () => {
      cut();
      server.close();
    },
  };
}
