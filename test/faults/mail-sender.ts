// A Satchel without a screen for tests that kill it: engine, journal on disk and outbox as in Electron, the store itself in memory. What a
// kill leaves is what lies on the disk.
// Arguments: folder, port of the mail server, number of mails to queue. One JSON line for each thing that it says.
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { openEngine } from '#engine/engine.ts';
import { keysOf, mailOf } from '#engine/host/central-port.ts';
import { journalOf } from '#engine/host/journal-port.ts';
import { callMain } from '#engine/host/main-calls.ts';
import { memoryKeys } from '#engine/host/memory-keys.ts';
import { keepMailSetup } from '#engine/mail/mail-setup.ts';
import { outboxOf } from '#engine/mail/outbox.ts';
import { queueMail } from '#engine/mail/queue-mail.ts';
import { fromNodePort } from '#shared/contract/port.ts';
import { createNodeHost } from '../../main/cli/node-host.ts';
import { centralService } from '../../main/desktop/central/central-service.ts';
import { folderOnDisk } from '../../main/desktop/journal/disk.ts';
import { openJournal } from '../../main/desktop/journal/journal.ts';
import { serveJournal } from '../../main/desktop/journal/journal-service.ts';
import { lazyMailGate } from '../../main/desktop/mail/lazy-mail-gate.ts';
import { noNet } from '../support/fake-net.ts';

const [folder = '', port = '0', count = '0', settle = ''] = process.argv.slice(2);
const DEVICE = 'device-one';
const say = (what: Readonly<Record<string, unknown>>): void => void process.stdout.write(`${JSON.stringify(what)}\n`);

const journal = await openJournal(folderOnDisk(join(folder, 'journal')));
const { port1, port2 } = new MessageChannel();
const agree = async (): Promise<void> => undefined;
serveJournal(fromNodePort(port1), journal, {
  storeExists: agree,
  erase: () => Promise.resolve(journal),
  files: () => Promise.resolve(null),
  remind: () => Promise.resolve(),
  central: centralService({
    net: noNet,
    keys: memoryKeys(),
    mail: lazyMailGate(join(folder, 'mail-log.jsonl'), agree),
    allow: agree,
    newAbort: () => new AbortController(),
  }),
  report: (event, code) => say({ event, code }),
});
const ask = callMain(port2);
const host = {
  ...createNodeHost({ deviceId: DEVICE, journal: journalOf(ask), keys: keysOf(ask), mail: mailOf(ask) }),
  storeExpected: journal.lastSeq() > 0,
};
const engine = await openEngine(host);
const { records, view } = engine.context;
// a command that was answered before is not done again, so every start may ask for all of them
await records.run({ commandId: 'people', actor: 'user-1', label: 'People' }, (draft) => {
  const account = draft.create('account', { name: 'Acme' }, { id: 'account' });
  const engagement = draft.create('engagement', { title: 'Acme', account }, { id: 'engagement' });
  draft.create('touchpoint', { subject: 'Talk', engagement }, { id: 'touchpoint' });
  draft.create('contact', { name: 'Ann', email: 'ann@example.com', account }, { id: 'ann' });
});
await keepMailSetup(host, {
  server: { host: '127.0.0.1', port: Number(port), security: 'none' },
  from: { name: 'Kim', email: 'kim@example.com' },
});
const outbox = outboxOf(engine.context);
for (const id of settle === '' ? [] : settle.split(',')) {
  await records.run({ commandId: host.newId(), actor: 'user-1', label: 'Again' }, (draft) =>
    draft.update('email', id, { state: 'queued' }),
  );
  outbox.again(id);
}
say({ ready: true });
const stop = outbox.start();
for (let at = 0; at < Number(count); at += 1)
  await records.run({ commandId: `mail-${at}`, actor: 'user-1', label: 'Send a mail' }, (draft) =>
    queueMail(
      draft,
      { actor: 'user-1', device: DEVICE, now: host.now() },
      {
        subject: `Mail ${at}`,
        body: 'Hello',
        touchpoint: 'touchpoint',
        toContacts: ['ann'],
      },
    ),
  );
const over = new Set<unknown>(['sent', 'failed', 'uncertain']);
const mails = () => [...view.all('email')];
await new Promise<void>((resolve) => {
  const look = (): void => (mails().every(({ state }) => over.has(state)) ? resolve() : undefined);
  engine.context.feed.subscribe(look);
  look();
});
stop();
await outbox.run();
say({ mails: mails().map(({ id, state, messageId }) => ({ id, state, messageId })) });
process.exit(0);
