import { osContract, type OsInput, type OsName, type OsOutput } from '#shared/contract/os-contract.ts';
import { OS_NAMES } from '#shared/contract/os-names.ts';
import { AppError, toErrorShape, type ErrorShape } from '#shared/errors/app-error.ts';
import type { z } from 'zod';

type Parsed<N extends OsName> = z.output<(typeof osContract)[N]['input']>;

/** What main does for each entry of the OS contract. */
export type OsHandlers = { readonly [N in OsName]: (input: Parsed<N>) => OsOutput<N> | Promise<OsOutput<N>> };

type Reply = { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: ErrorShape };

async function run<N extends OsName>(handlers: OsHandlers, name: N, input: OsInput<N>): Promise<OsOutput<N>> {
  const parsed = osContract[name].input.safeParse(input);
  if (!parsed.success) throw new AppError('contract', `The request ${name} is malformed. Nothing was done.`);
  // the validator of this very name made it
  return handlers[name](parsed.data as Parsed<N>);
}

/** Answers a page's request: only names of the contract, only input that fits. Never rejects. */
export async function answerOs(handlers: OsHandlers, name: unknown, input: unknown): Promise<Reply> {
  const known = OS_NAMES.find((each) => each === name);
  if (known === undefined)
    return { ok: false, error: toErrorShape(new AppError('contract', 'Satchel does not know this request. Nothing was done.')) };
  try {
    // the validator looks at it first
    return { ok: true, output: await run(handlers, known, input as OsInput<typeof known>) };
  } catch (thrown) {
    return { ok: false, error: toErrorShape(thrown) };
  }
}
