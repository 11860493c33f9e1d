import type { Row } from '../../model/dictionary.ts';
import { SETTING_DEFAULTS } from '../../model/settings.ts';
import { daysBetween, isTimeZone } from '../../util/calendar-days.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule, type Change, type RuleContext } from './rule.ts';

const LONGEST_HOURS = 24;
const HOUR = 3_600_000;

type Planned = Row<'meeting'> | Row<'meetingSeries'>;
type Refusal = ReturnType<typeof refusal> | undefined;

/** TCH-02: a meeting ends after it starts and takes at most 24 hours; its time zone is one. */
function timesFit({ view }: RuleContext, change: Change, after: Planned): Refusal {
  const name = sentence(nameOf(change.table, after, view));
  const hours = (Date.parse(after.endsAt) - Date.parse(after.startsAt)) / HOUR;
  if (hours <= 0) return refusal('TCH-02', change, `${name} ends before it starts. Correct one of the times.`, { field: 'endsAt' });
  if (hours > LONGEST_HOURS)
    return refusal('TCH-02', change, `${name} takes more than ${LONGEST_HOURS} hours. Shorten it, or make several.`, { field: 'endsAt' });
  if (after.timeZone !== undefined && !isTimeZone(after.timeZone))
    return refusal('TCH-02', change, `${name}: there is no time zone “${after.timeZone.slice(0, 60)}”. Write one such as Europe/Vienna.`, {
      field: 'timeZone',
    });
  return undefined;
}

const TIMES = ['startsAt', 'endsAt', 'timeZone'];
const meetingTimes = rule('TCH-02', 'meeting', ['create', 'update'], {
  fields: TIMES,
  check: (context, change) => change.after && timesFit(context, change, change.after),
});
const seriesTimes = rule('TCH-03', 'meetingSeries', ['create', 'update'], {
  fields: TIMES,
  check: (context, change) => change.after && timesFit(context, change, change.after),
});

/** TCH-02: a scheduled meeting says of what type it is. */
const typeWhenScheduled = rule('TCH-02', 'meeting', ['create', 'update'], {
  fields: ['state', 'type'],
  check: ({ view }, change) =>
    change.after?.state === 'scheduled' && change.after.type === undefined
      ? refusal('TCH-02', change, `${sentence(nameOf('meeting', change.after, view))} is scheduled and needs a type. Choose it.`, {
          field: 'type',
        })
      : undefined,
});

/** TCH-02: a virtual meeting without a link gets the room of its organiser, where that is one of the chosen software. */
function ownRoom<T extends 'meeting' | 'meetingSeries'>(table: T): AnyRule {
  return rule<'meeting' | 'meetingSeries'>('TCH-02', table, ['create', 'update'], {
    fields: ['virtual', 'provider', 'organiser'],
    fill: ({ view }, { after }) => {
      const organiser = after?.organiser === undefined ? undefined : view.get('user', after.organiser);
      if (after?.virtual !== true || after.link !== undefined || organiser?.meetingRoom === undefined) return undefined;
      const provider = after.provider ?? organiser.meetingProvider;
      if (provider !== organiser.meetingProvider) return undefined;
      return { link: organiser.meetingRoom, ...(provider === undefined ? {} : { provider }) };
    },
  });
}

/** TCH-02: the day of a cancellation is kept; a meeting that is planned again loses it. */
const cancelledDay = rule('TCH-02', 'meeting', SAVED, {
  fields: ['state'],
  fill: ({ asOf }, { after }) => {
    if (!after) return undefined;
    if (after.state !== 'cancelled') return after.cancelledOn === undefined ? undefined : { cancelledOn: null };
    return after.cancelledOn === undefined ? { cancelledOn: asOf } : undefined;
  },
});

/** TCH-03: a series ends after its first meeting, and is not longer than the settings allow. */
const seriesLength = rule('TCH-03', 'meetingSeries', ['create', 'update'], {
  fields: ['startsAt', 'endsAt', 'repeatUntil'],
  check: ({ view, settings }, change) => {
    const { after } = change;
    if (!after) return undefined;
    const name = sentence(nameOf('meetingSeries', after, view));
    if (after.repeatUntil <= after.endsAt.slice(0, 10))
      return refusal('TCH-03', change, `${name} must be repeated until a day after its first meeting (${after.endsAt.slice(0, 10)}).`, {
        field: 'repeatUntil',
      });
    const days = daysBetween(after.startsAt.slice(0, 10), after.repeatUntil);
    const most = settings.meetingSeriesDays ?? SETTING_DEFAULTS.meetingSeriesDays;
    return days > most
      ? refusal(
          'TCH-03',
          change,
          `${name} goes on for ${days} days; the settings allow ${most}. Choose an earlier day, or change the setting.`,
          {
            field: 'repeatUntil',
          },
        )
      : undefined;
  },
});

const ENDED: ReadonlySet<unknown> = new Set(['closed', 'cancelled']);
const WORDS = { meeting: 'scheduled', meetingSeries: 'planned', email: 'written' } as const;

/** TCH-01: a touchpoint that has ended takes no new meetings and mails; those that it has stay. */
function touchpointOpen<T extends keyof typeof WORDS>(table: T): AnyRule {
  const check = rule<'meeting' | 'meetingSeries' | 'email'>('TCH-01', table, ['create', 'update'], {
    fields: ['touchpoint'],
    check: ({ view, puttingBack }, change) => {
      const touchpoint = change.after?.touchpoint === undefined ? undefined : view.get('touchpoint', change.after.touchpoint);
      if (!touchpoint || puttingBack || !ENDED.has(touchpoint.state) || change.before?.touchpoint === touchpoint.id) return undefined;
      return refusal(
        'TCH-01',
        change,
        `${sentence(nameOf('touchpoint', touchpoint, view))} has ended, so nothing new can be ${WORDS[table]} in it. Reopen it, or use another touchpoint.`,
        { field: 'touchpoint' },
      );
    },
  });
  return check;
}

export const meetingRules: readonly AnyRule[] = [
  ownRoom('meeting'),
  ownRoom('meetingSeries'),
  cancelledDay,
  meetingTimes,
  seriesTimes,
  typeWhenScheduled,
  seriesLength,
  touchpointOpen('meeting'),
  touchpointOpen('meetingSeries'),
  touchpointOpen('email'),
];
