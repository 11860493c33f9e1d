import type { SignInWays } from '#shared/contract/sync-contract.ts';
import { isRoleName, type RoleName } from '#shared/model/roles.ts';
import { isServerAddress } from '#shared/util/server-address.ts';
import { isTenantName, sql, type Sql, type Storage } from '../storage/storage.ts';

const tenantThere = sql('provider-tenant', 'select id from tenant where id = $1');
const providerOf = sql('provider-of', 'select issuer, client_id, secret, claim, unknown_role, passwords from provider where tenant = $1');
const putProvider = sql(
  'put-provider',
  `insert into provider (tenant, issuer, client_id, secret, claim, unknown_role, passwords) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (tenant) do update set issuer = excluded.issuer, client_id = excluded.client_id, secret = excluded.secret,
     claim = excluded.claim, unknown_role = excluded.unknown_role, passwords = excluded.passwords`,
);
const dropProvider = sql('drop-provider', 'delete from provider where tenant = $1 returning tenant');
const dropFlows = sql('drop-all-flows', 'delete from sign_in_flow where tenant = $1');
const unlink = sql('unlink-member', 'update member set issuer = null, subject = null where tenant = $1 and user_id = $2');

/** With whom a tenant's people sign in (S15, OpenID Connect). */
export type Provider = {
  /** As the provider writes it of itself. */
  readonly issuer: string;
  readonly clientId: string;
  /** Empty: a public client, which PKCE alone guards. */
  readonly secret: string;
  /** The claim that holds the login. */
  readonly claim: string;
  /** The role that people get who are not known here yet; absent: they are refused. */
  readonly unknownRole: RoleName | undefined;
  /** Whether people of this tenant may sign in by password as well. */
  readonly passwords: boolean;
};

type Columns = {
  readonly issuer: string;
  readonly client_id: string;
  readonly secret: string;
  readonly claim: string;
  readonly unknown_role: string | null;
  readonly passwords: boolean;
};

/** The provider of a tenant; undefined where it has none, or there is no such tenant. */
export async function readProvider(on: Sql, tenant: string): Promise<Provider | undefined> {
  const [row] = await on.run<Columns>(providerOf, [tenant]);
  if (row === undefined) return undefined;
  const { issuer, client_id: clientId, secret, claim, unknown_role: role, passwords } = row;
  return { issuer, clientId, secret, claim, unknownRole: role !== null && isRoleName(role) ? role : undefined, passwords };
}

/** How people of a tenant may sign in; of one that does not exist nothing else is said than of one without a provider. */
export async function waysToSignIn(storage: Storage, tenant: string): Promise<SignInWays> {
  const provider = isTenantName(tenant) ? await storage.transaction(tenant, 'read', (on) => readProvider(on, tenant)) : undefined;
  return { password: provider?.passwords ?? true, organisation: provider !== undefined };
}

/** Lets people of a tenant sign in with a provider, in place of the one before. Throws an Error with what does not fit. */
export async function setProvider(storage: Storage, tenant: string, provider: Provider): Promise<void> {
  const { issuer, clientId, secret, claim, unknownRole, passwords } = provider;
  if (!isIssuer(issuer)) throw new Error(`${issuer} is no issuer: https://…, or http:// on this very machine, without query.`);
  if (clientId === '') throw new Error('The client ID that the provider knows Satchel by is missing (--client).');
  if (!/^[\w.:/-]{1,100}$/.test(claim)) throw new Error(`${claim} is no name of a claim.`);
  if ((await storage.global(tenantThere, [tenant])).length === 0) throw new Error(`There is no tenant ${tenant}.`);
  await storage.transaction(tenant, 'write', async (on) => {
    await on.run(putProvider, [tenant, issuer, clientId, secret, claim, unknownRole ?? null, passwords]);
    // what is under way with the one before is over
    await on.run(dropFlows, [tenant]);
  });
}

/** An issuer may end with a slash and then has to be written so; else it is an address like a server's. */
function isIssuer(text: string): boolean {
  return isServerAddress(text.replace(/\/$/, '').toLowerCase());
}

/** Ends signing in with the organisation's provider; passwords count again. Answers whether there was one. */
export async function removeProvider(storage: Storage, tenant: string): Promise<boolean> {
  return storage.transaction(tenant, 'write', async (on) => {
    await on.run(dropFlows, [tenant]);
    return (await on.run(dropProvider, [tenant])).length > 0;
  });
}

/** Forgets who somebody is at the provider: their next sign-in there ties them anew, by the claim. */
export async function unlinkMember(storage: Storage, tenant: string, user: string): Promise<void> {
  await storage.transaction(tenant, 'write', (on) => on.run(unlink, [tenant, user]));
}
