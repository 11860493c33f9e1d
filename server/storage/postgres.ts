import { Pool, types, type PoolClient } from 'pg';
import { beginText, type Sql, type SqlRow, type Storage } from './storage.ts';

const INT8 = 20;
// numbers of changes stay far below 2^53
types.setTypeParser(INT8, Number);

const sqlOf = (client: Pick<PoolClient, 'query'>): Sql => ({
  run: async <R extends SqlRow>({ name, text }: { readonly name: string; readonly text: string }, params: readonly unknown[]) => {
    const { rows } = await client.query<R>({ name, text, values: [...params] });
    return rows;
  },
});

export type PostgresOptions = { readonly url: string; readonly poolSize: number; readonly onLost?: (error: Error) => void };

/** Opens a pool of connections to PostgreSQL. It connects when it is first used. */
export function openPostgres({ url, poolSize, onLost }: PostgresOptions): Storage {
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'satchel',
    // every statement has its index; without statistics (a new tenant) the planner would take a table for small, and keep that plan
    options: '-c enable_seqscan=off',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  // an idle connection that breaks is replaced; without a listener it would end the process
  pool.on('error', (error) => onLost?.(error));

  return {
    kind: 'postgres',
    transaction: async (tenant, isolation, work) => {
      const [mode, fence] = beginText(tenant, isolation);
      const client = await pool.connect();
      let broken: Error | undefined;
      // breaks may come between two statements, when no query hears of them: unheard they would end the process
      const breaks = (error: Error): void => {
        broken = error;
      };
      client.on('error', breaks);
      try {
        await client.query(`begin ${mode}; ${fence}`);
        const result = await work(sqlOf(client));
        await client.query('commit');
        return result;
      } catch (thrown) {
        await client.query('rollback').catch((error: Error) => {
          broken = error;
        });
        throw thrown;
      } finally {
        client.off('error', breaks);
        client.release(broken);
      }
    },
    global: (statement, params) => sqlOf(pool).run(statement, params),
    script: async (text) => {
      await pool.query(text);
    },
    load: () => ({ busy: pool.totalCount - pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}
