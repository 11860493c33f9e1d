import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';

// Not a store: nothing is drawn from it. It lives as long as the window, as the history it belongs to does.
const places = new Map<string, number>();
const MOST = 200;
/** What follows the record (lists, the stream) comes a moment later and makes the page longer. */
const PATIENCE_MS = 1500;

/**
 * Keeps how far a screen was scrolled with its entry in the history, so that Back and Forward lead to the very place. `ready`: the
 * screen is drawn.
 */
export function useScrollPlace(ready: boolean): void {
  const key = useRouterState({ select: ({ location }) => location.state.__TSR_key ?? location.href });
  useEffect(() => {
    const main = document.querySelector('main');
    if (!ready || main === null) return undefined;
    const wanted = places.get(key) ?? 0;
    const until = performance.now() + PATIENCE_MS;
    let frame = 0;
    const restore = () => {
      main.scrollTop = wanted;
      if (Math.abs(main.scrollTop - wanted) > 2 && performance.now() < until) frame = requestAnimationFrame(restore);
    };
    restore();
    // whoever scrolls by hand is where they want to be
    const stop = () => cancelAnimationFrame(frame);
    const remember = () => {
      places.delete(key);
      places.set(key, main.scrollTop);
      const oldest = places.keys().next().value;
      if (places.size > MOST && oldest !== undefined) places.delete(oldest);
    };
    const end = new AbortController();
    const { signal } = end;
    main.addEventListener('wheel', stop, { signal, passive: true });
    main.addEventListener('pointerdown', stop, { signal });
    main.addEventListener('keydown', stop, { signal });
    main.addEventListener('scroll', remember, { signal, passive: true });
    return () => {
      stop();
      end.abort();
    };
  }, [key, ready]);
}
