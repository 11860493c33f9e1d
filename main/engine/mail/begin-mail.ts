import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { parseRef, refTo } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type Row, type TableName } from '#shared/model/dictionary.ts';
import type { EngineContext } from '../context.ts';
import { filled } from '../playbooks/words.ts';
import { possiblePeople } from './mail-people.ts';
import { mailOfOutreach } from './outreach.ts';
import { mailById, type Mail } from './queue-mail.ts';

type Begun = Output<'mails.begin'>;
type Place = Begun['places'][number];
const MOST_PLACES = 50;

const FIELDS = [
  'subject',
  'body',
  'toContacts',
  'toUsers',
  'ccContacts',
  'ccUsers',
  'bccContacts',
  'bccUsers',
  'flagged',
  'template',
  'answers',
  'sendAt',
] as const;

function placeOf(view: ReadView, ref: string): readonly Place[] {
  const at = parseRef(ref);
  const row: AnyRow | undefined = at && view.get(at.table, at.id);
  return at === undefined || row === undefined ? [] : [{ ref, label: labelOf(at.table, row, view), type: tableOf(at.table).label }];
}

/** Where mails of a person of the customer belong: their account's engagements, open ones first. */
function placesOfContact(view: ReadView, contact: string): readonly Place[] {
  const account = view.get('contact', contact)?.account;
  if (account === undefined) return [];
  return view
    .by('engagement', 'account', account)
    .toSorted((a, b) => Number(b.active !== false) - Number(a.active !== false))
    .slice(0, MOST_PLACES)
    .flatMap(({ id }) => placeOf(view, refTo('engagement', id)));
}

const refOfMail = ({ touchpoint, about }: Mail): string => (touchpoint === undefined ? (about ?? '') : refTo('touchpoint', touchpoint));

function quoted(mail: Mail): string {
  const lines = (mail.body ?? '').trimEnd().split('\n');
  return `\n\nOn ${(mail.sentAt ?? '').slice(0, 10)} ${mail.fromAddress ?? 'you'} wrote:\n${lines.map((line) => `> ${line}`).join('\n')}`;
}

/** An answer: to who wrote, about the same, with what they wrote below. */
function answerTo(mail: Mail): Readonly<Record<string, unknown>> {
  return {
    subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`.slice(0, 500),
    body: quoted(mail),
    answers: mail.id,
    ...(mail.senderContact === undefined ? {} : { toContacts: [mail.senderContact] }),
    ...(mail.ccContacts === undefined ? {} : { ccContacts: mail.ccContacts }),
  };
}

/** Longest quotation of what was asked before. */
const MOST_QUOTED = 4_000;

/**
 * The next mail to someone who did not answer (T6): to them, in the thread of what was sent, begun with the template for following up. The
 * workspace's own template of the category “Follow-up” is taken, the first by name.
 */
function followUp(view: ReadView, outreach: Row<'outreach'>): Readonly<Record<string, unknown>> {
  const mail = mailOfOutreach(view, outreach);
  const [template] = templatesFor(view, 'outreach').filter(({ category }) => category === 'followUp');
  const text =
    template === undefined
      ? 'Hello,\n\nI have not heard from you since my last message. Is there a better time, or someone else whom I should ask?'
      : filled(template.body, 'outreach', outreach, view);
  const { subject, contact } = outreach;
  return {
    subject: mail === undefined || /^re:/i.test(subject) ? subject : `Re: ${subject}`.slice(0, 500),
    body: mail === undefined ? text : `${text}${quoted(mail).slice(0, MOST_QUOTED)}`,
    ...(template === undefined ? {} : { template: template.id }),
    ...(contact === undefined ? {} : { toContacts: [contact] }),
    ...(mail === undefined ? {} : { answers: mail.id, ...copiesOf(mail) }),
  };
}

/** Whoever got a copy gets one of what follows. */
function copiesOf({ ccContacts, ccUsers }: Mail): Readonly<Record<string, unknown>> {
  return { ...(ccContacts === undefined ? {} : { ccContacts }), ...(ccUsers === undefined ? {} : { ccUsers }) };
}

function placesOfOutreach(view: ReadView, outreach: Row<'outreach'>): readonly Place[] {
  const mail = mailOfOutreach(view, outreach);
  const ref =
    mail !== undefined
      ? refOfMail(mail)
      : outreach.touchpoint === undefined
        ? refTo('engagement', outreach.engagement)
        : refTo('touchpoint', outreach.touchpoint);
  return isOver(view, ref) ? placeOf(view, refTo('engagement', outreach.engagement)) : placeOf(view, ref);
}

/** A touchpoint that has ended takes no more mails (TCH-01). */
function isOver(view: ReadView, ref: string): boolean {
  const at = parseRef(ref);
  const state = at?.table === 'touchpoint' ? view.get('touchpoint', at.id)?.state : undefined;
  return state === 'closed' || state === 'cancelled';
}

function templatesFor(view: ReadView, table: TableName | undefined): readonly Row<'responseTemplate'>[] {
  return [...view.all('responseTemplate')]
    .filter(({ active, forTable }) => active !== false && (forTable === undefined || forTable === table || forTable === 'email'))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

function placesFor(
  view: ReadView,
  input: Parsed<'mails.begin'>,
  mail: Mail | undefined,
  chased: Row<'outreach'> | undefined,
): readonly Place[] {
  if (chased !== undefined) return placesOfOutreach(view, chased);
  if (mail !== undefined) return placeOf(view, refOfMail(mail));
  if (input.touchpoint !== undefined) return placeOf(view, refTo('touchpoint', input.touchpoint));
  if (input.about !== undefined) return placeOf(view, input.about);
  return input.contact === undefined ? [] : placesOfContact(view, input.contact);
}

/** What a mail begins with (TCH-05): the contact of its place as who it goes to, its subject, templates with their words filled in. */
export function beginMail({ view }: EngineContext, input: Parsed<'mails.begin'>): Begun {
  const draft = input.id === undefined ? undefined : mailById(view, input.id);
  const answered = input.answers === undefined ? undefined : mailById(view, input.answers);
  const chased = input.chases === undefined ? undefined : view.get('outreach', input.chases);
  const places = placesFor(view, input, draft ?? answered, chased);
  const [first] = places;
  if (first === undefined)
    throw new AppError(
      'not-found',
      'There is no engagement that this mail could belong to. Open a touchpoint or an engagement and write it there.',
    );
  const at = parseRef(first.ref);
  const row: AnyRow | undefined = at && view.get(at.table, at.id);
  const textIn = (name: string): string | undefined => (typeof row?.[name] === 'string' ? row[name] : undefined);
  const people = possiblePeople(view, first.ref);
  const contact = input.contact ?? textIn('contact') ?? textIn('keyContact');
  const fresh = {
    subject: at?.table === 'touchpoint' ? first.label : '',
    ...(contact === undefined || !people.some(({ ref }) => ref === refTo('contact', contact)) ? {} : { toContacts: [contact] }),
  };
  const templates = templatesFor(view, at?.table);
  const fill = (text: string): string => (at === undefined || row === undefined ? text : filled(text, at.table, row, view));
  return {
    places: [...places],
    values: draft
      ? Object.fromEntries(FIELDS.flatMap((field) => (draft[field] === undefined ? [] : [[field, draft[field]]])))
      : answered
        ? answerTo(answered)
        : chased
          ? followUp(view, chased)
          : fresh,
    people,
    templates: templates.map(({ id, name, subject = '', body }) => ({ id, label: name, subject: fill(subject), body: fill(body) })),
    files: view.by('attachment', 'about', first.ref).map(({ id, name }) => ({ id, name })),
    ...(draft === undefined ? {} : { rev: draft.rev }),
  };
}
