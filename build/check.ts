// npm run check: everything that can be said about the sources without running them.
import { globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runScript, toolScript } from './tools.ts';

type Step = { name: string; run: () => Promise<{ code: number; output: string }> };

/** One TypeScript project per set of globals; `sources` tells whether there is anything to compile. */
const projects = [
  { path: 'shared', sources: 'shared/**/*.ts' },
  { path: 'main/engine', sources: 'main/engine/**/*.ts' },
  { path: 'main/desktop', sources: 'main/desktop/**/*.ts' },
  { path: 'main/cli', sources: 'main/cli/**/*.ts' },
  { path: 'server', sources: 'server/**/*.ts' },
  { path: 'preload', sources: 'preload/**/*.ts' },
  { path: 'renderer', sources: 'renderer/**/*.{ts,tsx}' },
  { path: 'build', sources: 'build/**/*.ts' },
  { path: 'test/tsconfig.node.json', sources: '{shared,main,server,preload,build,test}/**/*.ts' },
  { path: 'test/tsconfig.browser.json', sources: '{{shared,main}/**/*.browser.test.ts,renderer/**/*.test.{ts,tsx},test/**/*.page.ts}' },
  { path: 'test/tsconfig.e2e.json', sources: 'test/{e2e,desktop,faults}/**/*.ts' },
];

const tsc = toolScript('@typescript/native', 'tsc');
const cache = join(root, '.cache', 'tsc');

function compile(path: string): Step {
  const info = join(cache, `${path.replaceAll('/', '-')}.tsbuildinfo`);
  const args = ['-p', path, '--incremental', '--tsBuildInfoFile', info, '--pretty', 'false'];
  return { name: `tsc ${path}`, run: () => runScript(tsc, args) };
}

const steps: Step[] = [
  {
    name: 'tsc is version 7',
    run: async () => {
      const { output } = await runScript(tsc, ['--version']);
      return { code: output.startsWith('Version 7.') ? 0 : 1, output };
    },
  },
  { name: 'lint', run: () => runScript(toolScript('oxlint', 'oxlint'), ['--type-aware', '--deny-warnings', '--threads=2']) },
  ...projects.filter(({ sources }) => globSync(sources, { cwd: root }).length > 0).map(({ path }) => compile(path)),
  { name: 'layers', run: () => runScript(join(root, 'build', 'layers.ts'), []) },
  { name: 'doc comments', run: () => runScript(join(root, 'build', 'doc-comments.ts'), []) },
  { name: 'unused', run: () => runScript(toolScript('knip', 'knip'), ['--no-progress']) },
  { name: 'format', run: () => runScript(toolScript('oxfmt', 'oxfmt'), ['--check', '--threads=2']) },
];

async function runAll(parallel: number): Promise<number> {
  const queue = [...steps];
  let failed = 0;
  const worker = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      const start = performance.now();
      const { code, output } = await step.run();
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${step.name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
      if (code === 0) continue;
      failed += 1;
      console.log(output.trim());
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return failed;
}

mkdirSync(cache, { recursive: true });
const failed = await runAll(2);
if (failed > 0) console.log(`${failed} of ${steps.length} checks failed`);
process.exitCode = failed > 0 ? 1 : 0;
