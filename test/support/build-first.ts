import { buildStale } from '../../build/build.ts';

/** Playwright's global set-up: tests run on what the sources say now. The browser host needs neither main nor preload. */
export default async function buildFirst(): Promise<void> {
  await buildStale(process.argv.includes('--project=e2e') ? ['renderer', 'engine'] : undefined);
}
