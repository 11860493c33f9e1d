import type { Session } from 'electron';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appProtocol } from './security/app-protocol.ts';
import { hardenSession } from './security/harden-session.ts';
import type { Page } from './security/sender.ts';

export type PagesOptions = {
  /** The folder with the built bundles. */
  readonly out: string;
  readonly devTools: boolean;
};

/** Makes a session serve `app://ui` from the built files, and denies it everything else. Once per session. */
export function servePages(session: Session, page: Page, { out, devTools }: PagesOptions): void {
  if (session.protocol.isProtocolHandled('app')) return;
  const handle = appProtocol({
    read: async (folder, path) => new Uint8Array(await readFile(join(out, folder, path))),
    nonce: () => randomBytes(16).toString('base64'),
  });
  session.protocol.handle('app', handle);
  hardenSession(session, page, devTools);
}
