// The demo portfolio as a person gets it: by the button of the first start.
import { expect, type Locator, type Page } from '@playwright/test';

/** Makes the demo portfolio and waits for its list, with scores computed. */
export async function openDemo(page: Page): Promise<void> {
  await page.goto('./#/portfolio');
  await page.getByRole('button', { name: 'Make a demo portfolio' }).click();
  await expect(page.getByRole('grid', { name: 'Engagements' }).getByRole('gridcell').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('grid', { name: 'Engagements' }).getByText('Good').first()).toBeVisible({ timeout: 60_000 });
}

/** Opens the portfolio where there is one already. */
export async function openPortfolio(page: Page): Promise<void> {
  await page.goto('./#/portfolio');
  await expect(cellAt(page.getByRole('grid', { name: 'Engagements' }), 0, 1)).not.toHaveText('');
}

/** A cell of a list; before the first column (1) stand the boxes (0) that rows are chosen by. */
export const cellAt = (grid: Locator, row: number, column: number): Locator =>
  grid.locator(`[data-row="${row}"] > [data-column="${column}"]`);

/** Tabs until the focus is where `matches` says, at most `most` times. */
export async function tabTo(page: Page, selector: string, most = 60): Promise<void> {
  for (let press = 0; press < most; press += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${selector} within ${most} presses of Tab`);
}

/** Text of the element that has the focus. */
export function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
}
