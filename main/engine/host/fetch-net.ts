import type { Net } from '#shared/contract/net.ts';
import { boundedFetch } from '#shared/util/bounded-fetch.ts';

/** The central store by this platform's own `fetch`: in a browser's worker and on Node. */
export function fetchNet(later: (milliseconds: number, run: () => void) => () => void): Net {
  return boundedFetch({
    // its own type is wider; what is left out of it here is not used
    fetch: (url, init) => fetch(url, init),
    newAbort: () => {
      const controller = new AbortController();
      return { signal: controller.signal, abort: () => controller.abort() };
    },
    newDecoder: () => new TextDecoder(),
    later,
  });
}
