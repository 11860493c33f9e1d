// Goes through the application as a person does who has no mouse.
import type { Locator, Page } from '@playwright/test';
import { expect } from '../support/browser-host.ts';

/** More stops than any screen has; the walk begins anew at the top when it leaves the page at the bottom. */
const MOST_STOPS = 250;

/** Presses Tab until the element has the focus; fails where it is never reached. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${String(target)}`);
}

/** Reaches the element with Tab and presses Enter on it. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Reaches the grid with Tab and goes to its first row. */
export async function tabIntoGrid(page: Page, grid: Locator): Promise<void> {
  await expect(grid).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await grid.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${String(grid)}`);
}
