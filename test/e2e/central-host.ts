// The fixture of end-to-end tests with a central store: an embedded one of the worker's own that serves the built application as well.
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root } from '../../build/tools.ts';
import { openCentral, PASSWORD, type Central } from '../support/central.ts';
import { letInBy } from '../support/organisation.ts';
import { test as base } from '../support/browser-host.ts';

export type CentralHost = Pick<Central, 'person' | 'code' | 'device'> & {
  /** Its base URL, without a slash at the end: what a person types to sign in. The application is served there too, by the same origin. */
  readonly server: string;
  /** Its one workspace. */
  readonly tenant: 'acme';
  /** Of everyone who is created with `person`. */
  readonly password: string;
  /** Lets people sign in with a provider as well. */
  readonly signInBy: (issuer: string, client: { readonly id: string; readonly secret: string }) => Promise<void>;
};

/** It has to know its address before it listens: a provider sends people back there. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Opens the central store on a free port of this machine, with the machine's clock. */
export async function startCentralHost(): Promise<CentralHost & { readonly close: () => Promise<void> }> {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const central = await openCentral(undefined, { appFolder: join(root, 'out'), publicUrl }, Date.now);
  const server = await central.app.listen({ host: '127.0.0.1', port });
  const { person, code, device, close } = central;
  const signInBy: CentralHost['signInBy'] = (issuer, client) => letInBy(central, issuer, client);
  return { server, tenant: 'acme', password: PASSWORD, person, code, device, signInBy, close };
}

/** As the `test` of every screen, with `central`; pages come from it, so each worker has an origin, and a store, of its own. */
export const test = base.extend<object, { central: CentralHost }>({
  central: [
    // Playwright wants the first parameter destructured
    // oxlint-disable-next-line no-empty-pattern -- there is nothing to take from it
    async ({}, provide) => {
      const host = await startCentralHost();
      await provide(host);
      await host.close();
    },
    { scope: 'worker' },
  ],
  host: [async ({ central }, provide) => provide(`${central.server}/`), { scope: 'worker' }],
});

export { expect } from '../support/browser-host.ts';
