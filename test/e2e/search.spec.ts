import { join } from 'node:path';
import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';
import { cellAt, openDemo, tabTo } from './demo.ts';

test('UX-02 everything is searched from the palette and on the page of its own, by keyboard alone', async ({ page }) => {
  test.setTimeout(240_000);
  await openDemo(page);
  const row = cellAt(page.getByRole('grid', { name: 'Engagements' }), 0, 1);
  const title = (await row.textContent()) ?? '';
  const word = title.split(' ')[0] ?? '';

  // a note, and a file, are found by what they say
  await row.click();
  await page.goto('./#/records/account');
  await cellAt(page.getByRole('grid', { name: 'Accounts' }), 0, 1).dblclick();
  await page.goto('./#/records/account/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Kestrel Foundry');
  await page.getByLabel('Description').fill('Their furnace was relined in Gothenburg; the renewal hangs on the new crane.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Kestrel Foundry' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('gothenbrug crane');
  const option = page.getByRole('option', { name: /Kestrel Foundry/ });
  await expect(option).toContainText('Gothenburg');
  await expect(option.locator('mark').first()).toHaveText('Gothenburg');
  await expectAccessible(page, 'palette with finds');
  await page.getByRole('option', { name: /Search everything for/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Search' })).toBeVisible();
  await expect(page).toHaveURL(/q=gothenbrug/);
  const results = page.getByRole('list', { name: 'Results' });
  await expect(results.getByRole('listitem')).toHaveCount(1);
  await expect(results).toContainText('Description: ');

  // another question: many finds, narrowed by type, opened by the arrows
  const box = page.getByRole('searchbox', { name: 'Search all records, notes and files' });
  await tabTo(page, 'input[type="search"]');
  await box.fill(word.toLowerCase().slice(0, 3));
  await expect(page.getByRole('status').filter({ hasText: 'records' })).toBeVisible();
  await expectAccessible(page, 'search');
  const shots = process.env['SHOTS'];
  if (shots !== undefined)
    for (const [name, colorScheme, width] of [
      ['light', 'light', 1280],
      ['dark', 'dark', 1280],
      ['narrow', 'light', 600],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(shots, `search-${name}.png`) });
    }
  await page.setViewportSize({ width: 1280, height: 720 });
  const engagements = page.getByRole('group', { name: 'Types of records' }).getByRole('button', { name: /^Engagements/ });
  await engagements.focus();
  await page.keyboard.press('Enter');
  await expect(engagements).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/type=engagement/);
  await expect(results.locator('a:not([href*="engagement/"])')).toHaveCount(0);
  await box.focus();
  await page.keyboard.press('ArrowDown');
  await expect(results.getByRole('link').first()).toBeFocused();
  const label = (await results.getByRole('link').first().locator('span').first().textContent()) ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: label })).toBeVisible();
  await page.goBack();
  await expect(engagements).toHaveAttribute('aria-pressed', 'true');
  await expect(box).toHaveValue(word.toLowerCase().slice(0, 3));
});
