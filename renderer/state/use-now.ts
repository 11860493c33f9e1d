import { useEffect, useState } from 'react';

/** The time in milliseconds, told again every `everyMs`; undefined: once, when the component is first drawn. */
export function useNow(everyMs: number | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const tell = () => setNow(Date.now());
    const timer = setInterval(tell, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
