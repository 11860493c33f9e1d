import type { MailGate, MailKnown, MailOutcome } from '#shared/contract/mail-gate.ts';
import type { KeyStore, Net, NetReply } from '#shared/contract/net.ts';
import type { AskMain } from './main-calls.ts';

/** The way to the central store in Electron: main makes the requests, for the engine's session lets nothing out. */
export function netOf(ask: AskMain): Net {
  return {
    // answers are typed by their calls, in main/desktop/central
    request: async ({ signal, headers = {}, body, ...call }) =>
      (await ask({ call: 'netRequest', ...call, headers, ...(body === undefined ? {} : { body }) }, { signal })) as NetReply,
    listen: async ({ signal, headers = {}, onEvent, ...call }) =>
      void (await ask({ call: 'netListen', ...call, headers }, { signal, onEvent })),
  };
}

/** Secrets in Electron: main seals them by the system's key store. */
export function keysOf(ask: AskMain): KeyStore {
  return {
    get: async (name) => ((await ask({ call: 'keyGet', name })) as string | null) ?? undefined,
    set: async (name, value) => void (await ask({ call: 'keySet', name, value })),
    remove: async (name) => void (await ask({ call: 'keyRemove', name })),
  };
}

/** The way of mails in Electron: main sends them, each once. */
export function mailOf(ask: AskMain): MailGate {
  return {
    send: async ({ to, ...call }) => (await ask({ call: 'mailSend', ...call, to: [...to] })) as MailOutcome,
    known: async (messageId) => (await ask({ call: 'mailKnown', messageId })) as MailKnown,
  };
}
