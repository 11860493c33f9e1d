import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noncePlaceholder, pageHeaders } from '#shared/util/content-security-policy.ts';
import { servedFile } from '#shared/util/served-files.ts';

export type Page = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer | string };

/**
 * A file of the built application for a browser, under the same policy as everywhere: pages talk to this very server alone. Undefined for
 * what is none.
 */
export async function readPage(folder: string, method: string, url: string): Promise<Page | undefined> {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const file = servedFile(url.split(/[?#]/, 1)[0] ?? '');
  if (file === undefined) return undefined;
  const content = await readFile(join(folder, file.folder, file.path)).catch(() => undefined);
  if (content === undefined) return undefined;
  const nonce = randomBytes(16).toString('base64');
  const body = file.type.startsWith('text/html') ? content.toString('utf8').replaceAll(noncePlaceholder, nonce) : content;
  return { headers: pageHeaders(file.type, nonce), body };
}
