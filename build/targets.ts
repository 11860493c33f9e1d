// The four bundles of the application: what they are made of and how each is built.
import { globSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { rolldown, type InputOptions, type RolldownOutput } from 'rolldown';
import { build as viteBuild } from 'vite';
import { noncePlaceholder } from '#shared/util/content-security-policy.ts';
import { root } from './tools.ts';

/** A bundle: `inputs` are globs below the root whose contents decide whether it is stale, `entries` the globs of what starts it.
 * `build` answers with the IDs of the modules that went in. */
export type Target = { name: string; inputs: string[]; entries: string[]; build: (entries: string[], outDir: string) => Promise<string[]> };

// advice on the speed of plugins, which nobody can act on
const checks = { pluginTimings: false, bundlerTimings: false };

const define = { 'process.env.NODE_ENV': JSON.stringify('production') };

const named = (entries: string[]) => Object.fromEntries(entries.map((entry) => [basename(entry, '.ts'), entry]));

const moduleIds = (files: RolldownOutput['output'][number][]) => files.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));

async function bundle(
  options: InputOptions,
  output: { dir: string; format: 'esm' | 'cjs'; extension: string; chunks: boolean },
): Promise<string[]> {
  const bundled = await rolldown({ cwd: root, checks, transform: { define }, ...options });
  const { output: files } = await bundled.write({
    dir: output.dir,
    format: output.format,
    entryFileNames: `[name].${output.extension}`,
    chunkFileNames: `chunks/[name]-[hash].${output.extension}`,
    codeSplitting: output.chunks,
    minify: true,
  });
  await bundled.close();
  return moduleIds(files);
}

/** The pages. Relative addresses, so that they load from `app://ui/` and from localhost alike. */
async function buildRenderer(entries: string[], outDir: string): Promise<string[]> {
  const result = await viteBuild({
    configFile: false,
    root: join(root, 'renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    html: { cspNonce: noncePlaceholder },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome130',
      minify: true,
      // nothing may be inlined: the content security policy allows files of ours only
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { checks, input: entries.map((entry) => join(root, entry)) },
    },
  });
  // one configuration that does not watch gives one output
  if (Array.isArray(result) || !('output' in result)) throw new Error('vite gave another kind of result than one output');
  return moduleIds(result.output);
}

export const targets: Target[] = [
  { name: 'renderer', inputs: ['renderer/**/*', 'shared/**/*.ts'], entries: ['renderer/*.html'], build: buildRenderer },
  {
    name: 'engine',
    inputs: ['main/engine/**/*.ts', 'shared/**/*.ts'],
    // every worker file at the top of the engine is started by its address, so each is an entry
    entries: ['main/engine/*worker.ts'],
    build: (entries, dir) => bundle({ input: named(entries), platform: 'browser' }, { dir, format: 'esm', extension: 'js', chunks: true }),
  },
  {
    name: 'main',
    inputs: ['main/desktop/**/*.ts', 'shared/**/*.ts'],
    entries: ['main/desktop/main.ts'],
    build: (entries, dir) =>
      bundle({ input: named(entries), platform: 'node', external: ['electron'] }, { dir, format: 'esm', extension: 'js', chunks: true }),
  },
  {
    name: 'preload',
    inputs: ['preload/**/*.ts', 'shared/**/*.ts'],
    entries: ['preload/*.ts'],
    // a sandboxed preload is one CommonJS file that can require nothing but electron
    build: async (entries, dir) => {
      const modules: string[] = [];
      for (const entry of entries) {
        const options: InputOptions = { input: named([entry]), platform: 'browser', external: ['electron'] };
        modules.push(...(await bundle(options, { dir, format: 'cjs', extension: 'cjs', chunks: false })));
      }
      return modules;
    },
  },
];

/** The files of the project in `base` that match, sorted, with `/` between folders and without tests. */
export function matching(globs: string[], base: string = root): string[] {
  return globSync(globs, { cwd: base, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((file) => relative(base, join(file.parentPath, file.name)).replaceAll('\\', '/'))
    .filter((path) => !/\.test\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .toSorted();
}
