/** A pressed key as bindings write it: `ctrl+k`, `alt+arrowleft`, `g`, `?`. ⌘ counts as Ctrl. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const isSign = key.length === 1 && !/[a-z]/.test(key);
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('ctrl');
  if (event.altKey) parts.push('alt');
  // Shift is already in a sign such as "?"
  if (event.shiftKey && !isSign) parts.push('shift');
  return [...parts, key].join('+');
}

export type KeyMatch<B> = { readonly found: B } | { readonly waiting: true } | { readonly none: true };

/** What the keys pressed so far mean: a binding, the beginning of one, or nothing. Later bindings win over earlier ones. */
export function matchKeys<B extends { readonly keys?: string | undefined }>(
  pressed: readonly string[],
  bindings: readonly B[],
): KeyMatch<B> {
  const typed = pressed.join(' ');
  const found = bindings.findLast((binding) => binding.keys === typed);
  if (found) return { found };
  return bindings.some((binding) => binding.keys?.startsWith(`${typed} `) === true) ? { waiting: true } : { none: true };
}

/** Whether a binding is one key without Ctrl or Alt, which must not fire while someone types. */
export function isSingleKey(keys: string): boolean {
  return !/ctrl\+|alt\+/.test(keys) && !/^f\d+$/.test(keys);
}

const SIGNS: Readonly<Record<string, string>> = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  enter: '↵',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  escape: 'Esc',
  space: 'Space',
};

/** The caps of a binding in the order they are pressed: `g p` → [[G], [P]], `ctrl+k` → [[Ctrl, K]]. */
export function keyCaps(keys: string): readonly (readonly string[])[] {
  return keys.split(' ').map((press) => press.split('+').map((part) => SIGNS[part] ?? part.toUpperCase()));
}

/** A binding in words for a tooltip: "Ctrl+K", "G then P". */
export function keyWords(keys: string): string {
  return keyCaps(keys)
    .map((caps) => caps.join('+'))
    .join(' then ');
}
