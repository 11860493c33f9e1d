import type { TableName } from '../model/dictionary.ts';

/**
 * What is handed out, or taken back, as one (S9): an engagement or an account with everything that belongs to it, what
 * everyone in the workspace shares, what is one person's own, and records that belong to nothing else.
 */
export type Scope = string;

/** The scope that everyone in the workspace has: catalogue, configuration, templates, people. */
export const SHARED_SCOPE: Scope = 'shared';

/** Everything of the tenant but what is people's own: the scope of roles that see all. */
export const EVERYTHING_SCOPE: Scope = '*';

/**
 * Whoever is tied to a domain (BR-42) is a member of this one. It has no records: when it is given or taken, other people than before are to
 * be seen, and the device loads anew.
 */
export const domainScope = (domain: string): Scope => `${DOMAIN}${domain}`;
/** Whether a scope is a domain. */
export const isDomainScope = (scope: Scope): boolean => scope.startsWith(DOMAIN);
const DOMAIN = 'domain:';

const KINDS = { account: 'account', engagement: 'engagement', user: 'user', record: 'record' } as const;

/** The scope of an account or an engagement. */
export const aggregateScope = (table: 'account' | 'engagement', id: string): Scope => `${KINDS[table]}:${id}`;
/** What is one person's own. */
export const ownScope = (user: string): Scope => `${KINDS.user}:${user}`;
/** A record that hangs on no engagement and no account; those whom it names have it. */
export const recordScope = (table: TableName, id: string): Scope => `${KINDS.record}:${table}/${id}`;

export type ParsedScope = { readonly kind: 'shared' | keyof typeof KINDS; readonly id: string };

/** Takes a scope apart; undefined where the text is none. */
export function parseScope(scope: string): ParsedScope | undefined {
  if (scope === SHARED_SCOPE) return { kind: 'shared', id: '' };
  const at = scope.indexOf(':');
  const kind = scope.slice(0, at);
  const id = scope.slice(at + 1);
  if (at < 0 || id === '' || !isKind(kind)) return undefined;
  return { kind, id };
}

const isKind = (kind: string): kind is keyof typeof KINDS => Object.hasOwn(KINDS, kind);

/** One person's part in a scope, with the numbers of the changes that gave and took it. */
export type Membership = {
  readonly scope: Scope;
  readonly granted: number;
  readonly revoked: number | undefined;
  /** Named on it, not only above someone who is: such scopes come first in a first load (S11). */
  readonly direct: boolean;
};

/** Who is in a scope: user → whether they are named on it. */
export type Members = ReadonlyMap<string, boolean>;

/**
 * What has to change so that `before` becomes `after`. Who comes to be named on a scope that they had already is granted it anew: a fill that is under way has
 * passed the place where it now stands (S11). Who is named no longer keeps it.
 */
export function membershipChanges(
  before: Members,
  after: Members,
): { readonly grant: readonly string[]; readonly revoke: readonly string[]; readonly keep: readonly string[] } {
  const grant = [...after].filter(([user, direct]) => !before.has(user) || (direct && before.get(user) === false)).map(([user]) => user);
  const revoke = [...before.keys()].filter((user) => !after.has(user));
  const keep = [...after].filter(([user, direct]) => !direct && before.get(user) === true).map(([user]) => user);
  return { grant: grant.toSorted(), revoke: revoke.toSorted(), keep: keep.toSorted() };
}

/** What a device has to do about its scopes between two marks (S9). */
export type ScopeDelta = { readonly fill: readonly Membership[]; readonly forget: readonly Scope[] };

/**
 * The scopes that a device has to fill and to forget, having read memberships up to `from`, to be at `to`. One that was
 * taken and given again in between is filled anew; one that was given and taken is forgotten, in case a part of it arrived.
 */
export function scopeDelta(memberships: Iterable<Membership>, from: number, to: number): ScopeDelta {
  const fill: Membership[] = [];
  const forget: Scope[] = [];
  for (const one of memberships) {
    const { scope, granted, revoked } = one;
    if (revoked !== undefined && revoked <= to) {
      if (revoked > from) forget.push(scope);
    } else if (granted > from && granted <= to) fill.push(one);
  }
  return { fill, forget };
}
