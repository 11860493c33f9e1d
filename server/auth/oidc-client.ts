import * as oauth from 'oauth4webapi';
import type { Provider } from './provider.ts';

/** What a provider is asked for: who somebody is, and what may hold their login. */
const SCOPES = 'openid email profile';
const DEADLINE_MS = 10_000;
const MOST_BYTES = 512 * 1024;
/** What a provider says of itself is read anew so often; its keys whenever an unknown one signs (oauth4webapi). */
const KEEP_MS = 3_600_000;

/** A fault of the provider's or of what came back from it; `reason` is a word of ours or of the library's, for the log. */
export class ProviderError extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`The provider cannot be used: ${reason}`);
    this.name = 'ProviderError';
    this.reason = reason;
  }
}

/** Who the provider says that somebody is: its own name for them, which never changes, and the claims. */
export type Identity = {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Readonly<Record<string, unknown>>;
};
/** What an attempt keeps until its person comes back. */
export type Attempt = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Talks to providers; one for all tenants, and what providers say of themselves is kept for a while. */
export type OidcClient = {
  /** The address at the provider where the person signs in. Throws ProviderError. */
  readonly authorize: (provider: Provider, redirect: string, attempt: Attempt) => Promise<string>;
  /**
   * Checks what came back and exchanges the code: state, issuer (RFC 9207), PKCE, and of the ID token signature, issuer, audience, times
   * and nonce. Throws ProviderError.
   */
  readonly identify: (provider: Provider, redirect: string, attempt: Attempt, answer: URLSearchParams) => Promise<Identity>;
};

/** Opens the client over the platform's `fetch`. @param now the server's clock, by which tokens are judged */
export function openOidcClient(now: () => number): OidcClient {
  const known = new Map<string, { readonly server: oauth.AuthorizationServer; readonly until: number }>();

  const serverOf = async ({ issuer }: Provider): Promise<oauth.AuthorizationServer> => {
    const kept = known.get(issuer);
    if (kept !== undefined && kept.until > now()) return kept.server;
    const at = new URL(issuer);
    const server = await oauth.processDiscoveryResponse(at, await oauth.discoveryRequest(at, optionsOf(issuer)));
    known.set(issuer, { server, until: now() + KEEP_MS });
    return server;
  };
  const clientOf = ({ clientId }: Provider): oauth.Client => ({
    client_id: clientId,
    [oauth.clockSkew]: Math.round((now() - Date.now()) / 1_000),
    [oauth.clockTolerance]: 30,
  });

  return {
    authorize: async (provider, redirect, { state, nonce, verifier }) => {
      const { authorization_endpoint: endpoint } = await serverOf(provider).catch(asProviderError);
      if (endpoint === undefined || !isSafe(endpoint)) throw new ProviderError('no-authorization-endpoint');
      const address = new URL(endpoint);
      const asked = {
        client_id: provider.clientId,
        redirect_uri: redirect,
        response_type: 'code',
        scope: SCOPES,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      };
      for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
      return address.href;
    },
    identify: async (provider, redirect, { state, nonce, verifier }, answer) => {
      try {
        const server = await serverOf(provider);
        const client = clientOf(provider);
        const options = optionsOf(provider.issuer);
        const params = oauth.validateAuthResponse(server, client, answer, state);
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          authentication(server, provider),
          params,
          redirect,
          verifier,
          options,
        );
        const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: nonce,
          requireIdToken: true,
        });
        // a token straight from the provider need not be checked (OpenID Connect Core 3.1.3.7); it is all the same
        await oauth.validateApplicationLevelSignature(server, response, options);
        const claims = oauth.getValidatedIdTokenClaims(tokens);
        if (claims === undefined) throw new ProviderError('no-id-token');
        const { sub: subject } = claims;
        const isWhole = claims[provider.claim] !== undefined && (provider.claim !== 'email' || claims['email_verified'] !== undefined);
        if (isWhole || server.userinfo_endpoint === undefined) return { issuer: provider.issuer, subject, claims };
        const about = await oauth.userInfoRequest(server, client, tokens.access_token, options);
        const more = await oauth.processUserInfoResponse(server, client, subject, about);
        return { issuer: provider.issuer, subject, claims: { ...claims, ...more } };
      } catch (thrown) {
        return asProviderError(thrown);
      }
    },
  };
}

/** Requests are bounded; http is for a provider on this very machine alone. */
function optionsOf(issuer: string) {
  return {
    // oxlint-disable-next-line typescript/no-deprecated -- marked so to be noticed; here it only serves a provider on this very machine
    [oauth.allowInsecureRequests]: issuer.startsWith('http:'),
    [oauth.customFetch]: async (url: string, init: oauth.CustomFetchOptions<string, unknown>): Promise<Response> => {
      const response = await fetch(url, {
        method: init.method,
        headers: init.headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(DEADLINE_MS),
        ...(init.body instanceof URLSearchParams ? { body: init.body } : {}),
      });
      return new Response(await readSome(response), { status: response.status, headers: response.headers });
    },
  };
}

async function readSome(response: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  if (response.body === null) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.length;
    if (size > MOST_BYTES) throw new ProviderError('answer-too-large');
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** By the way that the provider takes; a public client has none. */
function authentication(server: oauth.AuthorizationServer, { secret }: Provider): oauth.ClientAuth {
  if (secret === '') return oauth.None();
  const ways = server.token_endpoint_auth_methods_supported;
  return ways === undefined || ways.includes('client_secret_basic') ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret);
}

/** Only to a provider over https, or on this very machine. */
function isSafe(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}

/** Faults of the library and of the way, by their code: what they say in words may quote what came from outside. */
function asProviderError(thrown: unknown): never {
  if (thrown instanceof ProviderError) throw thrown;
  if (thrown instanceof oauth.AuthorizationResponseError || thrown instanceof oauth.ResponseBodyError)
    throw new ProviderError(/^[a-z_]{1,40}$/.test(thrown.error) ? thrown.error : 'refused');
  const code = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  throw new ProviderError(code ?? (thrown instanceof Error ? thrown.name : 'unknown'));
}
