import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external } from '../mixins.ts';

/** What somebody in a team is there for (REC-27). */
export const responsibility = defineTable({
  name: 'responsibility',
  label: 'Responsibility',
  plural: 'Responsibilities',
  prefix: 'RSP',
  title: ['name'],
  access: 'configuration',
  unique: [['name']],
  fields: {
    name: f.text('Name', { mandatory: true, search: 3, column: 1, indexed: true, maxLength: 100 }),
    team: f.choice(
      'Team',
      { customer: 'Customer team', internal: 'Account team and squad', both: 'Every team' },
      { mandatory: true, default: 'both', column: 2, help: 'Who can have it.' },
    ),
    active: f.boolean('Active', { default: true, column: 3 }),
    ...described,
    ...external,
  },
});

const one = f.reference('Responsibility', 'responsibility', { column: 3, synonyms: ['role', 'team role', 'responsibility name'] });

/** A contact who works with us on an engagement or an onboarding case (REC-27; BR-41). */
export const customerTeamMember = defineTable({
  name: 'customerTeamMember',
  label: 'Customer team member',
  plural: 'Customer team members',
  title: ['contact', 'responsibility'],
  access: 'link',
  ownedBy: 'about',
  fields: {
    about: f.anyReference('Works on', { to: ['engagement', 'onboardingCase', 'account'], mandatory: true, column: 1 }),
    contact: f.reference('Contact', 'contact', { mandatory: true, column: 2 }),
    responsibility: one,
    primary: f.boolean('Primary contact', { default: false, column: 4 }),
  },
});

/** A colleague who looks after an account, an engagement or an onboarding case (REC-28; BR-41). */
export const accountTeamMember = defineTable({
  name: 'accountTeamMember',
  label: 'Account team member',
  plural: 'Account team members',
  title: ['user', 'responsibility'],
  access: 'link',
  ownedBy: 'about',
  fields: {
    about: f.anyReference('Works on', { to: ['account', 'engagement', 'onboardingCase'], mandatory: true, column: 1 }),
    user: f.reference('User', 'user', { mandatory: true, column: 2 }),
    responsibility: one,
  },
});

/** A colleague who helps with an engagement or a piece of its work (REC-29; BR-21). */
export const squadMember = defineTable({
  name: 'squadMember',
  label: 'Squad member',
  plural: 'Squad members',
  title: ['user', 'responsibility'],
  access: 'link',
  ownedBy: 'about',
  fields: {
    about: f.anyReference('Works on', {
      to: ['engagement', 'onboardingCase', 'successInitiative', 'successCase', 'internalPlay', 'touchpoint'],
      mandatory: true,
      column: 1,
    }),
    user: f.reference('User', 'user', { mandatory: true, column: 2 }),
    responsibility: one,
  },
});
