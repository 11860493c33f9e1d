import type { z } from 'zod';
import type { Operation } from '#shared/contract/define.ts';
import { engineContract, type OperationName } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { checkInputLimits } from './input-limits.ts';

/** The name as one of the contract's. Throws `contract` for every other one, inherited names included. */
export function operationName(name: string): OperationName {
  // Object.hasOwn does not narrow
  if (Object.hasOwn(engineContract, name)) return name as OperationName;
  throw new AppError('contract', `Satchel has no operation named “${name}”.`);
}

/** The declaration of an operation, seen generically. */
export const operationOf = (name: OperationName): Operation => engineContract[name];

function words({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
}

/** The input as its handler may rely on it. Throws `contract` (naming the first faulty field) or `limit`. */
export function readInput(name: OperationName, input: unknown): unknown {
  checkInputLimits(input);
  const read = operationOf(name).input.safeParse(input);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  const field = first?.path[0];
  throw new AppError(
    'contract',
    `The request ${name} is not well formed${first === undefined ? '' : ` (${words(first)})`}.`,
    field === undefined ? {} : { field: String(field) },
  );
}
