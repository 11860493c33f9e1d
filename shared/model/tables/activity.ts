import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external, onEngagement } from '../mixins.ts';

export const ACTIVITY_KINDS = { call: 'Call', login: 'Login', support: 'Support', training: 'Training', event: 'Event' } as const;
export const OUTREACH_RESULTS = { waiting: 'No answer yet', answered: 'Answered', declined: 'Declined', bounced: 'Not delivered' } as const;
export const SURVEY_KINDS = { nps: 'NPS', csat: 'CSAT', ces: 'CES' } as const;

/** Something that a customer did or took part in; counted by the engagement score (REC-42, scoring.md section 2). */
export const activity = defineTable({
  name: 'activity',
  label: 'Activity',
  plural: 'Activities',
  prefix: 'ACT',
  title: ['kind', 'subject'],
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId'],
  synonyms: ['activity log', 'customer activity'],
  fields: {
    kind: f.choice('Kind', ACTIVITY_KINDS, { mandatory: true, default: 'call', column: 1, synonyms: ['activity kind', 'activity type'] }),
    account: f.reference('Account', 'account', { mandatory: true, column: 2, synonyms: ['account id', 'customer', 'company'] }),
    engagement: f.reference('Engagement', 'engagement', { column: 3 }),
    happenedOn: f.date('Happened on', { mandatory: true, column: 4, synonyms: ['activity date', 'event date'] }),
    count: f.integer('How many', {
      default: 1,
      min: 1,
      column: 5,
      synonyms: ['number of logins', 'login count'],
      help: 'Several logins of a day may be one record.',
    }),
    minutes: f.integer('Duration', { min: 0, unit: 'min', synonyms: ['duration minutes'] }),
    contact: f.reference('Contact', 'contact', { column: 6, synonyms: ['contact id', 'contact email'] }),
    user: f.reference('Colleague', 'user', { help: 'Who of us took part.' }),
    product: f.reference('Product', 'product', {}),
    subject: f.text('Subject', { search: 2, column: 7, maxLength: 500 }),
    ...described,
    ...external,
  },
});

/** An attempt to reach someone at the customer, with what came of it (REC-42). */
export const outreach = defineTable({
  name: 'outreach',
  label: 'Outreach',
  plural: 'Outreaches',
  prefix: 'OUT',
  title: ['subject'],
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId'],
  placedBy: 'engagement',
  synonyms: ['outreach log', 'campaign message'],
  fields: {
    subject: f.text('Subject', { mandatory: true, search: 3, column: 1, maxLength: 500 }),
    ...onEngagement,
    contact: f.reference('Contact', 'contact', { column: 3, synonyms: ['contact email', 'recipient'] }),
    channel: f.choice(
      'Channel',
      { email: 'Email', phone: 'Phone', chat: 'Chat', social: 'Social', letter: 'Letter', inApp: 'In the product' },
      { extensible: true, default: 'email', column: 4 },
    ),
    sentOn: f.date('Sent on', { mandatory: true, column: 5, synonyms: ['outreach date', 'sent date'] }),
    result: f.choice('Result', OUTREACH_RESULTS, { default: 'waiting', column: 6, synonyms: ['outreach result', 'response status'] }),
    respondedOn: f.date('Answered on', { column: 7, synonyms: ['response date', 'replied on'] }),
    response: f.longText('Answer', { search: 1, section: 'Notes', synonyms: ['reply', 'response text'] }),
    user: f.reference('By', 'user', { column: 8 }),
    waitUntil: f.date('Wait until', { help: 'Nobody needs to follow it up before.' }),
    touchpoint: f.reference('Touchpoint', 'touchpoint', {}),
    ...described,
    ...external,
  },
});

/** What someone at the customer answered in a survey (REC-45): NPS 0–10, CSAT 1–5, CES 1–7. */
export const surveyResponse = defineTable({
  name: 'surveyResponse',
  label: 'Survey response',
  plural: 'Survey responses',
  prefix: 'SVR',
  title: ['kind', 'account', 'respondedOn'],
  access: 'customerData',
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId'],
  synonyms: ['survey', 'survey answer', 'nps response', 'csat response', 'nps survey'],
  fields: {
    kind: f.choice('Kind', SURVEY_KINDS, { mandatory: true, default: 'nps', column: 1, synonyms: ['survey type', 'survey kind'] }),
    account: f.reference('Account', 'account', { mandatory: true, column: 2, synonyms: ['account id', 'customer', 'company'] }),
    engagement: f.reference('Engagement', 'engagement', {}),
    contact: f.reference('Contact', 'contact', { column: 3, synonyms: ['respondent', 'contact email', 'respondent email'] }),
    product: f.reference('Product', 'product', {}),
    ticket: f.reference('Support ticket', 'supportTicket', { help: 'The request that was asked about.' }),
    score: f.number('Survey score', {
      mandatory: true,
      min: 0,
      max: 10,
      column: 4,
      synonyms: ['nps score', 'survey rating', 'answer score'],
    }),
    respondedOn: f.date('Answered on', { mandatory: true, column: 5, synonyms: ['response date', 'survey date', 'responded at'] }),
    feedback: f.longText('Feedback', { search: 1, column: 6, synonyms: ['survey comment', 'verbatim'] }),
    ...external,
  },
});
