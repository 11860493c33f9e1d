import { useEffect, type RefObject } from 'react';

/** Marks the frame of a list while it is scrolled sideways; by hand, so that nothing is drawn anew for it. */
export function useAside(frame: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const note = () => {
      const isAside = element.scrollLeft > 0;
      if (frame.current !== null && frame.current.hasAttribute('data-aside') !== isAside)
        frame.current.toggleAttribute('data-aside', isAside);
    };
    note();
    element.addEventListener('scroll', note, { passive: true, capture: true });
    return () => element.removeEventListener('scroll', note, { capture: true });
  }, [frame, scroller]);
}
