import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { fromBroadcast, fromDomPort, fromElectronPort, fromNodePort, type Port } from './port.ts';

type Hearing = {
  readonly port: Port;
  readonly say: (message: unknown) => Promise<unknown>;
  readonly end?: () => void;
  readonly done: () => void;
};

function domPort(): Hearing {
  const { port1, port2 } = new MessageChannel();
  return {
    port: fromDomPort(port1),
    say: async (message) => port2.postMessage(message),
    end: () => port2.close(),
    done: () => port1.close(),
  };
}

async function nodePort(): Promise<Hearing> {
  const { MessageChannel: NodeChannel } = await import('node:worker_threads');
  const { port1, port2 } = new NodeChannel();
  return {
    port: fromNodePort(port1),
    say: async (message) => port2.postMessage(message),
    end: () => port2.close(),
    done: () => port1.close(),
  };
}

/** The form of Electron's MessagePortMain, which exists in Electron's main process alone. */
function electronPort(): Hearing {
  const emitter = new EventEmitter();
  let started = false;
  const port = fromElectronPort({
    postMessage: () => undefined,
    on: (event, listener) => emitter.on(event, listener),
    start: () => (started = true),
    close: () => undefined,
  });
  const say = async (message: unknown) => started && emitter.emit('message', { data: message, ports: [] });
  return { port, say, end: () => void emitter.emit('close', {}), done: () => undefined };
}

function broadcast(): Hearing {
  const [here, there] = [new BroadcastChannel('port.test'), new BroadcastChannel('port.test')];
  return {
    port: fromBroadcast(here),
    say: async (message) => there.postMessage(message),
    done: () => [here, there].forEach((end) => end.close()),
  };
}

test.each([
  ['the page’s MessagePort', domPort],
  ['Node’s MessagePort', nodePort],
  ['Electron’s MessagePortMain', electronPort],
  ['a BroadcastChannel of two', broadcast],
])('%s delivers messages as they are, and its end', async (_name, make) => {
  const { port, say, end, done } = await make();
  const heard = await new Promise<unknown[]>((resolve) => {
    const messages: unknown[] = [];
    port.open(
      (message) => {
        messages.push(message);
        if (messages.length === 2) resolve(messages);
      },
      () => undefined,
    );
    void say({ t: 'ping', n: 1 }).then(() => say(new Uint8Array([1, 2])));
  });
  expect(heard).toEqual([{ t: 'ping', n: 1 }, new Uint8Array([1, 2])]);
  end?.();
  done();
});

test.each([
  ['Node’s MessagePort', nodePort],
  ['Electron’s MessagePortMain', electronPort],
])('%s tells that the other end is gone', async (_name, make) => {
  const { port, end } = await make();
  await new Promise<void>((resolve) => {
    port.open(() => undefined, resolve);
    end?.();
  });
});
