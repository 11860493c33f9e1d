import { createHash } from 'node:crypto';
import type { PageRefusal } from '../auth/organisation-sign-in.ts';

/** A page of the server's own: whole, without scripts, pictures or anything from elsewhere. */
export type OwnPage = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;display:grid;place-items:center;min-height:100vh}
main{max-width:30rem;padding:2rem}
h1{font-size:1.25rem}
output{display:block;font:600 2rem/1.4 ui-monospace,monospace;letter-spacing:.08em;user-select:all;margin:1rem 0}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** No page of ours may be framed, kept, or tell others where somebody came from. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);

function page(status: number, title: string, inside: readonly string[]): OwnPage {
  const body = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title} · Satchel</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>`,
    ...inside,
    '</main></body></html>',
  ].join('\n');
  const policy = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return { status, headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }, body };
}

/** The code for the device that asked, and the warning that belongs to it: whoever else asks for it wants to sign in as this person. */
export function codePage(code: string, deviceName: string): OwnPage {
  return page(200, 'You are signed in', [
    `<p>Type this code into Satchel on <b>${escaped(deviceName)}</b>. It counts once, for five minutes.</p>`,
    `<output aria-label="Code">${escaped(code)}</output>`,
    '<p>Tell it nobody. Did you not begin to sign in with Satchel just now? Then somebody else did: close this page and type the code nowhere.</p>',
  ]);
}

const WORDS: Readonly<Record<PageRefusal, readonly [status: number, text: string]>> = {
  over: [410, 'This sign-in is over, was used already, or began in another browser. Go back to Satchel and begin again.'],
  refused: [403, 'Your organisation did not let you in, or you cancelled. Go back to Satchel to begin again.'],
  provider: [
    502,
    'The sign-in of your organisation does not work at the moment. Try again later; whoever runs the central store sees why in its log.',
  ],
  'no-login': [403, 'Your organisation does not say under which login you are known here. Tell whoever runs the central store.'],
  'email-unverified': [403, 'Your organisation has not verified your e-mail address, so it cannot be taken for your login.'],
  'unknown-person': [403, 'Nobody with your login is known in this workspace. Ask its administrator to add you.'],
  'switched-off': [403, 'Your account in this workspace is switched off. Ask its administrator.'],
  'login-of-another': [403, 'Your login belongs to somebody else in this workspace. Ask its administrator.'],
};

/** Why there is no code. */
export function refusalPage(why: PageRefusal): OwnPage {
  const [status, text] = WORDS[why];
  return page(status, 'You are not signed in', [`<p>${text}</p>`]);
}

/** Sends the browser on; `cookie` is set on the way. */
export function redirectPage(to: string, cookie: string): OwnPage {
  return { status: 303, headers: { ...HEADERS, location: to, 'set-cookie': cookie }, body: '' };
}
