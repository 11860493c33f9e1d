import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { Place } from './movement.ts';
import type { ListPlace } from './types.ts';

type Options = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Names the list with its filter and sort: another query starts at the top, a known one where it was left. */
  readonly queryKey: string;
  readonly total: number | undefined;
  readonly place: Place;
  readonly recall: ((queryKey: string) => ListPlace | undefined) | undefined;
  readonly remember: ((queryKey: string, place: ListPlace) => void) | undefined;
  readonly goTo: (row: number, focus: boolean) => void;
};

/** Scroll and focus survive leaving the list and coming back to it. */
export function usePlace({ scroller, queryKey, total, place, recall, remember, goTo }: Options): void {
  const restored = useRef<string | undefined>(undefined);
  const latest = useRef<ListPlace>({ scrollTop: 0, row: place.row, hadFocus: false });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || total === undefined || restored.current === queryKey) return;
    const isFirst = restored.current === undefined;
    restored.current = queryKey;
    const known = recall?.(queryKey);
    if (!known && isFirst) return;
    element.scrollTo({ top: known?.scrollTop ?? 0 });
    goTo(Math.min(known?.row ?? 0, total - 1), isFirst && known?.hadFocus === true);
  }, [queryKey, total, recall, goTo, scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const note = () => {
      const hadFocus = element.contains(document.activeElement);
      latest.current = { scrollTop: element.scrollTop, row: place.row, hadFocus };
    };
    note();
    // before the rows follow: reading the place afterwards would lay them out at once
    element.addEventListener('scroll', note, { passive: true, capture: true });
    element.addEventListener('focusin', note);
    return () => {
      element.removeEventListener('scroll', note, { capture: true });
      element.removeEventListener('focusin', note);
    };
  }, [scroller, place.row]);

  useEffect(
    () => () => {
      if (restored.current === queryKey) remember?.(queryKey, latest.current);
    },
    [queryKey, remember],
  );
}
