import { useCallback, useEffect } from 'react';

let isFirstScreen = true;

/** Whether something inside the screen, or a dialog above it, has the focus already. */
function isTaken(): boolean {
  const active = document.activeElement;
  if (active === null || active === document.body) return false;
  return document.querySelector('main')?.contains(active) === true || active.closest('[role="dialog"]') !== null;
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
    if (heading === null || isFirstScreen || isTaken()) return;
    heading.focus({ preventScroll: true });
  }, []);
}
