/** What a push holds against what the server has of this device (S3). */
export type BatchPlan<I> = {
  /** Already answered: they get their stored answers. */
  readonly repeated: readonly I[];
  /** To be run, in order and without a gap. */
  readonly fresh: readonly I[];
  /** The number that is missing; what came after it was not looked at. */
  readonly gap: number | undefined;
};

/**
 * Sorts a batch into repeated and fresh intents. Numbers start at 1 and have no gap; a gap ends the batch there, so that
 * nothing is ever run before what the person did first.
 * @param last the highest number that the server has answered for this device; 0: none
 */
export function planBatch<I extends { readonly seq: number }>(last: number, intents: readonly I[]): BatchPlan<I> {
  const repeated: I[] = [];
  const fresh: I[] = [];
  let next = last + 1;
  for (const intent of intents.toSorted((a, b) => a.seq - b.seq)) {
    if (intent.seq <= last) repeated.push(intent);
    else if (intent.seq === next) {
      fresh.push(intent);
      next += 1;
    } else if (intent.seq > next) return { repeated, fresh, gap: next };
  }
  return { repeated, fresh, gap: undefined };
}
