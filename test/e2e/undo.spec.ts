import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';
import { enter } from './by-keyboard.ts';

async function create(page: Page, name: string): Promise<void> {
  await page.goto('./#/records/account/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

const drawer = (page: Page) => page.getByRole('dialog', { name: 'My changes' });
const steps = (page: Page) => drawer(page).getByRole('listitem');

test('any of my steps is taken back and done again from a list, by keyboard, also after a restart; what stands in the way is named', async ({
  page,
}) => {
  await create(page, 'Alpine Dairy');
  await create(page, 'Boreal Timber');
  await page.keyboard.press('Control+Shift+Z');
  await expect(steps(page)).toHaveCount(2);
  await page.keyboard.press('Escape');

  // the older step alone, the newer one stays
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Boreal Timber' })).toBeVisible();
  await page.keyboard.press('Control+Shift+Z');
  await expect(steps(page)).toHaveCount(2);
  await steps(page)
    .nth(1)
    .getByRole('button', { name: /^Create account/, expanded: false })
    .click();
  await expect(steps(page).nth(1)).toContainText('Alpine Dairy');
  await expectAccessible(page, 'my changes');
  await enter(
    page,
    steps(page)
      .nth(1)
      .getByRole('button', { name: /^Undo: Create account/ }),
  );
  await expect(
    steps(page)
      .nth(1)
      .getByRole('button', { name: /^Do again/ }),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await page.goto('./#/records/account');
  await expect(page.getByRole('gridcell', { name: 'Boreal Timber', exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Alpine Dairy', exact: true })).toHaveCount(0);
  await page.keyboard.press('Control+Shift+Z');
  await enter(
    page,
    steps(page)
      .nth(1)
      .getByRole('button', { name: /^Do again: Create account/ }),
  );
  await expect(steps(page).nth(1).getByRole('button', { name: /^Undo/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('gridcell', { name: 'Alpine Dairy', exact: true })).toBeVisible();

  // a contact that hangs on the account stands in the way of undoing the account
  await page.goto('./#/records/contact/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Petrova');
  await page.keyboard.press('Tab');
  await page.keyboard.type('alpine');
  await expect(page.getByRole('option', { name: /Alpine Dairy/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Ada Petrova' })).toBeVisible();
  await page.keyboard.press('Control+Shift+Z');
  await expect(steps(page)).toHaveCount(3);
  await steps(page)
    .nth(2)
    .getByRole('button', { name: /^Undo: Create account/ })
    .click();
  await expect(steps(page).nth(2)).toContainText('Contact Ada Petrova (CON0000001) has come to depend on it since');
  await expect(page.getByRole('listitem').filter({ hasText: 'This cannot be undone: Contact Ada Petrova' })).toBeVisible();
  await expectAccessible(page, 'my changes with an obstacle');
  const shots = process.env['SHOTS'];
  if (shots !== undefined)
    for (const [name, colorScheme, width] of [
      ['light', 'light', 1280],
      ['dark', 'dark', 1280],
      ['narrow', 'light', 600],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(shots, `undo-${name}.png`) });
    }
});
