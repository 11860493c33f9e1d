import type { Page } from './sender.ts';

/** What a page may have without asking: the UI may put text on the clipboard, the engine may keep its store for good. */
const granted: Record<Page, readonly string[]> = { ui: ['clipboard-sanitized-write'], engine: ['persistent-storage'] };

/** Whether a wish from within a page's session is granted; `asker` is the frame's address, or its origin where a worker asks. */
export function isGranted(permission: string, asker: string, page: Page): boolean {
  return /^app:\/\/ui(?:\/|$)/.test(asker) && granted[page].includes(permission);
}

const ours = /^(?:app:\/\/ui\/|blob:app:\/\/ui\/|data:)/;

/** Whether a page may load this at all. Our policy says so too; this holds where a policy does not reach. */
export function mayLoad(url: string, devTools: boolean): boolean {
  return ours.test(url) || (devTools && url.startsWith('devtools://'));
}
