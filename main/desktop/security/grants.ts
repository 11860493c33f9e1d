import { pageAt, type Page } from './sender.ts';

/** What a page may have without asking: the UI may put text on the clipboard, the engine may keep its store for good. */
const granted: Record<Page, readonly string[]> = { ui: ['clipboard-sanitized-write'], engine: ['persistent-storage'] };

/** Whether a page's wish is granted; `url` is the asking frame's. */
export function isGranted(permission: string, url: string, page: Page): boolean {
  return pageAt(url) === page && granted[page].includes(permission);
}

const ours = /^(?:app:\/\/ui\/|blob:app:\/\/ui\/|data:)/;

/** Whether a page may load this at all. Our policy says so too; this holds where a policy does not reach. */
export function mayLoad(url: string): boolean {
  return ours.test(url);
}
