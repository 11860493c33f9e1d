import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const derive = promisify(argon2);

async function tagOf(password: string, nonce: Buffer): Promise<Buffer> {
  return derive('argon2id', { message: password.normalize('NFKC'), nonce, ...COST });
}

/** A password as it is kept: argon2id with a salt of its own (S15). */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  return `argon2id$${nonce.toString('base64url')}$${(await tagOf(password, nonce)).toString('base64url')}`;
}

/** Stands in place of a password where somebody has none: they sign in with their organisation. */
export const NO_PASSWORD = 'none';

/** Whether a password is the one kept; takes as long where there is none, so that logins cannot be told by the time. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const isKept = kept !== undefined && kept !== NO_PASSWORD;
  const [, nonce = '', tag = ''] = (isKept ? kept : NOBODY).split('$');
  const expected = Buffer.from(tag, 'base64url');
  const actual = await tagOf(password, Buffer.from(nonce, 'base64url'));
  return isKept && expected.length === actual.length && timingSafeEqual(expected, actual);
}

const NOBODY = `argon2id$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`;

/** What is kept of a token: it has 256 random bits, so a plain hash is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** A token that names its tenant, so that it is looked for only there. */
export function newToken(tenant: string): string {
  return `${tenant}.${randomBytes(32).toString('base64url')}`;
}

/** The tenant that a token names. */
export function tenantOf(token: string): string {
  return token.slice(0, Math.max(0, token.indexOf('.')));
}

/** Letters that cannot be taken for one another, read out over the telephone. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** An approval code of ten letters and digits, in two groups. */
export function newCode(): string {
  const text = Array.from(randomBytes(40), (byte) => (byte < 240 ? LETTERS[byte % LETTERS.length] : ''))
    .join('')
    .slice(0, 10);
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

/** A code as it was meant, however it was typed. */
export function readCode(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}
