import type { EngineContext } from '../context.ts';
import { searchIndexOf } from './record-search.ts';

/** Milliseconds after the start: the first screen has long been drawn. */
const REST_MS = 3_000;

/** Makes the index in a quiet moment after the start, in slices, so that the first question need not wait for it. */
export function warmSearch(context: EngineContext): void {
  context.host.later(REST_MS, () => void searchIndexOf(context).ready(0));
}
