import { pipeName, tabsChannel, type TabMessage } from '#shared/contract/port-protocol.ts';
import { fromBroadcast, type Port } from '#shared/contract/port.ts';

export type Follower = {
  /** Asks the running engine for a (new) pipe; again until one answers. */
  readonly connect: () => void;
  readonly close: () => void;
};

type Wiring = {
  readonly databaseName: string;
  readonly newId: () => string;
  readonly later: (milliseconds: number, run: () => void) => () => void;
  readonly onPort: (port: Port) => void;
};

/** Milliseconds until an unanswered request for a pipe is repeated. */
const ASK_AGAIN_MS = 1_000;

/**
 * A tab that is not the leader: it reaches the engine in the leader's worker over a broadcast channel that only the two know,
 * because tabs cannot hand each other a port. An engine that starts announces itself, and the tab connects anew.
 */
export function createFollower({ databaseName, newId, later, onPort }: Wiring): Follower {
  const tabs = new BroadcastChannel(tabsChannel(databaseName));
  let waiting: BroadcastChannel | undefined;
  let stopAsking = (): void => undefined;

  const giveUp = (): void => {
    stopAsking();
    waiting?.close();
    waiting = undefined;
  };

  const connect = (): void => {
    giveUp();
    const pipe = newId();
    const channel = new BroadcastChannel(pipeName(databaseName, pipe));
    waiting = channel;
    const onAnswer = ({ data }: MessageEvent<TabMessage>): void => {
      if (data.t !== 'pipe') return;
      channel.removeEventListener('message', onAnswer);
      stopAsking();
      waiting = undefined;
      onPort(fromBroadcast(channel));
    };
    channel.addEventListener('message', onAnswer);
    const ask = (): void => {
      tabs.postMessage({ t: 'connect', pipe } satisfies TabMessage);
      stopAsking = later(ASK_AGAIN_MS, connect);
    };
    ask();
  };

  tabs.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data.t === 'engine') connect();
  });

  return {
    connect,
    close: () => {
      giveUp();
      tabs.close();
    },
  };
}
