import type { Page } from '@playwright/test';
import { test as base } from '../support/browser-host.ts';
import { answers, epoch, heard, noticed, openTab, otherEpoch, send, startTabsHost, subscribe } from './tabs-host.ts';

const test = base.extend<object, { tabs: string }>({
  tabs: [
    async ({}, provide) => {
      const host = await startTabsHost('test/support/tabs/fake-worker.ts');
      await provide(host.url);
      await host.close();
    },
    { scope: 'worker' },
  ],
});
const { expect } = base;

test('DSK-07 two tabs share one engine, and each sees at once what the other changes', async ({ context, tabs }) => {
  const first = await openTab(context, tabs);
  const second = await openTab(context, tabs);
  expect(await epoch(second)).toBe(await epoch(first));
  expect(first.workers()).toHaveLength(1);
  expect(second.workers()).toHaveLength(0);
  await subscribe(first);
  await subscribe(second);
  await send(second, 'acme');
  await heard(first, 'begun:acme done:acme');
  await heard(second, 'begun:acme done:acme');
  expect(await answers(second, 1)).toEqual(['done acme']);
});

test('DSK-01 the second tab survives the closing of the first: its open command is answered once, by the engine it starts', async ({
  context,
  tabs,
}) => {
  const first = await openTab(context, tabs);
  const second = await openTab(context, tabs);
  const third = await openTab(context, tabs);
  const before = await epoch(second);
  await subscribe(third);
  await send(second, 'hold');
  await heard(third, 'begun:hold');
  await first.close();
  const after = await otherEpoch(second, before);
  expect(await otherEpoch(third, before)).toBe(after);
  expect(await answers(second, 1)).toEqual(['done hold']);
  await heard(third, 'begun:hold begun:hold done:hold');
  expect(second.workers().length + third.workers().length).toBe(1);
});

test('DSK-01 the second tab survives the crash of the first', async ({ context, tabs }) => {
  const first = await openTab(context, tabs);
  const second = await openTab(context, tabs);
  const before = await epoch(second);
  await subscribe(first);
  await send(second, 'hold');
  await heard(first, 'begun:hold');
  const crash = await context.newCDPSession(first);
  crash.send('Page.crash').catch(() => undefined);
  await otherEpoch(second, before);
  expect(await answers(second, 1)).toEqual(['done hold']);
});

/** Lets half a minute of heartbeats pass in the pages; what else they wait for is not hurried. */
async function passHeartbeats(...pages: Page[]): Promise<void> {
  await Promise.all(pages.map((page) => page.clock.runFor(35_000)));
}

test('DSK-01 an engine that hangs is ended and started anew; what was open is answered once', async ({ context, tabs }) => {
  await context.clock.install();
  const first = await openTab(context, tabs);
  const second = await openTab(context, tabs);
  const before = await epoch(first);
  await send(first, 'spin');
  await noticed(second, 'spinning');
  await passHeartbeats(first, second);
  const after = await otherEpoch(first, before);
  expect(await otherEpoch(second, before)).toBe(after);
  expect(await answers(first, 1)).toEqual(['done spin']);
});

test('DSK-01 an engine whose worker has ended is started anew, for the other tab too', async ({ context, tabs }) => {
  await context.clock.install();
  const first = await openTab(context, tabs);
  const second = await openTab(context, tabs);
  const before = await epoch(first);
  const [worker] = first.workers();
  await worker?.evaluate(() => self.close());
  await send(second, 'acme');
  await passHeartbeats(first, second);
  await otherEpoch(first, before);
  expect(await answers(second, 1)).toEqual(['done acme']);
});

test('a tab that comes while an engine is starting is served as soon as it runs', async ({ context, tabs }) => {
  const pages = await Promise.all([1, 2, 3, 4].map(() => openTab(context, tabs)));
  const epochs = new Set(await Promise.all(pages.map(epoch)));
  expect(epochs.size).toBe(1);
});
