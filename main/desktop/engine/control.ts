import { z } from 'zod';
import { PROTOCOL, type ClientMessage } from '#shared/contract/port-protocol.ts';
import type { Port } from '#shared/contract/port.ts';
import type { ErrorShape } from '#shared/errors/app-error.ts';
import type { Observation } from './supervision.ts';

const said = z.discriminatedUnion('t', [
  z.object({ t: z.literal('welcome') }),
  z.object({ t: z.literal('again') }),
  z.object({ t: z.literal('pong') }),
  z.object({ t: z.literal('fatal'), error: z.object({ message: z.string().max(2000), retryable: z.boolean() }) }),
]);

const fatalError = ({ message, retryable }: { readonly message: string; readonly retryable: boolean }): ErrorShape => ({
  code: 'storage',
  message,
  details: {},
  retryable,
});

/** Main is a client of the engine too, one that only asks whether it is there. */
export function controlEngine(port: Port, clientId: string, see: (observation: Observation) => void): { readonly ping: () => void } {
  const post = (message: ClientMessage) => port.post(message);
  const hello = () => post({ t: 'hello', protocol: PROTOCOL, clientId });
  let n = 0;
  const receive = (data: unknown): void => {
    const message = said.safeParse(data).data;
    if (message?.t === 'fatal') return see({ saw: 'fatal', error: fatalError(message.error) });
    see({ saw: message?.t === 'welcome' ? 'ready' : 'heard' });
    if (message?.t === 'again') hello();
  };
  port.open(receive, () => undefined);
  hello();
  return {
    ping: () => {
      n += 1;
      post({ t: 'ping', n });
    },
  };
}
