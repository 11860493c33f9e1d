import { useLive } from '../../data/use-live.ts';

/** T6: how many did not answer, where there is anyone; it leads to their list. */
export function UnansweredLink({ whose }: { readonly whose: 'mine' | 'all' }) {
  const total = useLive('outreach.unanswered', { whose, limit: 1 }).data?.total ?? 0;
  if (total === 0) return null;
  return (
    <a href={whose === 'all' ? '#/unanswered?whose=all' : '#/unanswered'} title="Go to them (G U)">
      {total} unanswered
    </a>
  );
}
