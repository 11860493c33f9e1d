import type { Output } from '#shared/contract/engine-contract.ts';
import { familyOf } from '#shared/domain/mail/account-family.ts';
import { parseRef, refTo } from '#shared/model/any-reference.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';

type People = Output<'mails.begin'>['people'];
const MOST = 500;

/** Whom a mail of a place may go to (BR-44), the customer's people first: everyone whom the rule lets through, found by indexes. */
export function possiblePeople(view: ReadView, place: string): People {
  const at = parseRef(place);
  const row: AnyRow | undefined = at && view.get(at.table, at.id);
  if (at === undefined || row === undefined) return [];
  const textIn = (name: string): string | undefined => (typeof row[name] === 'string' ? row[name] : undefined);
  const engagementId = at.table === 'engagement' ? at.id : textIn('engagement');
  const engagement = engagementId === undefined ? undefined : view.get('engagement', engagementId);
  const accountId = textIn('account') ?? engagement?.account;
  const account = accountId === undefined ? undefined : view.get('account', accountId);
  const places = [place, ...(engagement ? [refTo('engagement', engagement.id)] : []), ...(account ? [refTo('account', account.id)] : [])];
  const team = (table: 'accountTeamMember' | 'squadMember'): readonly (string | undefined)[] =>
    places.flatMap((about) => view.by(table, 'about', about).map(({ user }) => user));
  const squad = row['squad'];
  const users = [
    engagement?.csm,
    engagement?.accountManager,
    account?.owner,
    textIn('assignedTo'),
    ...(Array.isArray(squad) ? squad.filter((one): one is string => typeof one === 'string') : []),
    ...team('accountTeamMember'),
    ...team('squadMember'),
  ];
  const contacts = [
    textIn('contact'),
    engagement?.keyContact,
    ...places.flatMap((about) => view.by('customerTeamMember', 'about', about).map(({ contact }) => contact)),
    ...(accountId === undefined ? [] : familyOf(accountId, view)).flatMap((id) => view.by('contact', 'account', id).map((one) => one.id)),
  ];
  const known = (ids: readonly (string | undefined)[]): readonly string[] => [...new Set(ids.flatMap((id) => id ?? []))];
  const shown = (table: 'contact' | 'user', ids: readonly string[]): People =>
    ids.flatMap((id) => {
      const person = view.get(table, id);
      return person?.email === undefined ? [] : [{ ref: refTo(table, id), label: person.name, email: person.email }];
    });
  return [...shown('contact', known(contacts)), ...shown('user', known(users))].slice(0, MOST);
}
