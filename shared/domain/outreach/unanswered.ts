import type { Row } from '../../model/dictionary.ts';
import { addDays, dateOfInstant, daysBetween } from '../../util/calendar-days.ts';
import { meetingDay } from '../cadence/contacts.ts';
import { touchpointHeld } from '../derived/engagement-facts.ts';
import { stakeNames, timingOf, type Stakes, type TodayFormula } from '../today/formula.ts';
import type { ReadView } from '../view.ts';

type Outreach = Row<'outreach'>;

/** What silence is measured by. */
export type SilenceWorld = {
  readonly view: ReadView;
  /** The day that counts as today. */
  readonly asOf: string;
  /** Whose days meetings and mails count by. */
  readonly timeZone: string;
  /** Days without an answer after which an attempt is followed up. */
  readonly answerDays: number;
};

/** Someone who has not answered: the newest attempt stands for those before it. */
export type Unanswered = {
  readonly outreach: Outreach;
  /** How often they were asked since they were last heard of. */
  readonly attempts: number;
  /** Days since the newest attempt. */
  readonly silentDays: number;
  /** The day from which it is to be followed up. */
  readonly due: string;
};

/** Who is to be followed up now, and how many are being waited for until a later day that a person chose. */
export type Silence = { readonly lines: readonly Unanswered[]; readonly waiting: number };

/** What was sent longer ago is no conversation any more that could be taken up again by a reminder. */
export const SILENT_AT_MOST_DAYS = 120;
const ON_ITS_WAY: ReadonlySet<unknown> = new Set(['queued', 'sending', 'uncertain']);
const TALKS: ReadonlySet<unknown> = new Set(['call', 'training', 'event']);

/** When a customer was heard of: on a day, noted at an instant (which decides between two things of one day). */
type Heard = { readonly day: string; readonly at: string };

const isAfter = ({ day, at }: Heard, { sentOn, createdAt }: Outreach): boolean => day > sentOn || (day === sentOn && at > createdAt);

function* heardOf({ view, asOf, timeZone }: SilenceWorld, engagement: string, contact: string | undefined): Iterable<Heard> {
  const meant = (other: string | undefined): boolean => contact === undefined || other === undefined || other === contact;
  for (const touchpoint of view.by('touchpoint', 'engagement', engagement)) {
    const { heldOn, createdAt } = touchpoint;
    if (heldOn !== undefined && touchpointHeld(touchpoint, asOf) && meant(touchpoint.contact)) yield { day: heldOn, at: createdAt };
  }
  for (const meeting of view.by('meeting', 'engagement', engagement)) {
    if (meeting.state !== 'completed') continue;
    if (contact === undefined || meeting.contacts?.includes(contact) === true)
      yield { day: meetingDay(meeting, timeZone), at: meeting.endsAt };
  }
  const notes = contact === undefined ? view.by('activity', 'engagement', engagement) : view.by('activity', 'contact', contact);
  for (const { kind, engagement: of, happenedOn, createdAt } of notes)
    if (TALKS.has(kind) && (of === undefined || of === engagement)) yield { day: happenedOn, at: createdAt };
  for (const other of view.by('outreach', 'engagement', engagement))
    if ((other.result === 'answered' || other.result === 'declined') && contact !== undefined && other.contact === contact)
      yield { day: other.respondedOn ?? other.sentOn, at: other.updatedAt };
  for (const mail of view.by('email', 'engagement', engagement)) {
    if (mail.direction !== 'incoming' || mail.sentAt === undefined || mail.senderContact === undefined) continue;
    if (meant(mail.senderContact)) yield { day: dateOfInstant(mail.sentAt, timeZone), at: mail.sentAt };
  }
}

/** Whether the next mail to them is written and only waits for its way. */
function isFollowedUp(view: ReadView, engagement: string, contact: string | undefined): boolean {
  return view
    .by('email', 'engagement', engagement)
    .some(
      ({ direction, state, kind, toContacts }) =>
        direction === 'outgoing' &&
        ON_ITS_WAY.has(state) &&
        kind === 'message' &&
        contact !== undefined &&
        toContacts?.includes(contact) === true,
    );
}

function silenceOf(world: SilenceWorld, attempts: readonly Outreach[]): Unanswered | undefined {
  const [newest] = attempts.toSorted((a, b) => (a.sentOn === b.sentOn ? (a.id < b.id ? 1 : -1) : a.sentOn < b.sentOn ? 1 : -1));
  if (newest === undefined) return undefined;
  const { engagement, contact, sentOn, waitUntil } = newest;
  let heard: Heard | undefined;
  for (const one of heardOf(world, engagement, contact)) {
    if (isAfter(one, newest)) return undefined;
    if (heard === undefined || one.day > heard.day || (one.day === heard.day && one.at > heard.at)) heard = one;
  }
  if (isFollowedUp(world.view, engagement, contact)) return undefined;
  const usual = addDays(sentOn, world.answerDays);
  return {
    outreach: newest,
    attempts: attempts.filter((one) => heard === undefined || !isAfter(heard, one)).length,
    silentDays: daysBetween(sentOn, world.asOf),
    due: waitUntil !== undefined && waitUntil > usual ? waitUntil : usual,
  };
}

/**
 * Attempts to reach someone that nobody answered within the days that the workspace allows (T6), in no order; one line a person and
 * engagement. An answer is what was noted as one, a mail that came in, or any later touch with them. What waits in an outbox is a
 * follow-up already.
 */
export function silence(world: SilenceWorld, concerns: (outreach: Outreach) => boolean): Silence {
  const { view, asOf, answerDays } = world;
  const oldest = addDays(asOf, -SILENT_AT_MOST_DAYS);
  const groups = new Map<string, Outreach[]>();
  for (const outreach of view.all('outreach')) {
    if ((outreach.result ?? 'waiting') !== 'waiting' || outreach.sentOn > asOf || outreach.sentOn < oldest) continue;
    const key = `${outreach.engagement} ${outreach.contact ?? outreach.id}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [outreach]);
    else group.push(outreach);
  }
  const lines: Unanswered[] = [];
  let waiting = 0;
  for (const attempts of groups.values()) {
    if (view.get('engagement', attempts[0]?.engagement ?? '')?.active === false) continue;
    const found = silenceOf(world, attempts);
    if (found === undefined || !concerns(found.outreach)) continue;
    if (found.due <= asOf) lines.push(found);
    else if (found.outreach.waitUntil !== undefined && found.due > addDays(found.outreach.sentOn, answerDays)) waiting += 1;
  }
  return { lines, waiting };
}

/** What a line weighs: the older the silence and the more is at stake, the more; scoring as on Today, without points for a kind. */
export function weightOf(due: string, stakes: Stakes, formula: TodayFormula, asOf: string): number {
  let weight = timingOf(due, asOf);
  for (const name of stakeNames) weight *= 1 + formula[name] * stakes[name];
  return weight;
}

/** The one order: the heaviest first; equal ones by the older silence, then by ID. */
export function rankSilence<L extends { readonly weight: number; readonly unanswered: Unanswered }>(lines: readonly L[]): readonly L[] {
  return lines.toSorted(
    (a, b) =>
      b.weight - a.weight ||
      b.unanswered.silentDays - a.unanswered.silentDays ||
      (a.unanswered.outreach.id < b.unanswered.outreach.id ? -1 : 1),
  );
}
