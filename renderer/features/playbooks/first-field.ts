/** Whoever has added or taken out an entry goes on in the first field: the button that had the focus is gone or disabled. */
export function toFirstField({ currentTarget }: { readonly currentTarget: Element }): void {
  currentTarget.closest('[data-body]')?.querySelector<HTMLElement>('input, textarea, select')?.focus();
}
