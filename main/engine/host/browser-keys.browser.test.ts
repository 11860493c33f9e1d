import { expect, test } from 'vitest';
import { browserKeys } from './browser-keys.ts';

const read = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('IndexedDB failed'));
  });

test('S15 secrets outlive the page, each under its name, and lie nowhere as they are', async () => {
  const keys = browserKeys(indexedDB, 'keys-test');
  expect(await keys.get('token')).toBeUndefined();
  await keys.set('token', 'acme.a-very-secret-token');
  await keys.set('other', 'another');
  const again = browserKeys(indexedDB, 'keys-test');
  expect([await again.get('token'), await again.get('other')]).toEqual(['acme.a-very-secret-token', 'another']);
  await again.remove('other');
  expect(await keys.get('other')).toBeUndefined();

  const store = (await read(indexedDB.open('keys-test-secrets'))).transaction('secrets').objectStore('secrets');
  const kept = await read(store.getAll());
  const texts = kept.map((one) =>
    one instanceof CryptoKey ? '' : new TextDecoder('latin1').decode((one as { sealed: ArrayBuffer }).sealed),
  );
  expect(texts.join()).not.toContain('secret-token');
  const key = kept.find((one) => one instanceof CryptoKey);
  expect(key?.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', key as CryptoKey)).rejects.toThrow();
});

test('S15 one sealed secret is not taken for another', async () => {
  const keys = browserKeys(indexedDB, 'keys-swapped');
  await keys.set('a', 'one');
  const database = await read(indexedDB.open('keys-swapped-secrets'));
  const sealed = await read(database.transaction('secrets').objectStore('secrets').get('a'));
  await read(database.transaction('secrets', 'readwrite').objectStore('secrets').put(sealed, 'b'));
  await expect(keys.get('b')).rejects.toMatchObject({ code: 'storage' });
});
