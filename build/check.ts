// npm run check: everything that can be said about the sources without running them.
import { globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runScript, toolScript } from './tools.ts';

type Step = { name: string; run: () => Promise<{ code: number; output: string }> };

/** One TypeScript project per set of globals. */
const projects = [
  'shared',
  'main/engine',
  'main/desktop',
  'main/cli',
  'preload',
  'renderer',
  'build',
  'test/tsconfig.node.json',
  'test/tsconfig.browser.json',
  'test/tsconfig.e2e.json',
  // the central store has its settings and no sources yet, which the compiler would call an error
  ...globSync('server/**/*.ts', { cwd: root })
    .slice(0, 1)
    .map(() => 'server'),
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
  ...projects.map(compile),
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
