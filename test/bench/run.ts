// npm run bench [-- NAME…] [-- --small]: one JSON line a figure on standard output; talk and faults go to standard error.
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, runCommand } from '../../build/tools.ts';
import type { Bench, BenchContext, Figure } from './define.ts';
import { runInChromium } from './in-chromium.ts';
import { figureLine, limitFaults } from './report.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

const args = process.argv.slice(2);
const size: BenchContext['size'] = args.includes('--small') ? 'small' : 'full';
const here = args.includes('--here');
const names = args.filter((arg) => !arg.startsWith('--'));

async function load(file: string): Promise<Bench> {
  // the one export that a bench file has by agreement; checked on the next line
  const { bench } = (await import(join(root, file))) as { bench?: Bench };
  if (bench === undefined) throw new Error(`${file} exports no bench`);
  return bench;
}

/** Prints the figures and answers with the number of faults. Limits are about the full size only. */
function report(figures: Figure[], { limits }: Bench): number {
  for (const figure of figures) console.log(figureLine(figure));
  const faults = size === 'full' ? limitFaults(figures, limits) : [];
  for (const fault of faults) say(`LIMIT ${fault}`);
  return faults.length;
}

async function runOne(file: string): Promise<number> {
  const bench = await load(file);
  if (bench.where === 'chromium') return report(await runInChromium(file, size, say), bench);
  if (here) return report(await bench.run({ size, origin: '', say }), bench);
  // a process of its own: neither memory nor compiled code of another bench
  const again = [import.meta.filename, basename(file, '.bench.ts'), '--here', ...(size === 'small' ? ['--small'] : [])];
  return (await runCommand(process.execPath, ['--expose-gc', ...again], { show: true })).code;
}

const all = globSync('test/bench/*.bench.ts', { cwd: root }).toSorted();
const chosen = all.filter((file) => names.length === 0 || names.includes(basename(file, '.bench.ts')));
if (chosen.length === 0) say(`There is no such bench; there are ${all.map((file) => basename(file, '.bench.ts')).join(', ')}`);
let faults = chosen.length === 0 ? 1 : 0;
for (const file of chosen) {
  try {
    faults += await runOne(file);
  } catch (error) {
    say(`${file} broke: ${error instanceof Error ? error.stack : String(error)}`);
    faults += 1;
  }
}
process.exitCode = faults > 0 ? 1 : 0;
