const DEVICE = 'satchel.device';
const STORE = 'satchel.store';

/** What this browser remembers beside the store. */
export type BrowserProfile = {
  readonly deviceId: string;
  /** A store was opened here before. */
  readonly storeExpected: boolean;
  readonly rememberStore: () => void;
};

/** Reads the profile and gives this browser its identity where it has none. */
export function readProfile(storage: Pick<Storage, 'getItem' | 'setItem'>, newId: () => string): BrowserProfile {
  const known = storage.getItem(DEVICE);
  const deviceId = known ?? newId();
  if (known === null) storage.setItem(DEVICE, deviceId);
  return {
    deviceId,
    storeExpected: storage.getItem(STORE) !== null,
    rememberStore: () => storage.setItem(STORE, '1'),
  };
}
