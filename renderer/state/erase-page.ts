import { forgetDrafts } from './draft-storage.ts';

/** What no record stands in: who this browser is, that it has a store, its colours. */
const STAYS: ReadonlySet<string> = new Set(['satchel.device', 'satchel.store', 'satchel.colours']);
/** In a tab's own storage: for which erasing it has done so. */
const DONE = 'satchel.erased';

/** Whether this tab has forgotten what pages keep, for the erasing that was asked for at this moment. */
export function isPageErased(asked: string): boolean {
  return sessionStorage.getItem(DONE) === asked;
}

/** Forgets all that pages keep by themselves of records (S15): drafts, what was looked at last, how lists were arranged. Rejects where the disk does not. */
export async function erasePage(asked: string): Promise<void> {
  for (const name of Object.keys(localStorage)) if (!STAYS.has(name)) localStorage.removeItem(name);
  await forgetDrafts();
  sessionStorage.clear();
  sessionStorage.setItem(DONE, asked);
}
