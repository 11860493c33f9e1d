import { MIGRATIONS } from './migrations.ts';
import { sql, type Storage } from './storage.ts';

const done = sql('migrations-done', 'select name from migration');
const superuser = sql('is-superuser', 'select rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user');
const serverVersion = sql('server-version', `select current_setting('server_version_num')::integer as version`);

/** The oldest PostgreSQL that the server is tested with. */
const OLDEST = 150_000;
/** Key of the lock under which one instance migrates while others wait. */
const LOCK = 7_291_530_114;

/**
 * Brings the database to the newest step; several servers may start at once. Answers the names of the steps that were run.
 * Throws an Error where the database is too old, or newer than this server.
 */
export async function migrate(storage: Storage): Promise<readonly string[]> {
  const [about] = await storage.global<{ version: number }>(serverVersion, []);
  if ((about?.version ?? 0) < OLDEST) throw new Error('The server needs PostgreSQL 15 or newer.');
  await storage.script(
    `begin; select pg_advisory_xact_lock(${LOCK}); create table if not exists migration (name text primary key, at timestamptz not null default now()); commit;`,
  );
  const names = new Set((await storage.global<{ name: string }>(done, [])).map(({ name }) => name));
  const unknown = [...names].filter((name) => MIGRATIONS.every((step) => step.name !== name));
  if (unknown.length > 0)
    throw new Error(`The database has been used by a newer version of the server (${unknown.join(', ')}). Update this server.`);
  const ran: string[] = [];
  for (const { name, text } of MIGRATIONS) {
    if (names.has(name)) continue;
    // whoever waited for the lock finds the step done by the other and leaves it
    await storage.script(`begin; select pg_advisory_xact_lock(${LOCK}); ${guarded(name, text)} commit;`);
    ran.push(name);
  }
  return ran;
}

function guarded(name: string, text: string): string {
  return `do $step$ begin if not exists (select from migration where name = '${name}') then execute $text$ ${text} $text$; insert into migration (name) values ('${name}'); end if; end $step$;`;
}

/** Refuses to run under a database user for whom row-level security does not hold. */
export async function refuseOpenFence(storage: Storage): Promise<void> {
  const [row] = await storage.global<{ bypasses: boolean }>(superuser, []);
  if (row?.bypasses !== false)
    throw new Error(
      'The database user may not be a superuser or bypass row-level security: create an ordinary user that owns the database (docs/operations.md).',
    );
}
