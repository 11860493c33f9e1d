import { useCallback, useEffect, useRef, type RefObject } from 'react';

/**
 * Tells whether the element that had the focus in a grid is gone and nothing else has it: the line that took its place is another kind of
 * row. The keyboard would be lost with it.
 */
export function useLostFocus(grid: RefObject<HTMLElement | null>): () => boolean {
  const held = useRef<Element>(undefined);
  useEffect(() => {
    const element = grid.current;
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Element) held.current = target;
    };
    const onBlur = ({ target }: FocusEvent) => {
      // what is taken out of the page is only known as such afterwards
      queueMicrotask(() => {
        if (target === held.current && target instanceof Element && target.isConnected) held.current = undefined;
      });
    };
    element?.addEventListener('focusin', onFocus);
    element?.addEventListener('focusout', onBlur);
    return () => {
      element?.removeEventListener('focusin', onFocus);
      element?.removeEventListener('focusout', onBlur);
    };
  }, [grid]);
  return useCallback(() => {
    const isGone = held.current !== undefined && !held.current.isConnected;
    return isGone && (document.activeElement === null || document.activeElement === document.body);
  }, []);
}
