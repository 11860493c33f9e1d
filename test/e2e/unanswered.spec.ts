// T6: whom to ask again, gone through by keys alone.
import { expectAccessible } from './accessible.ts';
import { expect, test } from './demo-page.ts';
import { openPortfolio } from './demo.ts';

test('T6 from anywhere to the follow-up that is sent off: four keys and nothing typed; W waits, E notes an answer, undo brings a line back', async ({
  page,
}) => {
  await openPortfolio(page);
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  await press('g');
  await press('u');
  const grid = page.getByRole('grid', { name: 'Unanswered' });
  const title = (row: number) => grid.locator(`[data-row="${row}"] > [data-column="0"]`);
  await expect(title(0)).toBeFocused();
  const count = page.getByRole('status').filter({ hasText: /unanswered/ });
  const before = Number.parseInt((await count.textContent()) ?? '', 10);
  await expectAccessible(page, 'Unanswered');

  await press('Enter');
  const text = page.getByRole('textbox', { name: 'Text', exact: true });
  await expect(text).toBeFocused();
  await expect(text).toHaveValue(/^Dear [A-Z]/);
  // figures may still arrive and change the order, so the mail says whom it is for
  const first = /^Dear ([^,]+),/.exec(await text.inputValue())?.[1] ?? 'nobody';
  await expect(page.getByRole('button', { name: `Take ${first} away` })).toBeVisible();
  await press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Unanswered' })).toBeVisible();
  // budget: from any screen to the follow-up that is sent off
  expect(keys).toBe(4);
  await expect(count).toHaveText(new RegExp(`^${before - 1} unanswered`));
  await expect(title(0)).toBeFocused();
  await expect(grid.getByText(first, { exact: true })).toHaveCount(0);

  await page.keyboard.press('w');
  await expect(page.getByRole('textbox', { name: 'Day' })).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('3d');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Waiting until /)).toBeVisible();
  await expect(count).toHaveText(`${before - 2} unanswered, 1 put off`);
  await page.keyboard.press('Control+z');
  await expect(count).toHaveText(`${before - 1} unanswered`);
  await expect(title(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('e');
  await expect(page.getByText(/^Answered: /)).toBeVisible();
  await expect(count).toHaveText(`${before - 2} unanswered`);
  await page.goto('./#/today');
  await page.getByRole('link', { name: `${before - 2} unanswered` }).click();
  await expect(grid.locator(':focus')).toHaveCount(1);
  // as it was: the answer and the mail are taken back
  await page.keyboard.press('Control+z');
  await expect(count).toHaveText(`${before - 1} unanswered`);
  await page.keyboard.press('Control+z');
  await expect(count).toHaveText(`${before} unanswered`);
});
