import type { Output } from '#shared/contract/engine-contract.ts';
import { parseRef } from '#shared/model/any-reference.ts';
import { parseDate } from '#shared/util/typed-date.ts';
import { instantToLocal, localToInstant } from '#shared/util/zoned-time.ts';
import type { FormDraft } from '../../ui/record-form/form-draft.ts';
import type { RawValue } from '../../ui/record-form/raw-values.ts';

export type Begun = Output<'mails.begin'>;
export const ROLES = ['to', 'cc', 'bcc'] as const;
export type Role = (typeof ROLES)[number];

/** A mail as it stands in the form: what was typed, else what it began with. */
export type ComposeDraft = {
  readonly place: string;
  readonly subject: string;
  readonly body: string;
  /** People as `contact/<id>` and `user/<id>`. */
  readonly people: Readonly<Record<Role, readonly string[]>>;
  readonly flagged: boolean;
  readonly template: string;
  /** The day on which it is to go, as typed; empty: at once. */
  readonly sendOn: string;
  /** The time of that day, `08:00`. */
  readonly sendTime: string;
};

/** On whose clock the time is typed, and the day and the instant that it is. */
export type Clock = { readonly timeZone: string; readonly today: string; readonly now: string };

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

function peopleIn(values: Readonly<Record<string, unknown>>, role: Role): readonly string[] {
  return [...listOf(values[`${role}Contacts`]).map((id) => `contact/${id}`), ...listOf(values[`${role}Users`]).map((id) => `user/${id}`)];
}

/** Reads a draft over what the mail began with. */
export function readComposeDraft({ values }: FormDraft, begun: Begun, timeZone = 'UTC'): ComposeDraft {
  const planned = textOf(begun.values['sendAt']);
  const [plannedDay = '', plannedTime = '08:00'] = planned === undefined ? [] : instantToLocal(planned, timeZone).split(' ');
  const people = (role: Role): readonly string[] => {
    const raw: RawValue | undefined = values[role];
    return Array.isArray(raw) ? listOf(raw) : peopleIn(begun.values, role);
  };
  return {
    place: textOf(values['place']) ?? begun.places[0]?.ref ?? '',
    subject: textOf(values['subject']) ?? textOf(begun.values['subject']) ?? '',
    body: textOf(values['body']) ?? textOf(begun.values['body']) ?? '',
    people: { to: people('to'), cc: people('cc'), bcc: people('bcc') },
    flagged: typeof values['flagged'] === 'boolean' ? values['flagged'] : begun.values['flagged'] === true,
    template: textOf(values['template']) ?? textOf(begun.values['template']) ?? '',
    sendOn: textOf(values['sendOn']) ?? plannedDay,
    sendTime: textOf(values['sendTime']) ?? plannedTime,
  };
}

/** When it is to go; undefined: at once; `problem` where that is no time, or one that has passed. */
export function sendAtOf(
  { sendOn, sendTime }: ComposeDraft,
  { timeZone, today, now }: Clock,
): { readonly at: string | undefined } | { readonly problem: string } {
  if (sendOn.trim() === '') return { at: undefined };
  const day = parseDate(sendOn, today);
  if (day === undefined) return { problem: 'Type a day such as fri or +3, or empty it to send at once.' };
  const at = /^\d{1,2}:\d{2}$/.test(sendTime.trim()) ? localToInstant(`${day} ${sendTime.trim()}`, timeZone) : undefined;
  if (at === undefined) return { problem: 'Type a time such as 14:30.' };
  return at <= now ? { problem: 'This time has passed. Choose a later one, or empty the day to send at once.' } : { at };
}

/** What is still wanting before it can be sent, in words; undefined where nothing is. */
export function whatIsMissing({ subject, body, people }: ComposeDraft): string | undefined {
  if (people.to.length === 0) return 'Choose who gets it.';
  if (subject.trim() === '') return 'Give it a subject.';
  return body.trim() === '' ? 'Write a text.' : undefined;
}

const ids = (refs: readonly string[], table: 'contact' | 'user'): readonly string[] =>
  refs.flatMap((ref) => {
    const at = parseRef(ref);
    return at?.table === table ? [at.id] : [];
  });

/** The fields of the record; `isNew`: what is empty is left out, else it is emptied. */
export function mailValues(draft: ComposeDraft, begun: Begun, isNew: boolean, sendAt?: string): Readonly<Record<string, unknown>> {
  const at = parseRef(draft.place);
  const place = at?.table === 'touchpoint' ? { touchpoint: at.id } : { about: draft.place };
  const values: Readonly<Record<string, unknown>> = {
    subject: draft.subject.trim(),
    body: draft.body.trimEnd(),
    ...Object.fromEntries(
      ROLES.flatMap((role) => [
        [`${role}Contacts`, ids(draft.people[role], 'contact')],
        [`${role}Users`, ids(draft.people[role], 'user')],
      ]),
    ),
    flagged: draft.flagged,
    template: draft.template,
    sendAt: sendAt ?? '',
    ...(typeof begun.values['answers'] === 'string' ? { answers: begun.values['answers'] } : {}),
    ...place,
  };
  const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (isEmpty(value) ? (isNew ? [] : [[name, null]]) : [[name, value]])),
  );
}

const LONGEST_LINK = 1_800;
/** As a link writes it; the sign in its middle stays. */
const linked = (email: string): string => encodeURIComponent(email).replaceAll('%40', '@');

/** The mail as a link that opens a mail program; undefined where it is too long for one. */
export function mailtoLink(
  to: readonly string[],
  cc: readonly string[],
  { subject, body }: Pick<ComposeDraft, 'subject' | 'body'>,
): string | undefined {
  const parts = [
    ...(cc.length === 0 ? [] : [`cc=${cc.map(linked).join(',')}`]),
    `subject=${encodeURIComponent(subject)}`,
    `body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`,
  ];
  const link = `mailto:${to.map(linked).join(',')}?${parts.join('&')}`;
  return link.length > LONGEST_LINK ? undefined : link;
}
