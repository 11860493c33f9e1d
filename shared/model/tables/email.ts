import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { external, followed, ofEngagement } from '../mixins.ts';

export const EMAIL_STATES = {
  draft: 'Draft',
  queued: 'Waiting to be sent',
  sending: 'Being sent',
  uncertain: 'May have been sent',
  sent: 'Sent',
  failed: 'Not delivered',
  received: 'Received',
} as const;

/** What a mail is for; invitations and cancellations carry a calendar entry, answers come with one. */
export const EMAIL_KINDS = {
  message: 'Message',
  invitation: 'Invitation',
  cancellation: 'Cancellation',
  minutes: 'Meeting notes',
  answer: 'Answer to an invitation',
} as const;

/** A mail of a touchpoint or a piece of work, to be sent or received (REC-18). It goes only to people of the customer's and our own teams (BR-44). */
export const email = defineTable({
  name: 'email',
  label: 'Email',
  plural: 'Emails',
  prefix: 'EML',
  title: ['subject'],
  accountPath: 'account',
  placedBy: 'touchpoint',
  elsePlacedBy: 'about',
  fields: {
    subject: f.text('Subject', { mandatory: true, search: 4, column: 1, maxLength: 500 }),
    touchpoint: f.reference('Touchpoint', 'touchpoint', { merge: 'review', column: 2 }),
    about: f.anyReference('About', {
      to: ['engagement', 'successCase', 'internalPlay', 'successInitiative', 'onboardingCase'],
      merge: 'review',
      column: 3,
      help: 'The engagement or work that it belongs to, where that is no touchpoint.',
    }),
    ...ofEngagement,
    direction: f.choice('Direction', { outgoing: 'Outgoing', incoming: 'Incoming' }, { mandatory: true, default: 'outgoing', column: 4 }),
    state: f.choice('State', EMAIL_STATES, { default: 'draft', merge: 'review', column: 5 }),
    kind: f.choice('Kind', EMAIL_KINDS, { default: 'message', column: 8 }),
    sender: f.reference('From', 'user', { section: 'People', help: 'Who of us sends it.' }),
    senderContact: f.reference('From contact', 'contact', { section: 'People', help: 'Who of the customer sent it.' }),
    toContacts: f.references('To contacts', 'contact', { merge: 'set', section: 'People' }),
    toUsers: f.references('To colleagues', 'user', { merge: 'set', section: 'People' }),
    ccContacts: f.references('Copy to contacts', 'contact', { merge: 'set', section: 'People' }),
    ccUsers: f.references('Copy to colleagues', 'user', { merge: 'set', section: 'People' }),
    bccUsers: f.references('Blind copy to colleagues', 'user', { merge: 'set', section: 'People' }),
    bccContacts: f.references('Blind copy to contacts', 'contact', { merge: 'set', section: 'People' }),
    fromAddress: f.text('From address', { readOnly: true, maxLength: 320, section: 'People', help: 'Where a mail came from.' }),
    otherAddresses: f.tags('Other addresses', {
      section: 'People',
      help: 'Who else got a mail that came in, where that is nobody we know.',
    }),
    body: f.longText('Text', { search: 1, section: 'Notes' }),
    flagged: f.boolean('Important', { default: false, column: 7 }),
    template: f.reference('Template', 'responseTemplate', { help: 'What the text was begun with.' }),
    answers: f.reference('In answer to', 'email', {}),
    meeting: f.reference('Meeting', 'meeting', { help: 'The meeting that it invites to or reports on.' }),
    sentAt: f.instant('Sent or received', { readOnly: true, column: 6 }),
    queuedAt: f.instant('Sent off', { readOnly: true, help: 'When someone chose Send; it goes out as soon as there is a way.' }),
    sendAt: f.instant('Send at', { help: 'It waits in the outbox until then; empty: it goes as soon as there is a way.' }),
    outbox: f.text('Sends it', {
      indexed: true,
      readOnly: true,
      maxLength: 100,
      section: 'Record',
      help: 'The device on which it waits to be sent; no other sends it.',
    }),
    calendar: f.longText('Calendar entry', {
      readOnly: true,
      maxLength: 1_000_000,
      section: 'Record',
      help: 'The iCalendar text that goes or came with it.',
    }),
    sequence: f.integer('Version of the calendar entry', { readOnly: true, min: 0, section: 'Record' }),
    references: f.text('Earlier messages', { readOnly: true, maxLength: 4_000, section: 'Record' }),
    messageId: f.text('Message ID', { readOnly: true, indexed: true, maxLength: 300, section: 'Record' }),
    problem: f.text('Why it was not delivered', { readOnly: true, maxLength: 1_000 }),
    ...followed,
    ...external,
  },
});
