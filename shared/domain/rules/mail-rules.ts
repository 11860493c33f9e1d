import { parseRef, refTo } from '../../model/any-reference.ts';
import type { AnyRow, Row, TableName } from '../../model/dictionary.ts';
import { sameFamily } from '../mail/account-family.ts';
import { labelOfId } from '../labels/record-label.ts';
import { sameValue } from '../validate/same-value.ts';
import type { ReadView } from '../view.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, type AnyRule } from './rule.ts';

type Mail = Row<'email'>;

/** The records whose teams a mail may go to: touchpoint or work, engagement, account. */
function placesOf(mail: Mail): readonly string[] {
  const own = [mail.touchpoint === undefined ? [] : [refTo('touchpoint', mail.touchpoint)], mail.about ?? []].flat();
  const engagement = mail.engagement === undefined ? [] : [refTo('engagement', mail.engagement)];
  return [...own, ...engagement, ...(mail.account === undefined ? [] : [refTo('account', mail.account)])];
}

/** Who is invited to the meeting that a mail is about, and who was told of it before: all of them hear of it. */
function invited(mail: Mail, view: ReadView): { readonly users: readonly string[]; readonly contacts: readonly string[] } | undefined {
  const meeting = mail.meeting === undefined ? undefined : view.get('meeting', mail.meeting);
  if (meeting === undefined) return undefined;
  const told = view.by('email', 'meeting', meeting.id).filter(({ id, direction }) => id !== mail.id && direction === 'outgoing');
  return {
    users: [meeting.organiser ?? [], meeting.users ?? [], told.flatMap(({ toUsers = [] }) => toUsers)].flat(),
    contacts: [meeting.contacts ?? [], told.flatMap(({ toContacts = [] }) => toContacts)].flat(),
  };
}

/** Colleagues of the account's and the engagement's teams: managers, account team, squad, and those who work on the touchpoint. */
function isColleague(user: string, mail: Mail, view: ReadView): boolean {
  const engagement = mail.engagement === undefined ? undefined : view.get('engagement', mail.engagement);
  const account = mail.account === undefined ? undefined : view.get('account', mail.account);
  const touchpoint = mail.touchpoint === undefined ? undefined : view.get('touchpoint', mail.touchpoint);
  const about = parseRef(mail.about);
  const work: AnyRow | undefined = about && view.get(about.table, about.id);
  if ([engagement?.csm, engagement?.accountManager, account?.owner, touchpoint?.assignedTo, work?.['assignedTo']].includes(user))
    return true;
  if (touchpoint?.squad?.includes(user)) return true;
  if (invited(mail, view)?.users.includes(user) === true) return true;
  if (Array.isArray(work?.['squad']) && work['squad'].includes(user)) return true;
  const places = new Set(placesOf(mail));
  return (['accountTeamMember', 'squadMember'] as const).some((table) =>
    view.by(table, 'user', user).some(({ about }) => places.has(about)),
  );
}

/** People of the customer: contacts of the account (or one above or below it), and the customer teams. */
function isOfCustomer(contact: string, mail: Mail, view: ReadView): boolean {
  const of = view.get('contact', contact)?.account;
  if (of !== undefined && mail.account !== undefined && sameFamily(of, mail.account, view)) return true;
  if (invited(mail, view)?.contacts.includes(contact) === true) return true;
  const places = new Set(placesOf(mail));
  return view.by('customerTeamMember', 'contact', contact).some(({ about }) => places.has(about));
}

type Recipients = { readonly field: keyof Mail; readonly table: TableName; readonly belongs: typeof isColleague };
const RECIPIENTS: readonly Recipients[] = [
  { field: 'toContacts', table: 'contact', belongs: isOfCustomer },
  { field: 'ccContacts', table: 'contact', belongs: isOfCustomer },
  { field: 'toUsers', table: 'user', belongs: isColleague },
  { field: 'bccContacts', table: 'contact', belongs: isOfCustomer },
  { field: 'ccUsers', table: 'user', belongs: isColleague },
  { field: 'bccUsers', table: 'user', belongs: isColleague },
];
const idsIn = (mail: Mail, field: keyof Mail): readonly string[] => {
  const value: unknown = mail[field];
  return Array.isArray(value) ? value : [];
};

/** BR-44: a mail that we write goes only to people of the customer's team and of the account's and engagement's teams. */
const recipientsBelong = rule('BR-44', 'email', ['create', 'update'], {
  fields: ['direction', 'touchpoint', 'about', ...RECIPIENTS.map(({ field }) => field)],
  check: ({ view, puttingBack }, change) => {
    const mail = change.after;
    if (!mail || mail.direction !== 'outgoing' || puttingBack) return undefined;
    for (const { field, table, belongs } of RECIPIENTS)
      for (const id of idsIn(mail, field)) {
        if (belongs(id, mail, view)) continue;
        const who = labelOfId(table, id, view);
        const wayOut =
          table === 'contact'
            ? 'Add them to the customer team first, or leave them out.'
            : 'Add them to the account team or the squad first, or leave them out.';
        return refusal(
          'BR-44',
          change,
          `${sentence(nameOf('email', mail, view))} cannot go to ${who}, who is in none of its teams. ${wayOut}`,
          { field },
        );
      }
    return undefined;
  },
});

/** TCH-05: a mail belongs to a touchpoint or to a piece of work. */
const belongsSomewhere = rule('TCH-05', 'email', ['create', 'update'], {
  fields: ['touchpoint', 'about'],
  check: ({ view, puttingBack }, change) =>
    change.after === undefined || puttingBack || change.after.touchpoint !== undefined || change.after.about !== undefined
      ? undefined
      : refusal('TCH-05', change, `${sentence(nameOf('email', change.after, view))} belongs to nothing. Choose its touchpoint.`, {
          field: 'touchpoint',
        }),
});

const GOES_OUT: ReadonlySet<unknown> = new Set(['queued', 'sending', 'sent']);
const HAS_GONE: ReadonlySet<unknown> = new Set(['sending', 'uncertain', 'sent', 'received']);
const CONTENT = [
  'subject',
  'body',
  'toContacts',
  'toUsers',
  'ccContacts',
  'ccUsers',
  'bccContacts',
  'bccUsers',
  'calendar',
  'messageId',
  'sendAt',
] as const;

/** TCH-05: what has gone out, or came in, stays as it was. */
const staysAsSent = rule('TCH-05', 'email', ['update'], {
  fields: CONTENT,
  check: ({ view, puttingBack }, change) => {
    const { before, after } = change;
    if (!before || !after || puttingBack || !HAS_GONE.has(before.state) || !HAS_GONE.has(after.state)) return undefined;
    const field = CONTENT.find((name) => !sameValue(before[name], after[name]));
    if (field === undefined) return undefined;
    const has = before.state === 'received' ? 'came in like this' : 'has gone out';
    return refusal('TCH-05', change, `${sentence(nameOf('email', after, view))} ${has} and stays as it is. Write a new mail.`, { field });
  },
});

/** TCH-05: a mail that is to be sent has someone to go to, and a text. */
const readyToSend = rule('TCH-05', 'email', ['create', 'update'], {
  fields: ['state', 'body', ...RECIPIENTS.map(({ field }) => field)],
  check: ({ view }, change) => {
    const mail = change.after;
    if (!mail || !GOES_OUT.has(mail.state) || mail.direction !== 'outgoing') return undefined;
    const name = sentence(nameOf('email', mail, view));
    if (idsIn(mail, 'toContacts').length === 0 && idsIn(mail, 'toUsers').length === 0)
      return refusal('TCH-05', change, `${name} goes to nobody. Choose someone.`, { field: 'toContacts' });
    return mail.body === undefined ? refusal('TCH-05', change, `${name} has no text. Write one.`, { field: 'body' }) : undefined;
  },
});

export const mailRules: readonly AnyRule[] = [belongsSomewhere, recipientsBelong, readyToSend, staysAsSent];
