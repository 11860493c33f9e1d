// A small client on the application's page, apart from the application's own: it speaks the port protocol as it is written.
import type { Page } from '@playwright/test';
import type { EngineMessage } from '#shared/contract/port-protocol.ts';
import type { Input, OperationName, Output } from '#shared/contract/engine-contract.ts';

type Probe = {
  readonly epochs: string[];
  readonly fatal: string[];
  readonly ask: (name: string, input: unknown, commandId: string | undefined) => Promise<unknown>;
};

declare global {
  // only an interface merges with the page's own
  // oxlint-disable-next-line typescript/consistent-type-definitions -- see above
  interface Window {
    probe: Probe;
    satchel: {
      connectEngine: (nonce: string) => void;
      os: (name: string, input: unknown) => Promise<unknown>;
      onMenu: (listener: (command: string) => void) => () => void;
    };
  }
}

/** Runs in the page. Open calls are sent again over each new port, as the protocol wants it. */
function probeInPage(): void {
  type Open = { message: Record<string, unknown>; resolve: (output: unknown) => void; reject: (error: Error) => void };
  const open = new Map<number, Open>();
  const nonce = crypto.randomUUID();
  let port: MessagePort | undefined;
  let welcomed = false;
  let lastId = 0;
  const probe: Probe = {
    epochs: [],
    fatal: [],
    ask: (name, input, commandId) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        const message = { t: 'call', id: lastId, name, input, deadlineMs: 0, ...(commandId === undefined ? {} : { commandId }) };
        open.set(lastId, { message, resolve, reject });
        if (welcomed) port?.postMessage(message);
      }),
  };
  const receive = (message: EngineMessage): void => {
    if (message.t === 'welcome') {
      welcomed = true;
      probe.epochs.push(message.epoch);
      for (const call of open.values()) port?.postMessage(call.message);
    }
    if (message.t === 'fatal') probe.fatal.push(message.error.message);
    if (message.t !== 'result' && message.t !== 'error') return;
    const call = open.get(message.id);
    open.delete(message.id);
    if (message.t === 'result') call?.resolve(message.output);
    else call?.reject(new Error(`${message.error.code}: ${message.error.message}`));
  };
  window.addEventListener('message', ({ data, ports: [given], source }) => {
    if (source !== window || data?.satchel !== 'engine-port' || data.nonce !== nonce || given === undefined) return;
    port = given;
    welcomed = false;
    port.addEventListener('message', (event) => {
      if (port === given) receive(event.data as EngineMessage);
    });
    port.start();
    port.postMessage({ t: 'hello', protocol: 1, clientId: nonce });
  });
  window.probe = probe;
  window.satchel.connectEngine(nonce);
}

/** Puts the probe on the page; once per load. */
export async function installProbe(ui: Page): Promise<void> {
  await ui.evaluate(probeInPage);
}

/** Asks the engine; a command or job needs an ID. Waits as long as it takes, over restarts of the engine. */
export async function ask<N extends OperationName>(ui: Page, name: N, input: Input<N>, commandId?: string): Promise<Output<N>> {
  // the engine's contract says what this operation answers
  return ui.evaluate(([n, i, c]) => window.probe.ask(n, i, c), [name, input, commandId] as const) as Promise<Output<N>>;
}

export const epochsOf = (ui: Page): Promise<string[]> => ui.evaluate(() => window.probe.epochs);

/** Makes an account. */
export async function addAccount(ui: Page, name: string, commandId: string): Promise<void> {
  await ask(ui, 'records.create', { table: 'account', values: { name } }, commandId);
}

/** The names of all accounts, sorted. */
export async function accountNames(ui: Page): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const { rows, total } = await ask(ui, 'records.list', { table: 'account', window: { offset: names.length, limit: 500 } });
    names.push(...rows.map(({ label }) => label));
    if (names.length >= total) return names.toSorted();
  }
}
