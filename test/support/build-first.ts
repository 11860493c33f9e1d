import { buildStale } from '../../build/build.ts';

/** Playwright's global set-up: tests run on what the sources say now. */
export default async function buildFirst(): Promise<void> {
  await buildStale();
}
