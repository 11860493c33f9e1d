import type { KeyStore } from '#shared/contract/net.ts';
import { AppError } from '#shared/errors/app-error.ts';

const STORE = 'secrets';
/** Under this name lies the key that the others are encrypted with; no secret of ours is called so. */
const KEY = '#key';
const NONCE_BYTES = 12;

type Sealed = { readonly nonce: Uint8Array<ArrayBuffer>; readonly sealed: ArrayBuffer };

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}

function openDatabase(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const opening = factory.open(name, 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
  return asked(opening);
}

/**
 * Secrets of a browser: sealed by AES-GCM with a key that the browser never gives out, in a database of its own. Whoever copies the
 * profile's files reads no token in them as it is; a script on this very origin could use them, which the page's policy keeps out.
 * @param databaseName of the records; the secrets lie beside them, never among them
 */
export function browserKeys(factory: IDBFactory, databaseName: string): KeyStore {
  let opened: Promise<IDBDatabase> | undefined;
  const database = (): Promise<IDBDatabase> => {
    opened ??= openDatabase(factory, `${databaseName}-secrets`).catch((thrown: unknown) => {
      opened = undefined;
      throw thrown;
    });
    return opened;
  };
  // only this file writes there
  const read = async <T>(name: string): Promise<T | undefined> =>
    asked((await database()).transaction(STORE).objectStore(STORE).get(name)) as Promise<T | undefined>;
  const write = async (act: (store: IDBObjectStore) => void): Promise<void> => {
    const transaction = (await database()).transaction(STORE, 'readwrite', { durability: 'strict' });
    act(transaction.objectStore(STORE));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB failed'));
    });
  };
  const key = async (): Promise<CryptoKey> => {
    const known = await read<CryptoKey>(KEY);
    if (known !== undefined) return known;
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await write((store) => void store.add(made, KEY));
    return made;
  };
  // the secret's name is sealed along, so that one cannot be passed off as another
  const cipher = (name: string, nonce: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv: nonce,
    additionalData: new TextEncoder().encode(name),
  });
  const failing = <T>(work: Promise<T>): Promise<T> =>
    work.catch(() => {
      throw new AppError('storage', 'This browser cannot keep your sign-in safe. Sign in again.', {}, true);
    });
  return {
    get: (name) =>
      failing(
        (async () => {
          const kept = await read<Sealed>(name);
          if (kept === undefined) return undefined;
          return new TextDecoder().decode(await crypto.subtle.decrypt(cipher(name, kept.nonce), await key(), kept.sealed));
        })(),
      ),
    set: (name, value) =>
      failing(
        (async () => {
          const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
          const sealed = await crypto.subtle.encrypt(cipher(name, nonce), await key(), new TextEncoder().encode(value));
          await write((store) => void store.put({ nonce, sealed } satisfies Sealed, name));
        })(),
      ),
    remove: (name) => failing(write((store) => void store.delete(name))),
  };
}
