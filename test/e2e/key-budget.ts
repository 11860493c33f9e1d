// A task has a budget of keys (tasks.md): what is pressed is counted, what is typed as text is not.
import type { Page } from '@playwright/test';
import { expect } from '../support/browser-host.ts';

/** Presses keys one after the other, and fails with the one that is over the budget. */
export function keyBudget(page: Page, budget: number): (...keys: readonly string[]) => Promise<void> {
  const pressed: string[] = [];
  return async (...keys) => {
    for (const key of keys) {
      pressed.push(key);
      expect(pressed.length, `keys pressed (${pressed.join(' ')}), of ${budget}`).toBeLessThanOrEqual(budget);
      await page.keyboard.press(key);
    }
  };
}
