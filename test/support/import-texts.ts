// Imports texts as files into an engine under test.
import type { Engine } from '#engine/engine.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { call } from './call-engine.ts';
import { filesOf } from './read-set.ts';

export type ImportState = Output<'import.session'>;

/** Opens texts by file name as one set. */
export const openTexts = (engine: Engine, texts: Readonly<Record<string, string>>): Promise<ImportState> =>
  call(engine, 'import.open', { files: [...filesOf(texts)] });

/** Opens texts and brings them in. */
export async function importTexts(engine: Engine, texts: Readonly<Record<string, string>>): Promise<Output<'import.commit'>> {
  const { sessionId } = await openTexts(engine, texts);
  return call(engine, 'import.commit', { sessionId });
}

/** What becomes of each table: created, updated, unchanged, held back. */
export const countsOf = (state: ImportState): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(state.counts.map(({ table, create, update, unchanged, held }) => [table, [create, update, unchanged, held]]));

/** Every problem as `line column severity message`. */
export async function problemsOf(engine: Engine, { sessionId }: ImportState): Promise<readonly string[]> {
  const { problems } = await call(engine, 'import.problems', { sessionId, offset: 0, limit: 500 });
  return problems.map(({ line, column, severity, message }) => `${line} ${column ?? '-'} ${severity}: ${message}`);
}
