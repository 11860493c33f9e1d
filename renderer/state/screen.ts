import { useEffect, useRef } from 'react';

let isFirstScreen = true;

/**
 * Names the screen in the window's title and hands it the focus: to its heading, unless something inside (a list that
 * returns to its place, a dialog) has taken it. Answers the ref for the heading.
 */
export function useScreen(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Satchel`;
  }, [title]);
  useEffect(() => {
    if (isFirstScreen) {
      isFirstScreen = false;
      return;
    }
    const active = document.activeElement;
    const main = document.querySelector('main');
    const isTaken =
      active !== null && active !== document.body && (main?.contains(active) === true || active.closest('[role="dialog"]') !== null);
    if (!isTaken) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
