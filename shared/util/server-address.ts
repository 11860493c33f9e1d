import { AppError } from '../errors/app-error.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const ADDRESS = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?((?:\/[\w.~-]+)*)\/?$/;
const HIGHEST_PORT = 65_535;

/**
 * The base URL of a central store as it is kept: lower case, no slash at its end; `https://` is added where a person left it out, `http://` on this
 * very machine. Only
 * https, or http on this very machine. Throws AppError `validation` with what is wrong.
 */
export function serverAddress(typed: string): string {
  const trimmed = typed.trim();
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(trimmed) ?? [];
  const [host = '', ...path] = rest.split('/');
  const usual = LOOPBACK.has(host.toLowerCase().replace(/:\d+$/, '')) ? 'http://' : 'https://';
  const full = `${(scheme || usual).toLowerCase()}${host.toLowerCase()}${path.map((part) => `/${part}`).join('')}`;
  const read = ADDRESS.exec(full);
  if (read === null || full.includes('/..') || full.includes('/./') || Number(read[3] ?? 1) > HIGHEST_PORT || Number(read[3] ?? 1) === 0)
    throw wrong('This is not the address of a central store. It looks like https://satchel.example.com.');
  const [, protocol, name = ''] = read;
  if (protocol === 'http' && !LOOPBACK.has(name))
    throw wrong('Satchel talks to a central store over https only, so that nobody on the way can read along.');
  return full.replace(/\/+$/, '');
}

/** Whether a text is such an address, as it is kept. */
export function isServerAddress(text: string): boolean {
  try {
    return serverAddress(text) === text;
  } catch {
    return false;
  }
}

const wrong = (message: string): AppError =>
  new AppError('validation', message, { field: 'server', wayOut: 'Ask who runs it for its address.' });
