import { addDays, isDate } from '#shared/util/calendar-days.ts';
import { UsageError, type Command } from '../command-line.ts';
import { report, textTable } from '../report.ts';

const WEEK = 7;
const MOST = 500;

/** `satchel calendar`: what is scheduled, as a calendar file (TCH-09). */
export const calendar: Command = {
  name: 'calendar',
  usage: 'calendar [FROM] [--days 7] [--to week.ics] [--as-of DATE]',
  summary: 'The scheduled meetings of a week, or of so many days, as a calendar file (.ics).',
  words: [0, 1],
  options: { days: { type: 'string' }, to: { type: 'string' } },
  run: async ({ client, words, text, write }) => {
    const days = Number(text('days') ?? WEEK);
    if (!Number.isInteger(days) || days < 1 || days > 366) throw new UsageError('--days takes a whole number from 1 to 366.');
    const from = words[0] ?? (await client.call('workspace.status', {})).today;
    if (!isDate(from)) throw new UsageError(`"${from}" is no day. Write it like 2025-03-31.`);
    const made = await client.call('meetings.week', { from, days });
    const to = text('to');
    if (to === undefined) return report(made, [made.text.trimEnd()]);
    await write(to, new TextEncoder().encode(made.text));
    return report({ file: to, meetings: made.meetings }, [
      `${to} written: ${made.meetings} meetings from ${from} to ${addDays(from, days - 1)}.`,
    ]);
  },
};

/** `satchel unanswered`: whom to ask again (T6). */
export const unanswered: Command = {
  name: 'unanswered',
  usage: 'unanswered [--as-of DATE] [--json]',
  summary: 'Whom to ask again: attempts to reach customers that nobody answered, those that weigh most first.',
  words: [0, 0],
  options: {},
  run: async ({ client }) => {
    const found = await client.call('outreach.unanswered', { whose: 'all', limit: MOST });
    return report(found, [
      `${found.total} unanswered within ${found.days} days, ${found.waiting} put off.`,
      ...textTable(found.lines, [
        { heading: 'Who', cell: ({ contact }) => contact?.label ?? '' },
        { heading: 'What was asked', cell: ({ subject }) => subject },
        { heading: 'Account', cell: ({ account }) => account ?? '' },
        { heading: 'Sent', cell: ({ sentOn }) => sentOn },
        { heading: 'Days', cell: ({ silentDays }) => String(silentDays), right: true },
        { heading: 'Times', cell: ({ attempts }) => String(attempts), right: true },
        { heading: 'Weight', cell: ({ weight }) => weight.toFixed(2), right: true },
      ]),
    ]);
  },
};
