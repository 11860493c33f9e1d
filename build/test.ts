// npm test: every check and every test, one after the other, to the end; then one line that sums them up.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installedElectron } from './electron.ts';
import { lastResults, resultsFolder, summary } from './results.ts';
import { root, runScript, toolScript } from './tools.ts';

const stages = ['check', 'unit', 'browser', 'e2e', 'desktop'] as const;
type Stage = (typeof stages)[number];

const report = (stage: Stage) => join(resultsFolder, `${stage}.json`);

function vitest(stage: 'unit' | 'browser', more: string[]) {
  const args = ['run', '--project', stage, '--reporter=default', '--reporter=json', `--outputFile.json=${report(stage)}`, ...more];
  return runScript(toolScript('vitest', 'vitest'), args, { show: true });
}

function playwright(stage: 'e2e' | 'desktop', more: string[]) {
  const args = ['test', `--project=${stage}`, '--reporter=list,json', '--pass-with-no-tests', ...more];
  return runScript(toolScript('@playwright/test', 'playwright'), args, { show: true, env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report(stage) } });
}

async function run(stage: Stage, more: string[]): Promise<number> {
  if (stage === 'check') return (await runScript(join(root, 'build', 'check.ts'), [], { show: true })).code;
  if (stage === 'unit' || stage === 'browser') return (await vitest(stage, more)).code;
  if (stage === 'desktop' && installedElectron() === undefined) {
    console.log('skipped: no Electron runtime');
    return 0;
  }
  return (await playwright(stage, more)).code;
}

const [wanted, ...more] = process.argv.slice(2);
const chosen = stages.filter((stage) => wanted === undefined || stage === wanted);
if (chosen.length === 0) throw new Error(`There is no stage ${wanted}; there are ${stages.join(', ')}`);

if (wanted === undefined) rmSync(resultsFolder, { recursive: true, force: true });
mkdirSync(resultsFolder, { recursive: true });
const failed: string[] = [];
for (const stage of chosen) {
  rmSync(report(stage), { force: true });
  if (chosen.length > 1) console.log(`\n— ${stage}`);
  const code = await run(stage, more);
  if (code !== 0 && stage !== 'check' && !existsSync(report(stage))) console.log(`${stage} ended with code ${code} and without results`);
  if (code !== 0) failed.push(stage);
}
if (wanted === undefined) {
  console.log(`\n${summary(lastResults())}`);
  if (failed.length > 0) console.log(`not in order: ${failed.join(', ')}`);
}
process.exitCode = failed.length > 0 ? 1 : 0;
