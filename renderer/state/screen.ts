import { useCallback, useEffect } from 'react';

let isFirstScreen = true;

/** Whether something inside the screen, or a dialog above it, has the focus already. */
function isTaken(): boolean {
  const active = document.activeElement;
  if (active === null || active === document.body) return false;
  return document.querySelector('main')?.contains(active) === true || active.closest('[role="dialog"]') !== null;
}

/** About a second: longer than a dialog that led here takes to close. */
const MOST_FRAMES = 60;

/** Focuses the heading, at the latest once the dialog that led to this screen (the palette) has let go of the focus. */
function focusSoon(heading: HTMLHeadingElement, frames: number): void {
  if (!heading.isConnected) return;
  if (!isTaken()) heading.focus({ preventScroll: true });
  else if (frames > 0 && document.activeElement?.closest('[role="dialog"]') instanceof Element)
    requestAnimationFrame(() => focusSoon(heading, frames - 1));
}

/**
 * Names the screen in the window's title and hands it the focus: to its heading, unless something inside (a list that
 * returns to its place, a dialog) has taken it. Answers the ref for the heading; one that is drawn anew once the record
 * has arrived gets the focus that the one before it had.
 */
export function useScreen(title: string): (heading: HTMLHeadingElement | null) => void {
  useEffect(() => {
    document.title = `${title} – Satchel`;
  }, [title]);
  useEffect(() => {
    isFirstScreen = false;
  }, []);
  return useCallback((heading) => {
    if (heading !== null && !isFirstScreen) focusSoon(heading, MOST_FRAMES);
  }, []);
}
