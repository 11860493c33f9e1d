import type { Chance } from '#shared/domain/demo/random.ts';
import type { SimCall, SimReply, SimServer } from './sim-server.ts';

/*
 * A bad network. A request is lost, waits on its way while others overtake it, comes twice, loses its answer, or finds the line cut. What waits is let go by the
 * simulation, in an order of chance: so everything else can happen while a device hangs in the middle of something.
 */

/** As `host.net` fails (SEAMS: retryable). */
export class NetworkFault extends Error {
  readonly code = 'network';
}

export type Wire = {
  readonly request: (call: SimCall) => Promise<SimReply>;
  /** The device died: what is under way still arrives, but nobody hears the answer. */
  readonly kill: () => void;
  readonly setCut: (isCut: boolean) => void;
};
export type Network = {
  readonly wire: () => Wire;
  /** Resolves when the next request begins to wait. */
  readonly nextWait: () => Promise<void>;
  readonly waiting: () => number;
  /** Lets one waiting request go on. */
  readonly letGo: () => void;
  /** From now on everything arrives at once, the waiting ones too. */
  readonly calm: () => void;
  /** From now on the weather is as bad as it was told to be. */
  readonly rough: () => void;
  readonly faults: () => number;
};

/** Shares of requests that meet each fate. */
export type Weather = { readonly lost: number; readonly late: number; readonly twice: number; readonly unheard: number };

export function openNetwork(server: SimServer, dice: Chance, weather: Weather): Network {
  let isCalm = false;
  let faults = 0;
  const waiting: (() => void)[] = [];
  let tellWait: () => void = () => undefined;
  let nextWait = new Promise<void>(() => undefined);
  const wait = (): Promise<void> => {
    faults += 1;
    const told = tellWait;
    const waits = new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
    nextWait = new Promise((resolve) => {
      tellWait = resolve;
    });
    told();
    return waits;
  };
  nextWait = new Promise((resolve) => {
    tellWait = resolve;
  });

  const fault = (): never => {
    faults += 1;
    throw new NetworkFault('the network lost it');
  };
  const happens = (share: number): boolean => !isCalm && dice.happens(share);

  return {
    wire: () => {
      let isDead = false;
      let isCut = false;
      const never = (): Promise<never> => new Promise(() => undefined);
      return {
        request: async (call) => {
          if (isDead) return never();
          if (isCut && !isCalm) return fault();
          if (happens(weather.lost)) return fault();
          if (happens(weather.late)) await wait();
          // a second copy arrives some time later, after whatever the device has sent meanwhile
          if (happens(weather.twice)) void wait().then(() => server.request(call));
          const reply = await server.request(call);
          if (happens(weather.late / 2)) await wait();
          if (isDead) return never();
          if (happens(weather.unheard)) return fault();
          return reply;
        },
        kill: () => {
          isDead = true;
        },
        setCut: (cut) => {
          isCut = cut;
        },
      };
    },
    nextWait: () => nextWait,
    waiting: () => waiting.length,
    letGo: () => {
      const at = dice.whole(0, waiting.length - 1);
      waiting.splice(at, 1)[0]?.();
    },
    calm: () => {
      isCalm = true;
      for (const go of waiting.splice(0)) go();
    },
    rough: () => {
      isCalm = false;
    },
    faults: () => faults,
  };
}
