import { setNonce } from 'get-nonce';

/** This load's nonce for style elements, as the host wrote it into the page. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
}

/** Hands the nonce to the scroll lock behind dialogs, which adds a style element of its own. */
export function shareNonce(): void {
  setNonce(styleNonce());
}
