import { useEffect, useRef, useState, type RefObject } from 'react';

/** Faster than this nobody reads: pixels a millisecond. */
const RUSH = 9;
/** Scroll events further apart than this are no movement. */
const TOGETHER_MS = 60;
/** So long after the last fast movement the rows are drawn whole. */
const REST_MS = 90;

/** Whether the list is scrolled so fast that its new rows need not be drawn whole. */
export function useRush(scroller: RefObject<HTMLElement | null>): boolean {
  const [isRushing, setRushing] = useState(false);
  const last = useRef({ at: 0, top: 0 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      const at = performance.now();
      const passed = at - last.current.at;
      const isFast = passed < TOGETHER_MS && Math.abs(element.scrollTop - last.current.top) > RUSH * Math.max(passed, 8);
      last.current = { at, top: element.scrollTop };
      if (!isFast) return;
      setRushing(true);
      clearTimeout(rest);
      rest = setTimeout(() => setRushing(false), REST_MS);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      element.removeEventListener('scroll', onScroll);
      clearTimeout(rest);
    };
  }, [scroller]);
  return isRushing;
}
