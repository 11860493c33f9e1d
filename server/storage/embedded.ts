import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { takeLock } from './lock-file.ts';
import { embeddedStatements } from './embedded-statements.ts';
import { beginText, type Storage } from './storage.ts';

/** The role that the server works under: no superuser, so that row-level security holds for it. */
const ROLE = 'satchel_app';
const ROLE_TEXT = `
do $$ begin
  if not exists (select from pg_roles where rolname = '${ROLE}') then create role ${ROLE} nologin; end if;
end $$;
grant all on schema public to ${ROLE};
set role ${ROLE};`;

/**
 * Opens the embedded PostgreSQL (PGlite): one process, one connection; for trying out and small teams, not for production.
 * @param folder where it keeps its files, under a lock file
 */
export async function openEmbedded(folder: string): Promise<Storage> {
  mkdirSync(folder, { recursive: true });
  const unlock = takeLock(join(folder, 'server.lock'));
  const database = await PGlite.create({ dataDir: join(folder, 'database') }).catch((thrown: unknown) => {
    unlock();
    throw thrown;
  });
  return embeddedStorage(database, unlock);
}

/** The port on an open PGlite; `onClosed` is called once it is closed. */
export async function embeddedStorage(database: PGlite, onClosed: () => void = () => undefined): Promise<Storage> {
  await database.exec(ROLE_TEXT);
  const statements = embeddedStatements(database);
  return {
    kind: 'embedded',
    transaction: (tenant, isolation, work) => {
      const [mode, fence] = beginText(tenant, isolation);
      return database.runExclusive(async () => {
        await statements.script(`begin ${mode}; ${fence}`);
        try {
          const result = await work(statements);
          await statements.script('commit');
          return result;
        } catch (thrown) {
          await statements.script('rollback');
          throw thrown;
        } finally {
          await database.syncToFs();
        }
      });
    },
    global: (statement, params) => database.runExclusive(() => statements.run(statement, params)),
    script: async (text) => {
      await database.exec(text);
    },
    load: () => ({ busy: 0, waiting: 0 }),
    close: async () => {
      await database.close();
      onClosed();
    },
  };
}
