import { useEffect, useState, type RefObject } from 'react';

/** Faster than this nobody reads: pixels a millisecond. */
const RUSH = 9;
/** Scroll events further apart than this are no movement. */
const TOGETHER_MS = 60;
/** So long after the last fast movement the rows are drawn whole. */
const REST_MS = 90;
/** Rows that are drawn whole in one frame after a rush. */
const AT_ONCE = 5;
/** Rows beyond those in sight are drawn so long after the list was opened. */
const SETTLED_MS = 300;
/** More rows than are ever in sight. */
const IN_SIGHT = 1_000;
/** No row is lower than this. */
const LOWEST = 28;

/**
 * How much of the rows is drawn. While a list is scrolled so fast that nobody reads, its new rows only show what they are; after
 * it those in sight are drawn whole from the first on, a few a frame. Answers how many rows from the first in sight on are whole:
 * none in a rush, all in sight when the list is opened, and those beyond as well (`Infinity`) at rest.
 */
export function useRush(scroller: RefObject<HTMLElement | null>): number {
  const [whole, setWhole] = useState(IN_SIGHT);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let rest: ReturnType<typeof setTimeout> | undefined = setTimeout(() => show(Infinity), SETTLED_MS);
    let frame: number | undefined;
    const last = { at: 0, top: 0 };
    const drawn = { rows: IN_SIGHT };
    const show = (rows: number) => {
      if (drawn.rows === rows) return;
      drawn.rows = rows;
      setWhole(rows);
    };
    const fill = () => {
      show(drawn.rows * LOWEST > element.clientHeight ? Infinity : drawn.rows + AT_ONCE);
      frame = drawn.rows === Infinity ? undefined : requestAnimationFrame(fill);
    };
    const onScroll = () => {
      const at = performance.now();
      const passed = at - last.at;
      const isFast = passed < TOGETHER_MS && Math.abs(element.scrollTop - last.top) > RUSH * Math.max(passed, 8);
      last.at = at;
      last.top = element.scrollTop;
      if (!isFast) return;
      if (frame !== undefined) cancelAnimationFrame(frame);
      frame = undefined;
      show(0);
      clearTimeout(rest);
      rest = setTimeout(fill, REST_MS);
    };
    // before the rows follow: their place is asked for while nothing has been changed yet
    element.addEventListener('scroll', onScroll, { passive: true, capture: true });
    return () => {
      element.removeEventListener('scroll', onScroll, { capture: true });
      clearTimeout(rest);
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [scroller]);
  return whole;
}
