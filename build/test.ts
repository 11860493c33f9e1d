// npm test: every check and every test, one after the other, to the end; then one line that sums them up.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installedElectron, whyNoWindow } from './electron.ts';
import { lastResults, readReport, resultsFolder, summary, waverers, type TestResult } from './results.ts';
import { root, runCommand, runScript, toolScript } from './tools.ts';

const stages = ['check', 'unit', 'browser', 'e2e', 'faults', 'desktop'] as const;
type Stage = (typeof stages)[number];

/** The exit code by which an `ELECTRON_WRAPPER` says that it has no runtime to offer. */
const noRuntime = 69;

const report = (stage: Stage) => join(resultsFolder, `${stage}.json`);

async function vitest(stage: 'unit' | 'browser', more: string[]): Promise<number> {
  const args = ['run', '--project', stage, '--reporter=default', '--reporter=json', `--outputFile.json=${report(stage)}`, ...more];
  return (await runScript(toolScript('vitest', 'vitest'), args, { show: true })).code;
}

async function playwright(stage: 'e2e' | 'faults' | 'desktop', more: string[]): Promise<number> {
  const args = ['test', `--project=${stage}`, '--reporter=list,json', ...more];
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report(stage) };
  return (await runScript(toolScript('@playwright/test', 'playwright'), args, { show: true, env })).code;
}

function skipDesktop(why: string): number {
  console.log(`skipped: ${why}`);
  return 0;
}

/** Where no runtime is installed, `ELECTRON_WRAPPER` may name a program that runs a command beside one. */
async function desktop(more: string[]): Promise<number> {
  const wrapper = process.env['ELECTRON_WRAPPER'];
  if (installedElectron() !== undefined) {
    const noWindow = whyNoWindow(process.env, process.platform, process.getuid?.() === 0);
    return noWindow === undefined ? playwright('desktop', more) : skipDesktop(noWindow);
  }
  if (!wrapper) return skipDesktop('no Electron runtime');
  const { code } = await runCommand(wrapper, [process.execPath, import.meta.filename, 'desktop', ...more], { show: true });
  return code === noRuntime ? skipDesktop('no Electron runtime') : code;
}

async function run(stage: Stage, more: string[]): Promise<number> {
  switch (stage) {
    case 'check':
      return (await runScript(join(root, 'build', 'check.ts'), [], { show: true })).code;
    case 'unit':
    case 'browser':
      return vitest(stage, more);
    case 'e2e':
    case 'faults':
      return playwright(stage, more);
    case 'desktop':
      return desktop(more);
  }
}

/** A stage that failed although none of its tests did is one failure more. */
function brokenStages(failed: Stage[]): TestResult[] {
  const told = (stage: Stage) =>
    existsSync(report(stage)) && readReport(readFileSync(report(stage), 'utf8')).some(({ outcome }) => outcome === 'failed');
  return failed.filter((stage) => !told(stage)).map((stage) => ({ title: `${stage} is not in order`, outcome: 'failed' }));
}

const [wanted, ...more] = process.argv.slice(2);
const chosen = stages.filter((stage) => wanted === undefined || stage === wanted);
if (chosen.length === 0) throw new Error(`There is no stage ${wanted}; there are ${stages.join(', ')}`);

if (wanted === undefined) rmSync(resultsFolder, { recursive: true, force: true });
mkdirSync(resultsFolder, { recursive: true });
const failed: Stage[] = [];
for (const stage of chosen) {
  rmSync(report(stage), { force: true });
  if (wanted === undefined) console.log(`\n— ${stage}`);
  if ((await run(stage, more)) !== 0) failed.push(stage);
}
if (wanted === undefined) {
  if (failed.length > 0) console.log(`\nnot in order: ${failed.join(', ')}`);
  const results = lastResults();
  for (const line of waverers(results)) console.log(line);
  console.log(`\n${summary([...results, ...brokenStages(failed)])}`);
}
process.exitCode = failed.length > 0 ? 1 : 0;
