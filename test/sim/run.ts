// npm run sim -- --seeds N --start S --minutes M --steps K [--model]: plays seeds with the real engine against the real server code on the embedded database;
// --model: with devices of the fewest lines.
import { parseArgs } from 'node:util';
import { openTestDatabase } from '../support/embedded.ts';
import { openEngineDevice } from './engine-device.ts';
import { openModelDevice } from './model-device.ts';
import { openSimServer } from './sim-server.ts';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    start: { type: 'string' },
    minutes: { type: 'string' },
    steps: { type: 'string' },
    model: { type: 'boolean', default: false },
  },
});
const count = (text: string | undefined, otherwise: number): number => {
  const number = Number(text ?? otherwise);
  if (!Number.isInteger(number) || number < 1) throw new Error(`“${String(text)}” is no count`);
  return number;
};
const [seeds, start, steps] = [count(values.seeds, 20), count(values.start, 1), count(values.steps, 60)];
const until = values.minutes === undefined ? Infinity : performance.now() + count(values.minutes, 1) * 60_000;

/** A database is made anew after so many seeds, so that a long run does not grow. */
const SEEDS_A_DATABASE = 100;
/** One thing that goes wrong shows in many records. */
const MOST_TOLD = 8;

const totals = { seeds: 0, operations: 0, faults: 0, failures: 0 };
let server = openSimServer(await openTestDatabase());
for (let seed = start; seed < start + seeds && performance.now() < until; seed += 1) {
  if (totals.seeds > 0 && totals.seeds % SEEDS_A_DATABASE === 0) {
    await server.close();
    server = openSimServer(await openTestDatabase());
  }
  const { problems, operations, faults } = await simulate(server, seed, {
    steps,
    openDevice: values.model ? openModelDevice : openEngineDevice,
  }).catch((thrown: unknown) => ({
    problems: [`seed ${seed}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`],
    operations: 0,
    faults: 0,
    asked: 0,
  }));
  totals.seeds += 1;
  totals.operations += operations;
  totals.faults += faults;
  if (problems.length > 0) totals.failures += 1;
  for (const problem of problems.slice(0, MOST_TOLD)) process.stdout.write(`${problem}\n`);
  if (problems.length > MOST_TOLD) process.stdout.write(`seed ${seed}: and ${problems.length - MOST_TOLD} more\n`);
}
await server.close();
process.stdout.write(`${totals.seeds} seeds, ${totals.operations} operations, ${totals.faults} faults, ${totals.failures} failures\n`);
process.exitCode = totals.failures > 0 ? 1 : 0;
