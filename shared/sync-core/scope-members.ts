import { tableNames, tableOf, type AnyRow, type TableName } from '../model/dictionary.ts';
import { parseRef } from '../model/any-reference.ts';
import type { ReadView } from '../domain/view.ts';
import { aggregateScope, parseScope, type Members, type Scope } from './scope.ts';

type Aggregate = 'account' | 'engagement';

/** Fields of a record type that name one person who works on it. */
function peopleFields(table: TableName): readonly string[] {
  return Object.entries(tableOf(table).fields).flatMap(([name, { kind, to, readOnly }]) =>
    kind === 'reference' && to === 'user' && readOnly !== true ? [name] : [],
  );
}
const people = new Map(tableNames.map((table) => [table, peopleFields(table)]));

/** Link records that put a person on an account or an engagement: a squad, a team. */
const teams = tableNames.flatMap((table) => {
  const { access, fields } = tableOf(table);
  const users = people.get(table) ?? [];
  if (access !== 'link' || users.length === 0) return [];
  return Object.entries(fields).flatMap(([field, { kind, to }]) =>
    kind === 'reference' && (to === 'account' || to === 'engagement') ? [{ table, field, to: to satisfies Aggregate, users }] : [],
  );
});

/** Everyone above a person in the manager tree, nearest first. */
export function managersOf(view: ReadView, user: string): readonly string[] {
  const above: string[] = [];
  for (let at = view.get('user', user)?.manager; at !== undefined && at !== user && !above.includes(at); at = view.get('user', at)?.manager)
    above.push(at);
  return above;
}

function named(table: TableName, row: AnyRow | undefined): readonly string[] {
  return row === undefined ? [] : (people.get(table) ?? []).flatMap((field) => (typeof row[field] === 'string' ? [row[field]] : []));
}

function onTeam(view: ReadView, aggregate: Aggregate, id: string): readonly string[] {
  return teams
    .filter(({ to }) => to === aggregate)
    .flatMap(({ table, field, users }) =>
      // Row seen generically
      (view.by(table, field, id) as readonly AnyRow[]).flatMap((row) =>
        users.flatMap((user) => (typeof row[user] === 'string' ? [row[user]] : [])),
      ),
    );
}

/** People named on an engagement (SYN-06): account manager, CSM, squad, and whoever holds its account. */
function onEngagement(view: ReadView, id: string): readonly string[] {
  const row = view.get('engagement', id);
  if (row === undefined) return [];
  return [
    ...named('engagement', row),
    ...onTeam(view, 'engagement', id),
    ...named('account', view.get('account', row.account)),
    ...onTeam(view, 'account', row.account),
  ];
}

/** People named on an account: its own, and everyone on one of its engagements. */
function onAccount(view: ReadView, id: string): readonly string[] {
  const own = [...named('account', view.get('account', id)), ...onTeam(view, 'account', id)];
  const below = view.by('engagement', 'account', id).flatMap((row) => [...named('engagement', row), ...onTeam(view, 'engagement', row.id)]);
  return [...own, ...below];
}

/**
 * Who has a scope (S9, SYN-06): those named on it and everyone above them in the manager tree. What everyone shares and what is
 * one person's own need no list.
 */
export function membersOf(view: ReadView, scope: Scope): Members {
  const parsed = parseScope(scope);
  const direct = parsed === undefined ? [] : directMembers(view, parsed.kind, parsed.id);
  // what nobody is named on stays with whoever made it
  if (direct.length === 0 && (parsed?.kind === 'account' || parsed?.kind === 'engagement')) {
    const maker = view.get(parsed.kind, parsed.id)?.createdBy;
    if (maker !== undefined) return membersAbove(view, [maker]);
  }
  return membersAbove(view, direct);
}

function membersAbove(view: ReadView, direct: readonly string[]): Members {
  const members = new Map<string, boolean>(direct.map((user) => [user, true]));
  for (const user of direct) for (const manager of managersOf(view, user)) if (!members.has(manager)) members.set(manager, false);
  return members;
}

function directMembers(view: ReadView, kind: NonNullable<ReturnType<typeof parseScope>>['kind'], id: string): readonly string[] {
  if (kind === 'engagement') return onEngagement(view, id);
  if (kind === 'account') return onAccount(view, id);
  const ref = kind === 'record' ? parseRef(id) : undefined;
  const row: AnyRow | undefined = ref && view.get(ref.table, ref.id);
  if (ref === undefined || row === undefined) return [];
  const fields = Object.entries(tableOf(ref.table).fields).filter(([, { kind: what, to }]) => what === 'reference' && to === 'user');
  return [row.createdBy, ...fields.flatMap(([name]) => (typeof row[name] === 'string' ? [row[name]] : []))];
}

/** Scopes whose members may be others after a record changed; before and after as far as they exist. The manager tree aside. */
export function scopesTouchedBy(view: ReadView, table: TableName, before: AnyRow | undefined, after: AnyRow | undefined): readonly Scope[] {
  const rows = [before, after].filter((row) => row !== undefined);
  const scopes = new Set<Scope>();
  const addAccount = (id: unknown): void => {
    if (typeof id !== 'string') return;
    scopes.add(aggregateScope('account', id));
    for (const engagement of view.by('engagement', 'account', id)) scopes.add(aggregateScope('engagement', engagement.id));
  };
  const addEngagement = (id: unknown): void => {
    const account = typeof id === 'string' ? view.get('engagement', id)?.account : undefined;
    if (typeof id === 'string') scopes.add(aggregateScope('engagement', id));
    if (account !== undefined) scopes.add(aggregateScope('account', account));
  };
  for (const row of rows) {
    if (table === 'account') addAccount(row.id);
    if (table === 'engagement') {
      addEngagement(row.id);
      if (typeof row['account'] === 'string') scopes.add(aggregateScope('account', row['account']));
    }
    for (const team of teams) if (team.table === table) (team.to === 'account' ? addAccount : addEngagement)(row[team.field]);
  }
  return [...scopes].toSorted();
}
