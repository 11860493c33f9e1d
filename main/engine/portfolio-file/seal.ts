import type { Header } from './format.ts';

const toText = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromText = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

const ITERATIONS = 600_000;
/** A file asking for more key work than this would only stall the reader. */
const MOST_ITERATIONS = 10_000_000;

export type Seal = {
  readonly close: (index: number, name: string, payload: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
  /** Rejects when the passphrase is wrong or the payload was altered. */
  readonly open: (index: number, name: string, payload: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
};

/** Parameters of a new seal: fresh salt and nonce. */
export function newSealParameters(): NonNullable<Header['seal']> {
  return {
    kdf: 'PBKDF2-SHA-256',
    iterations: ITERATIONS,
    salt: toText(crypto.getRandomValues(new Uint8Array(16))),
    nonce: toText(crypto.getRandomValues(new Uint8Array(8))),
  };
}

/**
 * AES-256-GCM under a key from the passphrase. Each frame has its own initialisation vector (the file's nonce and the
 * frame's index) and is bound to its name.
 */
export async function sealWith(passphrase: string, parameters: NonNullable<Header['seal']>): Promise<Seal> {
  const iterations = Math.min(parameters.iterations, MOST_ITERATIONS);
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase.normalize('NFC')), 'PBKDF2', false, [
    'deriveKey',
  ]);
  const salt = fromText(parameters.salt);
  const key = await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', iterations, salt },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
  const nonce = fromText(parameters.nonce);
  const algorithm = (index: number, name: string) => {
    const iv = new Uint8Array(12);
    iv.set(nonce.subarray(0, 8));
    new DataView(iv.buffer).setUint32(8, index);
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
  };
  return {
    close: async (index, name, payload) => new Uint8Array(await crypto.subtle.encrypt(algorithm(index, name), key, payload)),
    open: async (index, name, payload) => new Uint8Array(await crypto.subtle.decrypt(algorithm(index, name), key, payload)),
  };
}
