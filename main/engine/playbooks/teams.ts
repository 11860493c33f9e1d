import type { InputOf } from '#shared/domain/playbooks/inputs.ts';
import { refTo, tablesOfField } from '#shared/model/any-reference.ts';
import { fieldOf } from '#shared/model/links.ts';
import type { Play } from './play.ts';

type Team = 'customerTeamMember' | 'accountTeamMember' | 'squadMember';

/** What a team's members work on: the record itself where its type has such a team, else its engagement, else its account. */
function placeOf({ state }: Play, team: Team): string | undefined {
  const { table, record } = state();
  const field = fieldOf(team, 'about');
  if (field && tablesOfField(field).includes(table)) return refTo(table, record.id);
  const { engagement, account } = record;
  if (typeof engagement === 'string') return refTo('engagement', engagement);
  return typeof account === 'string' ? refTo('account', account) : undefined;
}

/** Adds people of the customer to the record's customer team; new ones become contacts of its account. */
export function addCustomerTeam(play: Play, add: InputOf<'customerTeam'>['add']): void {
  const { draft } = play;
  const about = placeOf(play, 'customerTeamMember');
  const { account } = play.state().record;
  if (about === undefined) return;
  for (const person of add) {
    const contact =
      'contact' in person
        ? person.contact
        : draft.create('contact', {
            name: person.name,
            email: person.email,
            ...(typeof account === 'string' ? { account } : {}),
          });
    const known = draft.view.by('customerTeamMember', 'about', about).some((one) => one.contact === contact);
    if (!known) draft.create('customerTeamMember', { about, contact });
  }
}

/** Gives contacts their responsibilities; a member who has none yet gets the first. Answers how many members have one. */
export function giveResponsibilities(play: Play, set: InputOf<'responsibilities'>['set']): number {
  const { draft } = play;
  const about = placeOf(play, 'customerTeamMember');
  if (about === undefined) return 0;
  const members = () => draft.view.by('customerTeamMember', 'about', about);
  for (const { contact, responsibility, primary } of set) {
    const own = members().filter((one) => one.contact === contact);
    const values = { responsibility, ...(primary === undefined ? {} : { primary }) };
    const same = own.find((one) => one.responsibility === responsibility);
    const bare = own.find((one) => one.responsibility === undefined);
    if (same) draft.update('customerTeamMember', same.id, values);
    else if (bare) draft.update('customerTeamMember', bare.id, values);
    else draft.create('customerTeamMember', { about, contact, ...values });
  }
  return members().filter((one) => one.responsibility !== undefined).length;
}

/** Adds colleagues to the account team of the record. Answers how many there are. */
export function addAccountTeam(play: Play, add: InputOf<'accountTeam'>['add']): number {
  return addColleagues(play, 'accountTeamMember', add);
}

/** Adds colleagues to the squad: each with a line of their own, and in the record's field. Answers how many there are. */
export function addSquad(play: Play, add: InputOf<'squad'>['add']): number {
  const members = addColleagues(play, 'squadMember', add);
  const { table, record } = play.state();
  const before: readonly unknown[] = Array.isArray(record['squad']) ? record['squad'] : [];
  const fresh = [...new Set(add.map(({ user }) => user))].filter((user) => !before.includes(user));
  if (fresh.length > 0) play.draft.update(table, record.id, { squad: [...before.filter((one) => typeof one === 'string'), ...fresh] });
  return members;
}

function addColleagues(play: Play, team: 'accountTeamMember' | 'squadMember', add: InputOf<'squad'>['add']): number {
  const { draft } = play;
  const about = placeOf(play, team);
  if (about === undefined) return 0;
  const members = () => draft.view.by(team, 'about', about);
  for (const { user, responsibility } of add) {
    if (members().some((one) => one.user === user && one.responsibility === responsibility)) continue;
    draft.create(team, { about, user, ...(responsibility === undefined ? {} : { responsibility }) });
  }
  return members().length;
}
