import type { ListPlace } from '../ui/data-list/types.ts';

// Not a store: nothing is drawn from it. It lives as long as the window, as the history it belongs to does.
const places = new Map<string, ListPlace>();
const addresses = new Map<string, string>();
const MOST = 200;

/** Where a list with this filter and sort was left. */
export function recallPlace(queryKey: string): ListPlace | undefined {
  return places.get(queryKey);
}

export function rememberPlace(queryKey: string, place: ListPlace): void {
  places.delete(queryKey);
  places.set(queryKey, place);
  const oldest = places.keys().next().value;
  if (places.size > MOST && oldest !== undefined) places.delete(oldest);
}

/** The address at which a screen was last seen, so that the rail leads back to its filter and sort. */
export function lastAddress(screen: string): string | undefined {
  return addresses.get(screen);
}

export function rememberAddress(screen: string, address: string): void {
  addresses.set(screen, address);
}
