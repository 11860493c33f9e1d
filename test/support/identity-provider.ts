// An OpenID Connect provider of tests: real signatures and real HTTP on loopback, and it can be told to answer wrongly.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Readonly<Record<string, unknown>>;
/** What the next answers differ in from right ones. */
export type Lies = {
  /** Claims of the ID token in place of the right ones; undefined leaves one out. */
  readonly claims?: Json;
  /** Signs with a key that is not published. */
  readonly otherKey?: boolean;
  /** Sends the ID token without a signature (`alg: none`). */
  readonly unsigned?: boolean;
  /** What the discovery document says otherwise. */
  readonly discovery?: Json;
  /** The issuer that comes back beside the code (RFC 9207). */
  readonly iss?: string;
  /** Whoever comes is this one, without being asked. */
  readonly visitor?: Json;
};

export type IdentityProvider = {
  readonly issuer: string;
  readonly lie: (lies: Lies) => void;
  /** Signs somebody in at the address where a browser was sent: answers where the browser goes from there. */
  readonly signIn: (address: string, person: Json) => string;
  /** Codes that were exchanged, with the redirect address that was named. */
  readonly exchanged: readonly string[];
  readonly close: () => Promise<void>;
};

const CLIENT = { id: 'satchel', secret: 'provider & secret' };
export const TEST_CLIENT = CLIENT;

const base64 = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const newKey = () =>
  crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2_048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  );

/** Opens a provider that judges times by `now`, in milliseconds. */
export async function openIdentityProvider(now: () => number): Promise<IdentityProvider> {
  const [key, otherKey] = await Promise.all([newKey(), newKey()]);
  const published = { ...(await crypto.subtle.exportKey('jwk', key.publicKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  const codes = new Map<string, { readonly asked: URLSearchParams; readonly person: Json }>();
  const exchanged: string[] = [];
  let lies: Lies = {};
  let issuer = '';

  const idToken = async (asked: URLSearchParams, person: Json): Promise<string> => {
    const at = Math.floor(now() / 1_000);
    const claims = { iss: issuer, aud: CLIENT.id, iat: at, exp: at + 300, nonce: asked.get('nonce'), ...person, ...lies.claims };
    if (lies.unsigned === true) return `${base64({ alg: 'none' })}.${base64(claims)}.`;
    const text = `${base64({ alg: 'RS256', kid: 'one' })}.${base64(claims)}`;
    const by = lies.otherKey === true ? otherKey : key;
    const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', by.privateKey, new TextEncoder().encode(text));
    return `${text}.${Buffer.from(signature).toString('base64url')}`;
  };
  const exchange = async (request: IncomingMessage): Promise<readonly [number, Json]> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer); // a stream of bytes
    const given = new URLSearchParams(Buffer.concat(parts).toString());
    const code = given.get('code') ?? '';
    const found = codes.get(code);
    codes.delete(code);
    const encode = (text: string) => new URLSearchParams({ x: text }).toString().slice(2);
    const basic = `Basic ${Buffer.from(`${encode(CLIENT.id)}:${encode(CLIENT.secret)}`).toString('base64')}`;
    if (request.headers.authorization !== basic) return [401, { error: 'invalid_client' }];
    const challenge = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    if (
      found === undefined ||
      found.asked.get('redirect_uri') !== given.get('redirect_uri') ||
      found.asked.get('code_challenge') !== challenge ||
      found.asked.get('code_challenge_method') !== 'S256'
    )
      return [400, { error: 'invalid_grant' }];
    exchanged.push(code);
    return [200, { access_token: randomUUID(), token_type: 'Bearer', id_token: await idToken(found.asked, found.person) }];
  };
  const answer = async (request: IncomingMessage): Promise<readonly [number, Json]> => {
    const { pathname } = new URL(request.url ?? '/', issuer);
    if (pathname === '/.well-known/openid-configuration')
      return [
        200,
        {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          authorization_response_iss_parameter_supported: true,
          ...lies.discovery,
        },
      ];
    if (pathname === '/keys') return [200, { keys: [published] }];
    return pathname === '/token' ? exchange(request) : [404, {}];
  };
  const signIn: IdentityProvider['signIn'] = (address, person) => {
    const asked = new URL(address).searchParams;
    const code = randomUUID();
    codes.set(code, { asked, person });
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    back.searchParams.set('iss', lies.iss ?? issuer);
    // as some providers do, and as a client has to leave alone
    back.searchParams.set('session_state', 'x');
    return back.href;
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (lies.visitor !== undefined && request.url?.startsWith('/authorize') === true)
      return void response.writeHead(303, { location: signIn(`${issuer}${request.url}`, lies.visitor) }).end();
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP

  return {
    issuer,
    exchanged,
    lie: (more) => (lies = more),
    signIn,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
