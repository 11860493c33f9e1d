import type { AppError } from '../../errors/app-error.ts';
import type { ClientMessage } from '../port-protocol.ts';

type Listener = { readonly next: (output: unknown) => void; readonly error: (error: AppError) => void };
type Subscription = { readonly id: number; readonly name: string; readonly input: unknown };

export type Subscriptions = {
  readonly add: (subscription: Subscription, listener: Listener, connected: boolean) => () => void;
  readonly has: (id: number) => boolean;
  readonly push: (id: number, n: number, news: { readonly output: unknown } | { readonly error: AppError }) => void;
  /** The engine refuses the subscription. */
  readonly end: (id: number, error: AppError) => void;
  /** A (new) engine answers: subscribes to everything there. */
  readonly resend: () => void;
  readonly tellAll: (error: AppError) => void;
  readonly clear: () => void;
};

/** The live queries of one client. They outlive the engines that answer them. */
export function createSubscriptions(post: (message: ClientMessage) => void): Subscriptions {
  const open = new Map<number, Subscription & { readonly listener: Listener }>();
  const send = ({ id, name, input }: Subscription): void => post({ t: 'live', id, name, input });

  return {
    add: (subscription, listener, connected) => {
      const { id } = subscription;
      open.set(id, { ...subscription, listener });
      if (connected) send(subscription);
      return () => {
        if (open.delete(id)) post({ t: 'stop', id });
      };
    },
    has: (id) => open.has(id),
    push: (id, n, news) => {
      const live = open.get(id);
      if (live === undefined) return;
      // a listener that throws must not stop the stream
      try {
        if ('error' in news) live.listener.error(news.error);
        else live.listener.next(news.output);
      } finally {
        post({ t: 'ack', id, n });
      }
    },
    end: (id, error) => {
      const live = open.get(id);
      open.delete(id);
      live?.listener.error(error);
    },
    resend: () => {
      for (const live of open.values()) send(live);
    },
    tellAll: (error) => {
      for (const { listener } of open.values()) listener.error(error);
    },
    clear: () => open.clear(),
  };
}
