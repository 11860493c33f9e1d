import { useEffect } from 'react';
import { currentActions, type Action } from '../state/actions.ts';
import { keepTyped } from '../state/early-typing.ts';
import { isSingleKey, keyName, matchKeys } from '../state/keys.ts';
import { useLayout } from '../state/layout.ts';

/** How long the second key of a sequence may take. By the times of the presses: a busy page must not tear them apart. */
const SEQUENCE_MS = 1500;
/** Chords that a text field has its own meaning for. */
const FIELD_CHORDS = new Set(['ctrl+z', 'ctrl+y', 'ctrl+shift+z', 'ctrl+a', 'ctrl+c', 'ctrl+v', 'ctrl+x']);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

function usable(action: Action, target: EventTarget | null): boolean {
  if (action.keys === undefined) return false;
  const single = isSingleKey(action.keys);
  if (single && !useLayout.getState().singleKeys) return false;
  if (isTyping(target)) return !single && !FIELD_CHORDS.has(action.keys);
  // a dialog owns the keyboard while it is open
  return !single || document.querySelector('[aria-modal="true"]') === null;
}

/** Runs the action that the pressed keys stand for. Whatever a component has already handled is left alone. */
export function useKeyDispatcher(): void {
  useEffect(() => {
    let pressed: readonly string[] = [];
    let lastPress = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return;
      if (!isTyping(event.target) && keepTyped(event)) {
        event.preventDefault();
        return;
      }
      if (event.timeStamp - lastPress > SEQUENCE_MS) pressed = [];
      lastPress = event.timeStamp;
      const offered = currentActions().filter((action) => usable(action, event.target));
      const name = keyName(event);
      let match = matchKeys([...pressed, name], offered);
      if ('none' in match && pressed.length > 0) match = matchKeys([name], offered);
      if ('found' in match) {
        event.preventDefault();
        pressed = [];
        match.found.run();
      } else if ('waiting' in match) {
        event.preventDefault();
        pressed = [...pressed, name];
      } else pressed = [];
    };
    globalThis.addEventListener('keydown', onKeyDown);
    return () => globalThis.removeEventListener('keydown', onKeyDown);
  }, []);
}
