// Runs a bench in a fresh Chromium page, on the address and under the policy that the application has.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { rolldown } from 'rolldown';
import { buildStale } from '../../build/build.ts';
import { chromiumArgs, findChromium } from '../../build/chromium.ts';
import { serve } from '../../build/serve.ts';
import { root } from '../../build/tools.ts';
import type { BenchContext, Figure } from './define.ts';
import { PROBE_WORKER } from './turn-probe.ts';

/** The bench's module as one file for the page. */
async function bundled(file: string): Promise<string> {
  const bundle = await rolldown({
    input: join(root, file),
    cwd: root,
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false });
  await bundle.close();
  return output[0].code;
}

/** Opens an empty page on the built application's address in Chromium, with a store on disk as users have it; it can import the modules of `files` by name. */
export async function withChromium<T>(
  files: Readonly<Record<string, string>>,
  say: (line: string) => void,
  work: (page: Page, origin: string) => Promise<T>,
): Promise<T> {
  await buildStale(['renderer', 'engine']);
  const modules = await Promise.all(Object.entries(files).map(async ([name, file]) => [name, await bundled(file)] as const));
  const served = await serve(0);
  const profile = mkdtempSync(join(tmpdir(), 'satchel-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: [...chromiumArgs(), '--enable-precise-memory-info'],
  });
  try {
    const page = await context.newPage();
    page.on('console', (message) => say(message.text()));
    page.on('pageerror', (error) => say(error.message));
    await page.route('**/bench.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Bench</title>' }));
    for (const [name, body] of modules)
      await page.route(`**/${name}.js`, (route) => route.fulfill({ contentType: 'text/javascript', body }));
    await page.route('**/engine/bench-worker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: PROBE_WORKER }));
    await page.goto(`${served.url}bench.html`);
    return await work(page, served.url);
  } finally {
    await context.close();
    await served.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Runs the bench of `file` in Chromium and answers with its figures. */
export function runInChromium(file: string, size: BenchContext['size'], say: (line: string) => void): Promise<Figure[]> {
  return withChromium({ bench: file }, say, (page, origin) =>
    page.evaluate(
      // the page loads the bench from our own address; its module has the export that the file was checked for
      async ({ origin: from, wanted, address }) => {
        const { bench } = await import(address);
        return (await bench.run({ size: wanted, origin: from, say: (line: string) => console.info(line) })) as Figure[];
      },
      { origin, wanted: size, address: `${origin}bench.js` },
    ),
  );
}
