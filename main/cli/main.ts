import { run } from './run.ts';

/* oxlint-disable no-console -- the command line's output */
process.exitCode = await run(process.argv.slice(2), { out: (text) => console.log(text), err: (text) => console.error(text) });
