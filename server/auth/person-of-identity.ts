import { cleanText } from '#shared/domain/validate/field-values.ts';
import { createPerson } from '../admin/people.ts';
import type { PushTools } from '../push/push-group.ts';
import { sql, type Sql } from '../storage/storage.ts';
import type { Identity } from './oidc-client.ts';
import type { Provider } from './provider.ts';

const bySubject = sql('member-by-subject', 'select user_id, active from member where tenant = $1 and issuer = $2 and subject = $3');
const byLogin = sql('member-to-tie', 'select user_id, active, issuer, subject from member where tenant = $1 and login = $2 for update');
const tie = sql('tie-member', 'update member set issuer = $3, subject = $4 where tenant = $1 and user_id = $2');

/** Why somebody whom the provider knows does not come in. */
export type NotLetIn = 'no-login' | 'email-unverified' | 'unknown-person' | 'switched-off' | 'login-of-another';
type Found = { readonly user: string } | { readonly why: NotLetIn };

const LONGEST_LOGIN = 320;
const LONGEST_NAME = 200;

/**
 * The person behind an identity. The first time it is tied to the member whose login its claim names; from then on the provider's own name
 * for them counts alone, so that a login that was given to someone else at the provider opens nothing here.
 */
export async function personOf(tools: PushTools, tenant: string, provider: Provider, identity: Identity): Promise<Found> {
  const found = await tools.storage.transaction(tenant, 'write', (on) => knownPerson(on, tenant, provider, identity));
  if (!('why' in found) || found.why !== 'unknown-person' || provider.unknownRole === undefined) return found;
  const login = loginOf(provider, identity);
  if (typeof login !== 'string') return found;
  const named = identity.claims['name'];
  const name = typeof named === 'string' && cleanText(named).trim() !== '' ? cleanText(named).trim().slice(0, LONGEST_NAME) : login;
  // somebody who came at the same moment may have been quicker; then they are known now
  await createPerson(tools, tenant, { login, name, password: undefined, manager: undefined, roles: [provider.unknownRole] }).catch(
    () => undefined,
  );
  return tools.storage.transaction(tenant, 'write', (on) => knownPerson(on, tenant, provider, identity));
}

async function knownPerson(on: Sql, tenant: string, provider: Provider, identity: Identity): Promise<Found> {
  const { issuer, subject } = identity;
  const [tied] = await on.run<{ user_id: string; active: boolean }>(bySubject, [tenant, issuer, subject]);
  if (tied !== undefined) return tied.active ? { user: tied.user_id } : { why: 'switched-off' };
  const login = loginOf(provider, identity);
  if (typeof login !== 'string') return login;
  const [member] = await on.run<{ user_id: string; active: boolean; issuer: string | null; subject: string | null }>(byLogin, [
    tenant,
    login,
  ]);
  if (member === undefined) return { why: 'unknown-person' };
  if (!member.active) return { why: 'switched-off' };
  // of another provider, which the tenant had before, nothing is left to hold on to
  if (member.subject !== null && member.issuer === issuer) return { why: 'login-of-another' };
  await on.run(tie, [tenant, member.user_id, issuer, subject]);
  return { user: member.user_id };
}

/** The login that a claim holds. An e-mail address counts only where the provider has seen that it is theirs. */
function loginOf({ claim }: Provider, { claims }: Identity): string | { readonly why: NotLetIn } {
  const value = claims[claim];
  if (typeof value !== 'string' || value.trim() === '' || value.length > LONGEST_LOGIN) return { why: 'no-login' };
  if (claim === 'email' && claims['email_verified'] !== true) return { why: 'email-unverified' };
  return value.trim().toLowerCase();
}
