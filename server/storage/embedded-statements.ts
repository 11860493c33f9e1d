import { parse, protocol, type PGlite } from '@electric-sql/pglite';
import type { Sql, SqlRow } from './storage.ts';

type Prepared = { readonly name: string; readonly types: readonly number[] };
const { serialize } = protocol;

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Statements that the embedded database reads and plans once, as PostgreSQL's driver does by name: that is most of the time of a small one.
 * They lie outside of PGlite's own locks, so they may only be run within its `runExclusive`.
 */
export function embeddedStatements(database: PGlite): Sql & { readonly script: (text: string) => Promise<void> } {
  const known = new Map<string, Prepared>();
  const prepare = async (text: string): Promise<Prepared> => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const name = `s${known.size + 1}`;
    const { messages } = await database.execProtocol(
      joined(serialize.parse({ name, text }), serialize.describe({ type: 'S', name }), serialize.sync()),
      { syncToFs: false },
    );
    const made = { name, types: parse.parseDescribeStatementResults(messages) };
    known.set(text, made);
    return made;
  };
  const written = (value: unknown, type: number | undefined): string | null => {
    if (value === null || value === undefined) return null;
    const write = type === undefined ? undefined : database.serializers[type];
    if (write !== undefined) return String(write(value));
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return {
    script: async (text) => {
      await database.execProtocol(serialize.query(text), { syncToFs: false });
    },
    run: async <R extends SqlRow>({ text }: { readonly text: string }, params: readonly unknown[]) => {
      const { name, types } = await prepare(text);
      const values = params.map((value, at) => written(value, types[at]));
      const { messages } = await database.execProtocol(
        joined(serialize.bind({ statement: name, values }), serialize.describe({ type: 'P' }), serialize.execute({}), serialize.sync()),
        { syncToFs: false },
      );
      const [result] = parse.parseResults(messages, database.parsers);
      return (result?.rows ?? []) as unknown as readonly R[]; // the columns that the statement names
    },
  };
}
