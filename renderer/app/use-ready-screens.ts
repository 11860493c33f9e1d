import { useEffect } from 'react';

/**
 * The screens that every list and every row lead to: loaded in a quiet moment after the start, so that whoever goes there waits for
 * rows and not for the screen.
 */
const SCREENS = [() => import('../features/records/list-screen.tsx'), () => import('../features/records/record-screen.tsx')];

/** Milliseconds that a busy start may put it off. */
const AT_LATEST = 3_000;

/** Loads what is opened next once the first screen stands. */
export function useReadyScreens(): void {
  useEffect(() => {
    const asked = requestIdleCallback(
      () => {
        // one that does not come now is loaded when it is opened, which says so if it fails
        for (const load of SCREENS) load().catch(() => undefined);
      },
      { timeout: AT_LATEST },
    );
    return () => cancelIdleCallback(asked);
  }, []);
}
