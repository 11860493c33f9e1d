import { hasValues, isFormDraft, type FormDraft } from '../ui/record-form/form-draft.ts';

/** Each draft under a key of its own: two windows never overwrite each other's. */
const PREFIX = 'satchel.draft:';
const DATABASE = 'satchel-drafts';
const TABLE = 'drafts';
/** How long typing rests before the disk is asked to hold it. */
const REST_MS = 120;

export type KeptDraft = { readonly key: string; readonly draft: FormDraft };

/** A draft as the browser's own storage holds it; one without values says that it is gone. */
export function parseDraft(text: string | null): FormDraft | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isFormDraft(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The key of a draft's place in the browser's own storage; undefined for everything else there. */
export function draftKeyOf(storageKey: string): string | undefined {
  return storageKey.startsWith(PREFIX) ? storageKey.slice(PREFIX.length) : undefined;
}

/** What the browser's own storage holds: written at every keystroke, known at once, but flushed to the disk seconds later. */
export function readQuick(): readonly KeptDraft[] {
  return Object.keys(localStorage).flatMap((name) => {
    const key = draftKeyOf(name);
    const draft = key === undefined ? undefined : parseDraft(localStorage.getItem(name));
    return key === undefined || draft === undefined ? [] : [{ key, draft }];
  });
}

/** One without values stays until the disk has forgotten the draft, so that it does not come back with the next start. */
export function writeQuick(key: string, draft: FormDraft): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    // full or switched off: the durable copy holds it
  }
}

let opening: Promise<IDBDatabase | undefined> | undefined;

function open(): Promise<IDBDatabase | undefined> {
  opening ??= new Promise((resolve) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    // the quick copy remains
    request.onerror = () => resolve(undefined);
  });
  return opening;
}

/** What the disk holds for certain: it outlives a kill of the whole browser. */
export async function readDurable(): Promise<readonly KeptDraft[]> {
  const database = await open();
  if (database === undefined) return [];
  return new Promise((resolve) => {
    const found: KeptDraft[] = [];
    const request = database.transaction(TABLE).objectStore(TABLE).openCursor();
    request.onerror = () => resolve(found);
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor === null) return resolve(found);
      const draft: unknown = cursor.value;
      if (typeof cursor.key === 'string' && isFormDraft(draft)) found.push({ key: cursor.key, draft });
      return cursor.continue();
    };
  });
}

const waiting = new Map<string, FormDraft>();
let timer: ReturnType<typeof setTimeout> | undefined;

async function flush(): Promise<void> {
  timer = undefined;
  const database = await open();
  if (database === undefined || waiting.size === 0) return;
  const transaction = database.transaction(TABLE, 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore(TABLE);
  const gone: string[] = [];
  for (const [key, draft] of waiting) {
    if (hasValues(draft)) store.put(draft, key);
    else {
      store.delete(key);
      gone.push(key);
    }
  }
  waiting.clear();
  transaction.oncomplete = () => {
    for (const key of gone) {
      const now = parseDraft(localStorage.getItem(PREFIX + key));
      if (now !== undefined && !hasValues(now)) localStorage.removeItem(PREFIX + key);
    }
  };
}

/** Forgets every draft that the disk holds, and what was to be handed to it. */
export async function forgetDrafts(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  waiting.clear();
  const database = await open();
  if (database === undefined) return;
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(TABLE, 'readwrite', { durability: 'strict' });
    transaction.objectStore(TABLE).clear();
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('not forgotten'));
  });
}

/** Hands a draft (or its end) to the disk, at most some times a second however fast someone types. */
export function writeDurable(key: string, draft: FormDraft): void {
  waiting.set(key, draft);
  timer ??= setTimeout(() => void flush(), REST_MS);
}
