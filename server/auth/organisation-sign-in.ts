import { randomBytes } from 'node:crypto';
import type { BegunSignIn, Tokens } from '#shared/contract/sync-contract.ts';
import { SyncError } from '../http/sync-error.ts';
import type { Log } from '../log.ts';
import type { PushTools } from '../push/push-group.ts';
import { isTenantName, type Sql } from '../storage/storage.ts';
import { ProviderError, type OidcClient } from './oidc-client.ts';
import { personOf, type NotLetIn } from './person-of-identity.ts';
import { readProvider } from './provider.ts';
import { hashToken, newCode, newToken, readCode, tenantOf } from './secrets.ts';
import { beginFlow, countMiss, endFlow, knowFlow, leaveFlow, readFlow, returnFlow } from './sign-in-flow.ts';
import { grantDevice, refuseMember, type SignIns } from './sign-in.ts';

/** So long somebody may take at the provider's. */
const FLOW_MS = 15 * 60_000;
/** So long the code counts that the page shows. */
const CODE_MS = 5 * 60_000;
const MOST_TRIES = 5;

export type OrganisationSignIns = SignIns &
  Pick<PushTools, 'newId'> & {
    readonly oidc: OidcClient;
    readonly log: Log;
    /** Where people and providers reach this server; absent: nobody signs in so. */
    readonly publicUrl: string | undefined;
  };

/** Why the browser's part ended without a code. */
export type PageRefusal = NotLetIn | 'over' | 'refused' | 'provider';

const noProvider = (): SyncError =>
  new SyncError('not-found', 'This organisation has no sign-in of its own in the central store. Sign in by password.');

/** The address to which a provider sends people back; each tenant has its own, so that no provider gets another one's code (RFC 9700, 4.4). */
export function redirectOf(publicUrl: string, tenant: string): string {
  return `${publicUrl}/sign-in/back/${tenant}`;
}

/** A device begins (S15). Throws SyncError where the tenant has no provider. */
export async function beginOrganisation(
  { storage, now, publicUrl }: OrganisationSignIns,
  { tenant, deviceName }: { readonly tenant: string; readonly deviceName: string },
): Promise<BegunSignIn> {
  if (!isTenantName(tenant)) throw noProvider();
  const ticket = newToken(tenant);
  const link = newToken(tenant);
  await storage.transaction(tenant, 'write', async (on) => {
    if ((await readProvider(on, tenant)) === undefined) throw noProvider();
    if (publicUrl === undefined)
      throw new SyncError('unavailable', 'The central store does not say under which address it is reached (SATCHEL_PUBLIC_URL).');
    const flow = { ticket: hashToken(ticket), link: hashToken(link), deviceName };
    await beginFlow(on, tenant, { ...flow, now: new Date(now()), until: new Date(now() + FLOW_MS) });
  });
  return { ticket, page: `${publicUrl}/sign-in/go?flow=${link}`, expiresIn: FLOW_MS / 1_000 };
}

/** The browser goes to the provider: where to, and the secret that this browser keeps until it comes back. */
export async function goToProvider(
  tools: OrganisationSignIns,
  link: string,
): Promise<{ readonly to: string; readonly state: string; readonly secret: string } | { readonly why: PageRefusal }> {
  const { storage, now, oidc, publicUrl } = tools;
  const tenant = tenantOf(link);
  if (!isTenantName(tenant) || publicUrl === undefined) return { why: 'over' };
  const attempt = { state: newToken(tenant), nonce: secretText(), verifier: secretText() };
  const secret = secretText();
  const provider = await storage.transaction(tenant, 'write', async (on) => {
    const flow = { link: hashToken(link), state: hashToken(attempt.state), browser: hashToken(secret), now: new Date(now()) };
    const isOpen = await leaveFlow(on, tenant, { ...flow, nonce: attempt.nonce, verifier: attempt.verifier });
    return isOpen ? readProvider(on, tenant) : undefined;
  });
  if (provider === undefined) return { why: 'over' };
  try {
    return { to: await oidc.authorize(provider, redirectOf(publicUrl, tenant), attempt), state: attempt.state, secret };
  } catch (thrown) {
    return { why: failed(tools, tenant, thrown) };
  }
}

/** The browser comes back from the provider: the code for the device, or why there is none. */
export async function comeBack(
  tools: OrganisationSignIns,
  given: { readonly tenant: string; readonly answer: URLSearchParams; readonly secretOf: (state: string) => string | undefined },
): Promise<{ readonly code: string; readonly deviceName: string } | { readonly why: PageRefusal }> {
  const { storage, now, oidc, log, publicUrl } = tools;
  const { tenant, answer } = given;
  const state = answer.get('state') ?? '';
  const secret = given.secretOf(state);
  if (publicUrl === undefined || !isTenantName(tenant) || tenantOf(state) !== tenant || secret === undefined) return { why: 'over' };
  const found = await storage.transaction(tenant, 'write', async (on) => {
    const flow = await returnFlow(on, tenant, hashToken(state), hashToken(secret), new Date(now()));
    const provider = flow && (await readProvider(on, tenant));
    return provider && { flow, provider };
  });
  if (found === undefined) return { why: 'over' };
  const { flow, provider } = found;
  try {
    const { nonce, verifier } = flow;
    const identity = await oidc.identify(provider, redirectOf(publicUrl, tenant), { state, nonce, verifier }, answer);
    const person = await personOf(tools, tenant, provider, identity);
    if ('why' in person) {
      log('organisation-sign-in', { tenant, outcome: person.why });
      return person;
    }
    const code = newCode();
    const until = new Date(now() + CODE_MS);
    const isOpen = await storage.transaction(tenant, 'write', (on) =>
      knowFlow(on, tenant, flow.ticket, person.user, hashToken(code), until),
    );
    return isOpen ? { code, deviceName: flow.deviceName } : { why: 'over' };
  } catch (thrown) {
    return { why: failed(tools, tenant, thrown) };
  }
}

/** What is wrong with the provider goes to the log, not onto the page. */
function failed({ log }: OrganisationSignIns, tenant: string, thrown: unknown): PageRefusal {
  if (!(thrown instanceof ProviderError)) throw thrown;
  log('organisation-sign-in', { tenant, outcome: 'provider', reason: thrown.reason });
  return thrown.reason === 'access_denied' ? 'refused' : 'provider';
}

/**
 * The device brings the code that the page shows, and gets its tokens. Ticket and code belong together: neither is good alone, the code
 * counts once, for some minutes, and five wrong ones end it. Throws SyncError.
 */
export async function finishOrganisation(
  tools: OrganisationSignIns,
  given: { readonly ticket: string; readonly code: string; readonly device: { readonly id: string; readonly name: string } },
): Promise<Tokens & { readonly login: string }> {
  const tenant = tenantOf(given.ticket);
  if (!isTenantName(tenant)) throw over();
  const ticket = hashToken(given.ticket);
  const outcome = await tools.storage.transaction(tenant, 'write', async (on) => {
    const flow = await readFlow(on, tenant, ticket, new Date(tools.now()));
    if (flow === undefined) return over();
    if (flow.user === undefined)
      return new SyncError('approval-needed', 'Sign in on the page of your organisation first. It then shows a code.');
    if (flow.code !== hashToken(readCode(given.code))) return miss(on, tenant, ticket, flow.tries + 1);
    // where the device may not come back under its ID, nothing is used up: it comes again under another
    const login = await refuseMember(on, tenant, flow.user);
    const granted = await grantDevice(on, tools, { tenant, user: flow.user, device: given.device, approve: async () => undefined });
    await endFlow(on, tenant, ticket);
    return { ...granted, login };
  });
  // said only now, so that what was counted stays counted
  if (outcome instanceof SyncError) throw outcome;
  return outcome;
}

const over = (): SyncError => new SyncError('unauthorized', 'This sign-in is over. Begin again.');

async function miss(on: Sql, tenant: string, ticket: string, tries: number): Promise<SyncError> {
  if (tries >= MOST_TRIES) {
    await endFlow(on, tenant, ticket);
    return over();
  }
  await countMiss(on, tenant, ticket);
  return new SyncError('approval-needed', 'This code is not right. It stands on the page that opened in your browser.');
}

const secretText = (): string => randomBytes(32).toString('base64url');

/** For the command line: what a provider has to know of this server. */
export function redirectLine(publicUrl: string | undefined, tenant: string): string {
  return publicUrl === undefined
    ? 'Set SATCHEL_PUBLIC_URL to the address of the server: without it nobody can sign in so.'
    : `Redirect address to register with the provider: ${redirectOf(publicUrl, tenant)}`;
}
