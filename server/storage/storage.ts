/** A statement with the name under which the database keeps it prepared. */
export type Statement = { readonly name: string; readonly text: string };

/** Declares a statement; the name is unique in the server. */
export function sql(name: string, text: string): Statement {
  return { name, text };
}

/** Values of a row as the driver brings them: bigint as number, jsonb as plain data, timestamptz as Date. */
export type SqlRow = Readonly<Record<string, unknown>>;

export type Sql = {
  /** Runs a prepared statement. JSON goes in as text. Throws the driver's error. */
  readonly run: <R extends SqlRow = SqlRow>(statement: Statement, params: readonly unknown[]) => Promise<readonly R[]>;
};

export type Isolation =
  /** Read committed; may write. */
  | 'write'
  /** One snapshot of everything, repeatable read, read only (S8). */
  | 'read';

/** The one port to the database; PostgreSQL and the embedded PGlite stand behind it. */
export type Storage = {
  readonly kind: 'postgres' | 'embedded';
  /** Runs work in a transaction in which only rows of `tenant` can be seen or written (row-level security); rolls back where it throws. */
  readonly transaction: <R>(tenant: string, isolation: Isolation, work: (sql: Sql) => Promise<R>) => Promise<R>;
  /** A single statement on tables that belong to no tenant. */
  readonly global: Sql['run'];
  /** Runs a script of several statements as the owner of the tables: migrations. */
  readonly script: (text: string) => Promise<void>;
  /** Connections in use and waiting, for the metrics. */
  readonly load: () => { readonly busy: number; readonly waiting: number };
  readonly close: () => Promise<void>;
};

const TENANT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether a text can be the name of a tenant: lower-case letters, digits and hyphens, at most 63. */
export function isTenantName(text: string): boolean {
  return TENANT.test(text);
}

/** Begins a transaction of a tenant; its name is tested, so it may stand in the text. */
export function beginText(tenant: string, isolation: Isolation): readonly [isolation: string, fence: string] {
  if (!isTenantName(tenant)) throw new TypeError('not the name of a tenant');
  return [
    isolation === 'read' ? 'isolation level repeatable read read only' : 'isolation level read committed',
    `select set_config('satchel.tenant', '${tenant}', true)`,
  ];
}
