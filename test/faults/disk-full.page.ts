// Runs in the page of disk-full.spec.ts: an engine on a disk that is nearly full.
import { AppError } from '#shared/errors/app-error.ts';
import { openEngine, type Engine } from '#engine/engine.ts';
import { createWorkerHost } from '#engine/host/worker-host.ts';

export type DiskFull = {
  /** Opens the engine, with or without its care for large commits; answers how many contacts it has. */
  readonly open: (careful: boolean) => Promise<number>;
  /** Creates so many contacts with a long text in one command; answers `saved` or the error's code. */
  readonly save: (contacts: number) => Promise<string>;
  readonly contacts: () => number;
  readonly problem: () => string;
};

let engine: Engine | undefined;
let commands = 0;

const open = async (careful: boolean): Promise<Engine> => {
  const host = createWorkerHost(
    { t: 'start', databaseName: 'disk-full', host: 'browser', deviceId: 'faults', storeExpected: false },
    undefined,
    () => undefined,
  );
  // on Node no space is reserved
  engine ??= await openEngine(careful ? host : { ...host, kind: 'node' });
  return engine;
};
const opened = (): Engine => {
  if (engine === undefined) throw new Error('not open');
  return engine;
};

/** A text that cannot be packed. */
function noise(letters: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(letters));
  return String.fromCharCode(...bytes.map((byte) => 48 + (byte % 64)));
}

const contactsOf = ({ context }: Engine) => context.view.count('contact');

const api: DiskFull = {
  open: async (careful) => contactsOf(await open(careful)),
  save: async (contacts) => {
    const { records } = opened().context;
    commands += 1;
    const command = { commandId: crypto.randomUUID(), actor: 'user-1', label: `Save ${commands}` };
    try {
      await records.run(command, (draft) => {
        const [known] = draft.view.all('account');
        const account = known?.id ?? draft.create('account', { name: 'Acme' });
        for (let at = 0; at < contacts; at += 1) draft.create('contact', { name: `Contact ${at}`, account, description: noise(10_000) });
      });
      return 'saved';
    } catch (thrown) {
      return thrown instanceof AppError ? thrown.code : String(thrown);
    }
  },
  contacts: () => contactsOf(opened()),
  problem: () => opened().context.storage().problem ?? '',
};

Object.assign(window, { diskFull: api });
