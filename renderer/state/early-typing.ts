/** A screen that takes this long to come has failed; its keys are shortcuts again. */
const PATIENCE_MS = 3_000;

let kept: { readonly text: string; readonly entered: boolean; readonly since: number } | undefined;

/** From now on what is typed is for the field of the screen that is on its way, which has not the focus yet. `now` in milliseconds. */
export function awaitTyping(now: number): void {
  kept = { text: '', entered: false, since: now };
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'timeStamp'>;

/** Keeps a key for the awaited field; answers whether it did, for then it is no shortcut. */
export function keepTyped({ key, ctrlKey, metaKey, altKey, timeStamp }: Press): boolean {
  if (kept === undefined || ctrlKey || metaKey || altKey) return false;
  if (timeStamp - kept.since > PATIENCE_MS || key === 'Escape') {
    kept = undefined;
    return false;
  }
  // whoever has pressed Enter is done
  if (kept.entered) return true;
  if (key === 'Enter') kept = { ...kept, entered: true };
  else if (key === 'Backspace') kept = { ...kept, text: kept.text.slice(0, -1) };
  else if (key.length === 1) kept = { ...kept, text: kept.text + key };
  else return false;
  return true;
}

/** Hands over what was typed meanwhile, once: to the field that has the focus now, with whether Enter was pressed behind it. */
export function handTyped(onText: (text: string, entered: boolean) => void): void {
  const { text, entered } = kept ?? { text: '', entered: false };
  kept = undefined;
  if (text !== '') onText(text, entered);
}
