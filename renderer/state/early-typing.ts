/** A screen that takes this long to come has failed; its keys are shortcuts again. */
const PATIENCE_MS = 3_000;

let kept: { readonly text: string; readonly since: number } | undefined;

/** From now on what is typed is for the field of the screen that is on its way, which has not the focus yet. `now` in milliseconds. */
export function awaitTyping(now: number): void {
  kept = { text: '', since: now };
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'timeStamp'>;

/** Keeps a key for the awaited field; answers whether it did, for then it is no shortcut. */
export function keepTyped({ key, ctrlKey, metaKey, altKey, timeStamp }: Press): boolean {
  if (kept === undefined || ctrlKey || metaKey || altKey) return false;
  if (timeStamp - kept.since > PATIENCE_MS || key === 'Escape') {
    kept = undefined;
    return false;
  }
  if (key === 'Backspace') kept = { ...kept, text: kept.text.slice(0, -1) };
  else if (key.length === 1) kept = { ...kept, text: kept.text + key };
  else return false;
  return true;
}

/** Hands over what was typed meanwhile, once: to the field that has the focus now. */
export function handTyped(onText: (text: string) => void): void {
  const text = kept?.text ?? '';
  kept = undefined;
  if (text !== '') onText(text);
}
