/** Up to so many deletions nobody asks: a small portfolio may well lose half of itself in one deed. */
const FEW = 20;
const MOST_SHARE = 0.5;

/** Whether so many deletions in one pull or push stop and ask first (S12): over half of what there was. */
export function areTooManyDeletions(deleted: number, before: number): boolean {
  return deleted > FEW && deleted > before * MOST_SHARE;
}
