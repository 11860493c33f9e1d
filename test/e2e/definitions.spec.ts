// Definitions as an administrator makes them: the effect is in sight before anything is saved, and counts once it is published.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';

const published = (page: Page, name: string) => page.getByText(`Published ${name}`, { exact: true });
const sectionOf = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

/** The first number in a text; a failure says what the text was. */
function numberIn(text: string): number {
  const found = /-?[\d,]+(?:\.\d+)?/.exec(text)?.[0];
  if (found === undefined) throw new Error(`There is no number in “${text}”`);
  return Number(found.replaceAll(',', ''));
}

test('HLT-01 HLT-02 HLT-05 RSK-01 RSK-03 definitions are tried out, published, and decide about scores, risks and colours', async ({
  page,
}) => {
  test.setTimeout(480_000);
  await page.goto('/#/portfolio');
  await page.getByRole('button', { name: 'Make a demo portfolio' }).click({ timeout: 60_000 });
  await expect(page.getByRole('list', { name: 'Portfolio in figures' })).toBeVisible({ timeout: 180_000 });
  await expect(page.getByText('Computing scores')).toHaveCount(0, { timeout: 120_000 });

  await test.step('HLT-01 HLT-02 a health definition shows whom it affects, and scores them once it is published', async () => {
    await page.goto('/#/definitions');
    await expect(page.getByRole('link', { name: 'Standard health' })).toBeVisible();
    await expectAccessible(page, 'Definitions');
    await page.getByRole('link', { name: 'New health definition' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Urgent tickets alone');
    await page.getByRole('textbox', { name: 'Rank' }).fill('1');
    await page.getByRole('button', { name: 'Condition', exact: true }).click();
    await page.getByRole('combobox', { name: 'Comparison' }).selectOption('isNotEmpty');
    await page.getByRole('button', { name: 'Add a metric' }).click();
    await page.getByRole('combobox', { name: 'Data source of metric 1' }).selectOption('Open priority-1 tickets');
    await page.getByRole('combobox', { name: 'Direction of metric 1' }).selectOption('minimise');
    await page.getByRole('textbox', { name: 'Target of metric 1' }).fill('0');
    await page.getByRole('textbox', { name: 'Weight of metric 1' }).fill('90');
    await expect(page.getByText('90 % in all; 100 % is needed to publish')).toBeVisible();
    const preview = sectionOf(page, 'Who is affected');
    await expect(preview).toContainText('active engagements use it', { timeout: 60_000 });
    await expectAccessible(page, 'New health definition');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved Urgent tickets alone')).toBeVisible();
    await page.getByRole('button', { name: 'Publish' }).click();
    await expect(page.getByRole('alert')).toContainText('100');
    await page.getByRole('textbox', { name: 'Weight of metric 1' }).fill('100');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);

    // one whose score is known before and after
    const most = preview.getByRole('listitem').filter({ hasText: '(' }).first();
    await expect(most).toBeVisible({ timeout: 60_000 });
    const address = (await most.getByRole('link').getAttribute('href')) ?? '';
    const after = numberIn((await most.innerText()).split('→')[1] ?? '');
    await page.getByRole('button', { name: 'Publish' }).click();
    await expect(published(page, 'Urgent tickets alone')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeDisabled();
    await expect(page.getByRole('textbox', { name: 'Weight of metric 1' })).toBeDisabled();
    await expect(page.getByRole('button', { name: 'Add a metric' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Copy as a draft' })).toBeVisible();
    await expectAccessible(page, 'Published health definition');

    await page.goto(`/${address}?tab=health`);
    await expect(sectionOf(page, 'Health score').getByRole('link', { name: 'Urgent tickets alone' })).toBeVisible({ timeout: 60_000 });
    const exactly = numberIn(
      await sectionOf(page, 'Health score')
        .getByText(/^exactly /)
        .innerText(),
    );
    expect(Math.abs(exactly - after)).toBeLessThanOrEqual(0.05);
  });

  await test.step('RSK-01 RSK-03 a risk definition shows whom it would flag, and flags them once it is published', async () => {
    await page.goto('/#/definitions?tab=risk');
    await page.getByRole('link', { name: 'New risk definition' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Not fully satisfied');
    await page.getByRole('combobox', { name: 'Category' }).selectOption('other');
    await page.getByRole('combobox', { name: 'Data source' }).selectOption('CSAT');
    await page.getByRole('combobox', { name: 'Condition', exact: true }).selectOption('below');
    await page.getByRole('textbox', { name: 'Threshold' }).fill('3');
    await page.getByRole('textbox', { name: 'Short description' }).fill('{engagement} is not fully satisfied: {value}');
    await page.getByRole('textbox', { name: 'Description', exact: true }).last().fill('Ask why.');
    const preview = sectionOf(page, 'Who would be flagged').getByRole('status');
    await expect(preview).toContainText(/causes? among/, { timeout: 60_000 });
    const causes = numberIn(await preview.getByRole('paragraph').innerText());
    expect(causes).toBeGreaterThan(0);
    await expectAccessible(page, 'New risk definition');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved Not fully satisfied')).toBeVisible();
    await page.getByRole('button', { name: 'Publish' }).click();
    await expect(published(page, 'Not fully satisfied')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Threshold' })).toBeDisabled();

    await page.goto('/#/risks');
    await page.getByRole('button', { name: 'Evaluate now' }).first().click();
    await expect(page.getByText(/definitions? evaluated/)).toBeVisible({ timeout: 120_000 });
    await page.getByRole('button', { name: /^Other/ }).click();
    const grid = page.getByRole('grid', { name: 'Risk signals' });
    await expect(grid).toHaveAttribute('aria-rowcount', String(causes + 1), { timeout: 60_000 });
    await expect(grid.getByText(/is not fully satisfied: [12]/).first()).toBeVisible();
  });

  await test.step('HLT-05 a band shows whom its range affects while it is typed, and overlapping ones are refused', async () => {
    await page.goto('/#/definitions?tab=band');
    const poor = page.getByRole('row').filter({ hasText: 'Poor' }).filter({ hasText: 'Health score' });
    await expect(poor.getByRole('status')).toHaveText(/\d+ of \d+/, { timeout: 60_000 });
    const before = numberIn(await poor.getByRole('status').innerText());
    await expectAccessible(page, 'Colour bands');
    await poor.getByRole('textbox', { name: 'Poor to' }).fill('90');
    await expect.poll(async () => numberIn(await poor.getByRole('status').innerText())).toBeGreaterThan(before);
    await poor.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await poor.getByRole('textbox', { name: 'Poor to' }).fill('48');
    await poor.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Band saved')).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});
