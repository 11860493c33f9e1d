import type { Output } from '#shared/contract/engine-contract.ts';
import { newMailAddress } from './mails-search.ts';
import type { Column } from '../../ui/data-list/types.ts';
import { formatDate, formatNumber, plural } from '../../ui/format.ts';
import { reasonWords } from '../today/today-words.ts';
import names from './mail.module.css';

export type UnansweredLine = Output<'outreach.unanswered'>['lines'][number];

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** How long nobody answered, and how often they were asked: “9 days, 2nd time”. */
export function silenceWords({ silentDays, attempts }: Pick<UnansweredLine, 'silentDays' | 'attempts'>): string {
  const since = silentDays === 0 ? 'since today' : plural(silentDays, 'day');
  return attempts < 2 ? since : `${since}, ${attempts}${ENDINGS[ORDINALS.select(attempts)] ?? 'th'} time`;
}

/** Why a line stands where it stands: silence first, then what is at stake. */
export function whyWords(line: UnansweredLine, timeZone: string, today: string): string {
  const waited = line.waitedUntil === undefined ? [] : [`waited until ${formatDate(line.waitedUntil)}`];
  return [`Sent ${formatDate(line.sentOn)}`, ...waited, ...line.reasons.map((reason) => reasonWords(reason, timeZone, today))].join(' · ');
}

/** What stands in a line of those who did not answer. */
export function unansweredColumns(timeZone: string, today: string): readonly Column<UnansweredLine>[] {
  return [
    {
      key: 'who',
      title: 'Who',
      width: 190,
      sortable: false,
      render: (line) => <span className={names.clip}>{line.contact?.label ?? 'Nobody in particular'}</span>,
    },
    {
      key: 'what',
      title: 'What was asked',
      width: 280,
      sortable: false,
      render: (line) => (
        <a href={newMailAddress({ chases: line.id })} tabIndex={-1} className={names.clip}>
          {line.subject}
        </a>
      ),
    },
    { key: 'silent', title: 'No answer for', width: 150, sortable: false, render: (line) => silenceWords(line) },
    {
      key: 'why',
      title: 'Why now',
      width: 400,
      sortable: false,
      render: (line) => <span className={names.clip}>{whyWords(line, timeZone, today)}</span>,
    },
    { key: 'account', title: 'Account', width: 160, sortable: false, render: (line) => <span className={names.clip}>{line.account}</span> },
    {
      key: 'weight',
      title: 'Weight',
      width: 76,
      align: 'end',
      sortable: false,
      help: 'The days of silence, raised by contract value, risk, a renewal that is near and a late cadence, as on Today',
      render: (line) => formatNumber(line.weight, 2),
    },
  ];
}
