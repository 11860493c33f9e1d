import type { Output } from '#shared/contract/engine-contract.ts';
import { qualityOf } from '#shared/domain/engagement-score/quality.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Handlers, ReadsOf } from '../context.ts';
import { refOf } from '../portfolio/record-refs.ts';

type Quality = Output<'engagementScore.quality'>;
const pointsOf = (points: number | undefined) => (points === undefined ? {} : { points });

/** Parts of the engagement score (ENG-04). */
export const engagementScoreHandlers: Handlers<'engagementScore.quality'> = {
  'engagementScore.quality': ({ view, settings }, { engagement }): Quality => {
    if (view.get('engagement', engagement) === undefined)
      throw new AppError('not-found', 'This engagement does not exist any more.', { table: 'engagement', recordId: engagement });
    const { asOf, timeZone } = settings();
    const { from, score, responses, meetings } = qualityOf(view, engagement, asOf, timeZone);
    return {
      from,
      asOf,
      ...(score === undefined ? {} : { score }),
      responses: { asked: responses.asked, answered: responses.answered, ...pointsOf(responses.points) },
      meetings: {
        ...pointsOf(meetings.points),
        judged: meetings.judged.flatMap(({ table, id, day, points }) => {
          const row = view.get(table, id);
          return row === undefined ? [] : [{ record: refOf(view, table, row), day, points }];
        }),
      },
    };
  },
};

export const engagementScoreReads: ReadsOf<'engagementScore.quality'> = {
  'engagementScore.quality': ['engagement', 'outreach', 'meeting', 'touchpoint', 'meetingChecklist', 'setting'],
};
