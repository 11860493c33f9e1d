import { useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';

/** The first and the last line in sight; none while `last` is the smaller one. */
export type InSight = { readonly first: number; readonly last: number };

type Measures = { readonly rowHeight: number; readonly header: number };

/** The lines that a scroller of this height has room for at this place, its head being over the first of them. */
export function roomAt(top: number, height: number, { rowHeight, header }: Measures): InSight {
  return { first: Math.max(0, Math.floor(top / rowHeight)), last: Math.floor((top + height - header - 1) / rowHeight) };
}

/** Those of the lines that there are. */
export function withinCount({ first, last }: InSight, count: number): InSight {
  return { first: Math.max(0, Math.min(first, count - 1)), last: Math.min(last, count - 1) };
}

/** The lines in sight of the grid around `group`, drawn in the very frame in which it scrolls. */
export function useInSight(group: RefObject<HTMLElement | null>, count: number, { rowHeight, header }: Measures): InSight {
  const [room, setRoom] = useState<InSight>({ first: 0, last: -1 });
  useLayoutEffect(() => {
    // the ref of what lies around is not set yet when this is drawn for the first time
    const scroller = group.current?.closest('[role="grid"]');
    if (!scroller) return undefined;
    const look = () => {
      const next = roomAt(scroller.scrollTop, scroller.clientHeight, { rowHeight, header });
      setRoom((before) => (before.first === next.first && before.last === next.last ? before : next));
    };
    look();
    // later than this the lines would be there a frame after their place
    const follow = () => flushSync(look);
    scroller.addEventListener('scroll', follow, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', follow);
      resized.disconnect();
    };
  }, [group, rowHeight, header]);
  return withinCount(room, count);
}
