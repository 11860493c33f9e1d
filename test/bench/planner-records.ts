// Engagements with touchpoints and meetings around a day, for the planner's benches.
import type { Draft } from '#engine/context.ts';
import { addDays } from '#shared/util/calendar-days.ts';

const TOUCHPOINTS_EACH = 10;

/** Engagements with ten touchpoints each from three weeks before to seven weeks after a day, and two meetings. Answers their IDs. */
export function planRecords(
  draft: Draft,
  engagements: number,
  today: string,
): readonly { readonly engagement: string; readonly touchpoint: string }[] {
  const tiers = ['strategic', 'growth', 'core', 'nurture'] as const;
  return Array.from({ length: engagements }, (_, at) => {
    const account = draft.create('account', { name: `Account ${at}`, cadenceTier: tiers[at % tiers.length] ?? 'core' });
    const engagement = draft.create('engagement', {
      title: `Engagement ${at}`,
      account,
      stage: 'adoption',
      goLiveDate: addDays(today, -200),
    });
    const touchpoints = Array.from({ length: TOUCHPOINTS_EACH }, (_none, which) =>
      draft.create('touchpoint', { subject: `Call ${which}`, engagement, heldOn: addDays(today, ((at + which * 7) % 70) - 21) }),
    );
    const [touchpoint = ''] = touchpoints;
    for (const week of [0, 1]) {
      const day = addDays(today, ((at * 3) % 7) + 7 * week);
      draft.create('meeting', {
        subject: 'Review',
        touchpoint,
        state: 'scheduled',
        type: 'adHoc',
        startsAt: `${day}T09:00:00.000Z`,
        endsAt: `${day}T10:00:00.000Z`,
      });
    }
    return { engagement, touchpoint };
  });
}
