import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { comments, described, external, followed } from '../mixins.ts';

export const CADENCE_TIERS = { strategic: 'Strategic', growth: 'Growth', core: 'Core', nurture: 'Nurture' } as const;

/** The customer (REC-01). */
export const account = defineTable({
  name: 'account',
  label: 'Account',
  plural: 'Accounts',
  access: 'customerData',
  prefix: 'ACC',
  title: ['name'],
  importable: true,
  importKeys: ['externalId', 'name'],
  synonyms: ['company', 'customer', 'organization', 'organisation', 'client'],
  customer: { fields: ['name', 'industry', 'country', 'city', 'website', 'phone', 'owner'] },
  fields: {
    name: f.text('Name', {
      mandatory: true,
      search: 5,
      column: 1,
      maxLength: 300,
      synonyms: ['account', 'account name', 'company', 'company name', 'customer', 'customer name', 'organization name'],
    }),
    industry: f.text('Industry', { column: 2, search: 1, synonyms: ['sector', 'vertical', 'segment'] }),
    region: f.text('Region', { column: 4, synonyms: ['territory', 'area', 'billing state', 'state'] }),
    country: f.text('Country', { column: 3, search: 1, synonyms: ['billing country', 'office location', 'location', 'country code'] }),
    city: f.text('City', { synonyms: ['billing city', 'town'] }),
    parent: f.reference('Parent account', 'account', {
      merge: 'review',
      synonyms: ['parent', 'parent id', 'parent account id', 'subsidiary of', 'parent company'],
    }),
    owner: f.reference('Account manager', 'user', {
      merge: 'review',
      column: 6,
      synonyms: ['owner', 'owner id', 'account owner', 'account manager', 'sales rep', 'sales rep name'],
    }),
    cadenceTier: f.choice('Cadence tier', CADENCE_TIERS, { column: 5, synonyms: ['tier', 'segment tier'] }),
    domain: f.reference('Domain', 'domain', {
      merge: 'review',
      section: 'Record',
      help: 'Everything that belongs to the account is kept apart from other domains.',
    }),
    escalated: f.boolean('Escalated', { default: false, merge: 'review', synonyms: ['escalation', 'is escalated'] }),
    type: f.choice(
      'Relationship',
      { customer: 'Customer', prospect: 'Prospect', partner: 'Partner', former: 'Former customer' },
      { extensible: true, help: 'What this company is to us.' },
    ),
    customerSince: f.date('Customer since', {
      synonyms: ['signup date', 'sign up date', 'customer since', 'created date', 'create date', 'createdate', 'account created'],
    }),
    employees: f.integer('Employees', { min: 0, synonyms: ['number of employees', 'headcount', 'company size'] }),
    annualRevenue: f.money('Annual revenue', { synonyms: ['revenue', 'annualrevenue', 'turnover'] }),
    plan: f.text('Plan', { synonyms: ['plan tier', 'subscription plan', 'edition', 'package'] }),
    seats: f.integer('Seats', { min: 0, synonyms: ['licences', 'licenses', 'number of users'] }),
    trial: f.boolean('On trial', { synonyms: ['is trial', 'trial'] }),
    churned: f.boolean('Churned', { synonyms: ['churn flag', 'churn', 'is churned'] }),
    source: f.text('Source', { synonyms: ['referral source', 'lead source', 'account source', 'channel'] }),
    website: f.url('Website', { synonyms: ['domain', 'url', 'web site'] }),
    phone: f.text('Phone', { synonyms: ['telephone', 'phone number'] }),
    legalName: f.text('Legal name', { maxLength: 300 }),
    language: f.text('Language', { maxLength: 60 }),
    timeZone: f.text('Time zone', { maxLength: 60 }),
    ...described,
    ...comments,
    ...followed,
    ...external,
  },
});
