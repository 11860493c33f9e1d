import type { Page } from '@playwright/test';
import { test as base } from '../support/browser-host.ts';
import { answers, epoch, openTab, otherEpoch, send, startTabsHost } from './tabs-host.ts';

const test = base.extend<object, { tabs: string }>({
  tabs: [
    async ({}, provide) => {
      const host = await startTabsHost('main/engine/worker.ts');
      await provide(host.url);
      await host.close();
    },
    { scope: 'worker' },
  ],
});
const { expect } = base;

/** Names of the accounts on disk, read beside the engine. */
function accountsOnDisk(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('satchel');
        opening.onerror = () => reject(opening.error ?? new Error('IndexedDB failed'));
        opening.onsuccess = () => {
          const asked = opening.result.transaction('r_account').objectStore('r_account').getAll();
          asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result.map(({ name }: { name: string }) => name));
          };
        };
      }),
  );
}

test('DSK-01 leaders closed one after the other under load: every command of the last tab is confirmed, and made once', async ({
  context,
  tabs,
}) => {
  const [first, second, third, last] = [
    await openTab(context, tabs),
    await openTab(context, tabs),
    await openTab(context, tabs),
    await openTab(context, tabs),
  ];
  const names = Array.from({ length: 300 }, (_, index) => `Account ${index}`);
  await send(last, ...names);
  let known = await epoch(last);
  for (const [leader, answered] of [
    [first, 20],
    [second, 60],
    [third, 100],
  ] as const) {
    await answers(last, answered);
    await leader.close();
    known = await otherEpoch(last, known);
  }
  expect((await answers(last, names.length)).toSorted()).toEqual(names.map((name) => `done ${name}`).toSorted());
  expect((await accountsOnDisk(last)).toSorted()).toEqual(names.toSorted());
});
