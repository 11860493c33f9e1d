import type { NewValues, Row } from '../../model/dictionary.ts';

type Named<T extends 'responsibility' | 'responseTemplate'> = NewValues<T> & Pick<Row<T>, 'name'>;

/** What people of teams are there for, on both sides (REC-27). */
export const STARTER_RESPONSIBILITIES: readonly Named<'responsibility'>[] = [
  { name: 'Executive sponsor', team: 'both', description: 'Wants the success and can decide.' },
  { name: 'Onboarding point of contact', team: 'customer', description: 'Leads the customer’s side of an onboarding.' },
  { name: 'Customer administrator', team: 'customer', description: 'Runs the product at the customer.' },
  { name: 'Data expert', team: 'customer', description: 'Delivers and checks the data to be brought in.' },
  { name: 'Onboarding manager', team: 'internal', description: 'Leads an onboarding from the sale to its go-live.' },
  { name: 'Data analyst', team: 'internal', description: 'Brings data in and sees to its quality.' },
  { name: 'Technical lead', team: 'internal', description: 'Sets up, connects and automates.' },
  { name: 'Account executive', team: 'internal', description: 'Sells renewals and extensions.' },
];

/** Texts to begin with (REC-39). */
export const STARTER_RESPONSES: readonly Named<'responseTemplate'>[] = [
  {
    name: 'After a meeting',
    category: 'meeting',
    subject: 'Thank you, and what we agreed',
    body: 'Dear {contact},\n\nthank you for the conversation. This is what we agreed:\n\n- \n\nPlease tell me if I left something out.',
  },
  {
    name: 'No answer yet',
    category: 'followUp',
    subject: 'May I ask again?',
    body: 'Dear {contact},\n\nI have not heard from you since my last message. Is there a better time, or someone else whom I should ask?',
  },
];
