import { isScoped } from '../domain/permission/follow.ts';
import { rolesOf } from '../domain/permission/caller.ts';
import { accessOf, rightsOf } from '../domain/permission/rights.ts';
import { MEMBER_FIELDS } from '../model/access.ts';
import { tableNames, tableOf, type AnyRow, type Row, type TableName } from '../model/dictionary.ts';
import { parseRef } from '../model/any-reference.ts';
import type { ReadView } from '../domain/view.ts';
import { aggregateScope, parseScope, type Members, type Scope } from './scope.ts';

/** Fields of a record type that make someone one who works on it (`MEMBER_FIELDS`). */
const people = new Map(
  tableNames.map((table) => [
    table,
    isScoped(table)
      ? MEMBER_FIELDS.filter((name) => {
          const { kind, to } = tableOf(table).fields[name] ?? {};
          return kind === 'reference' && to === 'user' && (name !== 'user' || accessOf(table) === 'link');
        })
      : [],
  ]),
);

/** Record types whose records make people members of the engagement or account that they belong to. */
export const workerTables: readonly TableName[] = tableNames.filter(
  (table) => table !== 'account' && table !== 'engagement' && (people.get(table) ?? []).length > 0,
);

/** Someone whom a record of a scope names; `team`: as a member of its team, not only for one piece of work. */
export type Worker = { readonly user: string; readonly team: boolean };
/** The people whom the records of a scope name, its own account or engagement aside. */
export type WorkersOf = (scope: Scope) => readonly Worker[];

/** The people whom a record makes members of its scope. */
export function workersIn(table: TableName, row: AnyRow | undefined): readonly Worker[] {
  return named(table, row).map((user) => ({ user, team: accessOf(table) === 'link' }));
}

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

/** People on an engagement (SYN-06): named on it or on its work, those who look after the whole account; whoever made it until someone has it. */
function onEngagement(view: ReadView, id: string, workersOf: WorkersOf): readonly string[] {
  const row = view.get('engagement', id);
  if (row === undefined) return [];
  const ofAccount = workersOf(aggregateScope('account', row.account)).filter(({ team }) => team);
  return [
    ...(row.csm === undefined && row.accountManager === undefined ? [row.createdBy] : []),
    ...named('engagement', row),
    ...named('account', view.get('account', row.account)),
    ...[...workersOf(aggregateScope('engagement', id)), ...ofAccount].map(({ user }) => user),
  ];
}

/** People on an account: named on it or on its records, everyone on one of its engagements; whoever made it until someone owns it. */
function onAccount(view: ReadView, id: string, workersOf: WorkersOf): readonly string[] {
  const below = view
    .by('engagement', 'account', id)
    .flatMap((row) => [...named('engagement', row), ...workersOf(aggregateScope('engagement', row.id)).map(({ user }) => user)]);
  const row = view.get('account', id);
  return [
    ...(row !== undefined && row.owner === undefined ? [row.createdBy] : []),
    ...named('account', row),
    ...workersOf(aggregateScope('account', id)).map(({ user }) => user),
    ...below,
  ];
}

/**
 * Who has a scope (S9, SYN-06): those named on it and everyone above them in the manager tree. What everyone shares and what is
 * one person's own need no list.
 */
export function membersOf(view: ReadView, scope: Scope, workersOf: WorkersOf): Members {
  const parsed = parseScope(scope);
  const direct = parsed === undefined ? [] : directMembers(view, parsed.kind, parsed.id, workersOf);
  const members = membersAbove(view, direct);
  return parsed?.kind === 'account' || parsed?.kind === 'engagement' ? withinDomain(view, members, parsed.kind, parsed.id) : members;
}

/** BR-42: who is tied to a domain has only what is of it; who sees all there has every account of it. */
function withinDomain(view: ReadView, members: Members, kind: 'account' | 'engagement', id: string): Members {
  const account = kind === 'account' ? id : view.get('engagement', id)?.account;
  const domain = account === undefined ? undefined : view.get('account', account)?.domain;
  const own = new Map([...members].filter(([user]) => isOpenTo(view.get('user', user)?.domain, domain)));
  if (domain === undefined) return own;
  for (const user of view.by('user', 'domain', domain)) if (!own.has(user.id) && seesAll(user)) own.set(user.id, false);
  return own;
}

const isOpenTo = (tiedTo: string | undefined, domain: string | undefined): boolean => tiedTo === undefined || tiedTo === domain;

/** Whether a person's roles let them see everything: of the workspace, or of the domain that they are tied to. */
export function seesAll(user: Pick<Row<'user'>, 'roles' | 'active'>): boolean {
  return rightsOf(rolesOf(user)).has('seeAll');
}

/** Scopes of everything that is of a domain. */
export function scopesOfDomain(view: ReadView, domain: string): readonly Scope[] {
  return view
    .by('account', 'domain', domain)
    .flatMap(({ id }) => [
      aggregateScope('account', id),
      ...view.by('engagement', 'account', id).map((row) => aggregateScope('engagement', row.id)),
    ]);
}

function membersAbove(view: ReadView, direct: readonly string[]): Members {
  const members = new Map<string, boolean>(direct.map((user) => [user, true]));
  for (const user of direct) for (const manager of managersOf(view, user)) if (!members.has(manager)) members.set(manager, false);
  return members;
}

function directMembers(
  view: ReadView,
  kind: NonNullable<ReturnType<typeof parseScope>>['kind'],
  id: string,
  workersOf: WorkersOf,
): readonly string[] {
  if (kind === 'engagement') return onEngagement(view, id, workersOf);
  if (kind === 'account') return onAccount(view, id, workersOf);
  const ref = kind === 'record' ? parseRef(id) : undefined;
  const row: AnyRow | undefined = ref && view.get(ref.table, ref.id);
  if (ref === undefined || row === undefined) return [];
  const fields = Object.entries(tableOf(ref.table).fields).filter(([, { kind: what, to }]) => what === 'reference' && to === 'user');
  return [row.createdBy, ...fields.flatMap(([name]) => (typeof row[name] === 'string' ? [row[name]] : []))];
}

/** A changed record, with the scope that it has and the one that it left. */
export type Moved = {
  readonly table: TableName;
  readonly before: AnyRow | undefined;
  readonly after: AnyRow | undefined;
  readonly scope: Scope;
  readonly left: Scope | undefined;
};

/** Scopes whose members may be others after a record changed. The manager tree aside. */
export function scopesTouchedBy(view: ReadView, { table, before, after, scope, left }: Moved): readonly Scope[] {
  const isRoot = table === 'account' || table === 'engagement';
  const [was, is] = [named(table, before), named(table, after)];
  const stays =
    before !== undefined &&
    after !== undefined &&
    left === undefined &&
    before['account'] === after['account'] &&
    (table !== 'account' || before['domain'] === after['domain']);
  if (stays && was.join() === is.join()) return [];
  if (!isRoot && was.length + is.length === 0) return [];
  const scopes = new Set<Scope>();
  const addAccount = (id: unknown): void => {
    if (typeof id === 'string') scopes.add(aggregateScope('account', id));
  };
  for (const one of [scope, left]) {
    const parsed = one === undefined ? undefined : parseScope(one);
    if (one === undefined || (parsed?.kind !== 'engagement' && parsed?.kind !== 'account')) continue;
    scopes.add(one);
    if (parsed.kind === 'engagement') addAccount(view.get('engagement', parsed.id)?.account);
    else for (const { id } of view.by('engagement', 'account', parsed.id)) scopes.add(aggregateScope('engagement', id));
  }
  if (table === 'engagement') for (const row of [before, after]) addAccount(row?.['account']);
  return [...scopes].toSorted();
}
