import { createHash } from 'node:crypto';
import { beginOrganisationSchema, finishOrganisationSchema, waysSchema } from '#shared/contract/sync-contract.ts';
import { z } from 'zod';
import { beginOrganisation, comeBack, finishOrganisation, goToProvider } from '../auth/organisation-sign-in.ts';
import { waysToSignIn } from '../auth/provider.ts';
import { route, type Route, type ServerTools } from './route.ts';
import { codePage, redirectPage, refusalPage } from './sign-in-pages.ts';

const MAX_AGE_S = 900;
const text = z.string().max(4_000);

/** Each flow has a cookie of its own, so that two tabs do not disturb one another. */
const cookieName = (state: string): string => `satchel-sign-in-${createHash('sha256').update(state).digest('hex').slice(0, 12)}`;

function setCookie({ publicUrl = '' }: ServerTools, state: string, secret: string): string {
  const { protocol, pathname } = new URL(publicUrl);
  const path = `${pathname.replace(/\/$/, '')}/sign-in/`;
  // Lax: it comes along when the provider sends the person back, and with nothing that another page fetches
  const parts = [`${cookieName(state)}=${secret}`, `Path=${path}`, `Max-Age=${MAX_AGE_S}`, 'HttpOnly', 'SameSite=Lax'];
  return [...parts, ...(protocol === 'https:' ? ['Secure'] : [])].join('; ');
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Signing in with the organisation's provider (S15, ADR 0019). */
export const SIGN_IN_ROUTES: readonly Route[] = [
  route('GET', '/v1/sign-in/ways', 'sign-in', waysSchema, ({ tools, body }) => waysToSignIn(tools.storage, body.tenant)),
  route('POST', '/v1/sign-in/organisation', 'sign-in', beginOrganisationSchema, ({ tools, body }) => beginOrganisation(tools, body)),
  route('POST', '/v1/sign-in/organisation/finish', 'sign-in', finishOrganisationSchema, ({ tools, body }) =>
    finishOrganisation(tools, body),
  ),
  route('GET', '/sign-in/go', 'page', z.strictObject({ flow: z.string().max(200) }), async ({ tools, body }) => {
    const gone = await goToProvider(tools, body.flow);
    return { page: 'why' in gone ? refusalPage(gone.why) : redirectPage(gone.to, setCookie(tools, gone.state, gone.secret)) };
  }),
  // providers add parameters of their own, which a client has to leave alone (RFC 6749, 4.1.2)
  route('GET', '/sign-in/back/:tenant', 'page', z.record(z.string().max(100), text), async ({ tools, body, cookie }) => {
    const { tenant = '', ...given } = body;
    const answer = new URLSearchParams(given);
    const done = await comeBack(tools, { tenant, answer, secretOf: (state) => cookieOf(cookie, cookieName(state)) });
    return { page: 'why' in done ? refusalPage(done.why) : codePage(done.code, done.deviceName) };
  }),
];
