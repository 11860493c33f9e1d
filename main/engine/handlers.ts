import { AppError } from '#shared/errors/app-error.ts';
import { engineContract, type OperationName } from '#shared/contract/engine-contract.ts';
import type { Handlers, ReadsOf } from './context.ts';
import { definitionHandlers } from './definitions/handlers.ts';
import { healthHandlers, healthReads } from './health/handlers.ts';
import { portfolioHandlers, portfolioReads } from './portfolio/handlers.ts';
import { importingHandlers, importingReads } from './importing/handlers.ts';
import { recordCommands } from './records/command-handlers.ts';
import { recordQueries } from './records/query-handlers.ts';
import { riskHandlers, riskReads } from './risk/handlers.ts';
import type { Operations } from './rpc/server.ts';
import { workspaceHandlers } from './settings/handlers.ts';

const landed = {
  ...recordCommands,
  ...recordQueries,
  ...workspaceHandlers,
  ...definitionHandlers,
  ...healthHandlers,
  ...riskHandlers,
  ...portfolioHandlers,
  ...importingHandlers,
};

/** Operations whose area has not landed. Shrinks to nothing. */
type Pending = Exclude<OperationName, keyof typeof landed>;

function pending(): Handlers<Pending> {
  const refuse = (): never => {
    throw new AppError('internal', 'This is not part of this build yet.');
  };
  // every entry is the same refusal, which fits any handler's type
  return Object.fromEntries(Object.keys(engineContract).map((name) => [name, refuse])) as unknown as Handlers<Pending>;
}

/** Every operation of the contract and who does it; exhaustive by type. */
export const operations: Operations = {
  handlers: { ...pending(), ...landed } satisfies Handlers<OperationName>,
  reads: { ...healthReads, ...riskReads, ...portfolioReads, ...importingReads } satisfies ReadsOf<OperationName>,
};
