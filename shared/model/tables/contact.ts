import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external, followed } from '../mixins.ts';

export const STAKEHOLDER_ROLES = {
  executiveSponsor: 'Executive sponsor',
  champion: 'Champion',
  powerUser: 'Power user',
  decisionMaker: 'Decision maker',
  user: 'User',
  other: 'Other',
} as const;

/** A person at the customer (REC-02). */
export const contact = defineTable({
  name: 'contact',
  label: 'Contact',
  plural: 'Contacts',
  access: 'customerData',
  prefix: 'CON',
  title: ['name'],
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId', 'email', 'name'],
  synonyms: ['person', 'people', 'stakeholder', 'lead'],
  fields: {
    name: f.text('Name', { mandatory: true, search: 5, column: 1, maxLength: 200, synonyms: ['full name', 'contact name', 'contact'] }),
    firstName: f.text('First name', { synonyms: ['firstname', 'given name'] }),
    lastName: f.text('Last name', { synonyms: ['lastname', 'surname', 'family name'] }),
    account: f.reference('Account', 'account', {
      mandatory: true,
      column: 2,
      synonyms: ['account id', 'account name', 'company', 'company id', 'organization id'],
    }),
    email: f.email('Email', { search: 3, column: 3, synonyms: ['mail', 'email address', 'e-mail'] }),
    phone: f.text('Phone', { synonyms: ['telephone', 'mobile phone', 'phone number'] }),
    title: f.text('Job title', { search: 1, column: 4, synonyms: ['jobtitle', 'title', 'position'] }),
    department: f.text('Department', { column: 5 }),
    stakeholderRole: f.choice('Stakeholder role', STAKEHOLDER_ROLES, { extensible: true, column: 6, synonyms: ['role', 'contact role'] }),
    user: f.reference('Signs in as', 'user', {
      merge: 'review',
      help: 'The user that this contact is, where the customer works with Satchel too.',
    }),
    active: f.boolean('Active', { default: true }),
    mobile: f.text('Mobile', { maxLength: 60 }),
    location: f.reference('Location', 'location', {}),
    reportsTo: f.reference('Reports to', 'contact', {}),
    influence: f.choice('Influence', { high: 'High', medium: 'Medium', low: 'Low' }, { help: 'On decisions about us.' }),
    attitude: f.choice(
      'Attitude',
      { supporter: 'Supporter', neutral: 'Neutral', critic: 'Critic' },
      { help: 'Towards us and the product.' },
    ),
    noMail: f.boolean('No mail', { default: false, help: 'Wants no mail from us.' }),
    language: f.text('Language', { maxLength: 60 }),
    timeZone: f.text('Time zone', { maxLength: 60 }),
    ...described,
    ...followed,
    ...external,
  },
});
