// Whether what is on screen is accessible, in both colour schemes.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../support/browser-host.ts';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What another colour scheme can break: nothing else about the page differs. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

const SCHEMES = ['light', 'dark'] as const;

async function faultsIn(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} – ${failureSummary ?? ''}`),
  );
}

/** What axe finds on the page as it is: by all that `prepared` asks for in light, and by its rules of colour in dark. */
async function faults(page: Page, prepared: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    // all in the page itself and only what is wrong: there are no frames, and lists of what is right are long
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
    const wrong = await faultsIn(colorScheme === 'light' ? prepared(axe) : axe.withRules(OF_COLOUR));
    found.push(...wrong.map((fault) => `${colorScheme}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** Expects that axe finds nothing against WCAG 2.2 AA on the page as it is, neither in light nor in dark. */
export async function expectAccessible(page: Page, station: string): Promise<void> {
  expect(await faults(page, (axe) => axe.withTags(WCAG_22_AA)), station).toEqual([]);
}

/** Everything that axe finds, good practice included, one line a fault; an empty list means nothing. */
export async function everyFault(page: Page, station: string): Promise<string[]> {
  return (await faults(page, (axe) => axe)).map((fault) => `${station}, ${fault}`);
}
