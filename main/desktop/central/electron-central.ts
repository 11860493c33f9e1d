import { dialog, safeStorage, session, type BrowserWindow } from 'electron';
import { boundedFetch } from '#shared/util/bounded-fetch.ts';
import { allowedServer } from './allowed-server.ts';
import { lazyMailGate } from '../mail/lazy-mail-gate.ts';
import { centralService, type CentralService } from './central-service.ts';
import { sealedKeys } from './sealed-keys.ts';

export type ElectronCentralOptions = {
  readonly places: { readonly central: string; readonly secrets: string; readonly mailServer: string; readonly mailLog: string };
  readonly window: () => BrowserWindow | undefined;
};

export type ElectronCentral = {
  /** Makes the service of one engine. */
  readonly serve: () => CentralService;
  /** The server that the person agreed to, if any. */
  readonly server: () => string | undefined;
};

/** Electron's part of the way to the central store. */
export function electronCentral({ places, window }: ElectronCentralOptions): ElectronCentral {
  // a session of its own, in memory: no page runs in it. Chromium's network knows the system's proxies and certificates
  const own = session.fromPartition('central', { cache: false });
  const net = boundedFetch({
    fetch: (url, init) => own.fetch(url, init),
    newAbort: () => {
      const ending = new AbortController();
      return { signal: ending.signal, abort: () => ending.abort() };
    },
    newDecoder: () => new TextDecoder(),
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  const keys = sealedKeys(places.secrets, {
    // Linux without a key store: Chromium would seal with a password that everyone knows
    isSafe: async () =>
      // an older runtime lacks it, and then secrets stay in memory
      'isAsyncEncryptionAvailable' in safeStorage &&
      (process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) &&
      (await safeStorage.isAsyncEncryptionAvailable()),
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (bytes) => (await safeStorage.decryptStringAsync(bytes)).result,
  });
  const ask = async (message: string, detail: string): Promise<boolean> => {
    const options = {
      type: 'question' as const,
      title: 'Satchel',
      message,
      detail,
      buttons: ['Connect', 'Cancel'],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    };
    const owner = window();
    const { response } = owner === undefined ? await dialog.showMessageBox(options) : await dialog.showMessageBox(owner, options);
    return response === 0;
  };
  const now = (): number => performance.now();
  let agreed: string | undefined;
  const allow = allowedServer({
    path: places.central,
    onAgreed: (server) => {
      agreed = server;
    },
    ask: (server) =>
      ask(
        `Connect to ${server}?`,
        'Satchel will send your sign-in and your changes there, and keep a copy of what you may see on this computer. Connect only to the address that your organisation gave you.',
      ),
    now,
  });
  const allowMail = allowedServer({
    path: places.mailServer,
    ask: (server) =>
      ask(
        `Send mails over ${server}?`,
        'Satchel will sign in there with your mail password and hand your mails over. Connect only to the mail server that your organisation or your provider named.',
      ),
    now,
    isAddress: (server) => /^[a-z0-9.:-]+:\d{1,5}$/i.test(server),
  });
  const mail = lazyMailGate(places.mailLog, allowMail);
  return {
    serve: () => centralService({ net, keys, mail, allow, newAbort: () => new AbortController() }),
    server: () => agreed,
  };
}
