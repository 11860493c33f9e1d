import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import {
  ADDRESSED_CODES,
  closure,
  comments,
  described,
  external,
  followed,
  PRIORITIES,
  PROGRESS,
  WORK_STATES,
  workLife,
} from '../mixins.ts';

export const CHANNELS = {
  web: 'Web',
  phone: 'Phone',
  email: 'Email',
  chat: 'Chat',
  social: 'Social',
  community: 'Community',
  alert: 'Alert',
  virtualAgent: 'Virtual agent',
  meeting: 'Meeting',
} as const;
export const TOUCHPOINT_CATEGORIES = {
  general: 'General conversation',
  value: 'Value and adoption',
  expansion: 'Expansion opportunities',
  renewal: 'Renewal support',
} as const;

/** A conversation with the customer, planned or held (REC-16). */
export const touchpoint = defineTable({
  name: 'touchpoint',
  label: 'Touchpoint',
  plural: 'Touchpoints',
  prefix: 'TCH',
  title: ['subject'],
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId'],
  synonyms: ['activity', 'meeting', 'call', 'event', 'task', 'note', 'email', 'interaction', 'conversation'],
  placedBy: 'engagement',
  lifecycle: workLife(ADDRESSED_CODES),
  fields: {
    subject: f.text('Subject', {
      mandatory: true,
      search: 4,
      column: 1,
      maxLength: 500,
      synonyms: ['title', 'summary', 'topic', 'email subject', 'meeting title', 'meeting name'],
    }),
    engagement: f.reference('Engagement', 'engagement', { mandatory: true, merge: 'review', column: 2, synonyms: ['engagement title'] }),
    account: f.reference('Account', 'account', { readOnly: true, column: 3, help: 'The account of the engagement.' }),
    channel: f.choice('Channel', CHANNELS, { extensible: true, default: 'phone', column: 4, synonyms: ['type', 'activity type'] }),
    category: f.choice('Category', TOUCHPOINT_CATEGORIES, { extensible: true, default: 'general', column: 5 }),
    heldOn: f.date('Held or planned on', {
      column: 6,
      synonyms: ['date', 'meeting date', 'start time', 'start date time', 'activity date', 'activity date time', 'timestamp', 'held on'],
      help: 'Up to today it counts as held.',
    }),
    contact: f.reference('Contact', 'contact', { synonyms: ['contact id', 'who id'] }),
    assignedTo: f.reference('Assigned to', 'user', { merge: 'review', synonyms: ['owner', 'owner id'] }),
    state: f.choice('State', WORK_STATES, { default: 'new', merge: 'review', column: 7, synonyms: ['status'] }),
    progress: f.choice('Progress', PROGRESS, { default: 'notStarted' }),
    priority: f.choice('Priority', PRIORITIES, { default: 'medium', column: 8 }),
    dueDate: f.date('Due date', { column: 9, synonyms: ['due'] }),
    product: f.reference('Product', 'product', {}),
    soldProduct: f.reference('Sold product', 'soldProduct', { help: 'Where it is about one that the account was sold.' }),
    squad: f.references('Squad', 'user', { merge: 'set', section: 'People', help: 'Who else works on it.' }),
    closureCode: f.choice('Closure code', ADDRESSED_CODES, { readOnly: true, section: 'Closure' }),
    ...closure,
    ...described,
    ...comments,
    ...followed,
    ...external,
  },
});
