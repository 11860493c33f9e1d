import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import {
  ADDRESSED_CODES,
  assigned,
  closure,
  due,
  explained,
  external,
  followed,
  ofEngagement,
  onEngagement,
  prioritised,
  worked,
  workLife,
} from '../mixins.ts';

const addressed = { closureCode: f.choice('Closure code', ADDRESSED_CODES, { readOnly: true, section: 'Closure' }) } as const;

/** Work for an engagement that the customer does not see (REC-19). */
export const internalPlay = defineTable({
  name: 'internalPlay',
  label: 'Internal play',
  plural: 'Internal plays',
  prefix: 'IPL',
  title: ['shortDescription'],
  accountPath: 'account',
  placedBy: 'engagement',
  partOf: 'engagement',
  importable: true,
  importKeys: ['externalId'],
  lifecycle: workLife(ADDRESSED_CODES),
  fields: {
    shortDescription: f.text('Short description', {
      mandatory: true,
      search: 4,
      column: 1,
      maxLength: 500,
      synonyms: ['title', 'subject', 'play'],
    }),
    ...onEngagement,
    category: f.choice(
      'Category',
      {
        general: 'General',
        onboarding: 'Onboarding support',
        adoption: 'Adoption support',
        expansionRenewal: 'Expansion and renewal support',
        risk: 'Risk mitigation',
      },
      { extensible: true, default: 'general', column: 8 },
    ),
    contract: f.reference('Contract', 'contract', { help: 'The contract that is to be renewed or extended.' }),
    parent: f.anyReference('Parent', {
      to: ['successInitiative', 'successCase', 'touchpoint'],
      readOnly: true,
      section: 'Record',
      help: 'An internal play stands by itself; this stays empty.',
    }),
    ...worked,
    ...prioritised,
    ...due,
    ...assigned,
    ...addressed,
    ...closure,
    ...explained,
    ...followed,
    ...external,
  },
});

/** One action of an internal play (REC-20). */
export const internalPlayTask = defineTable({
  name: 'internalPlayTask',
  label: 'Internal play task',
  plural: 'Internal play tasks',
  prefix: 'IPT',
  title: ['shortDescription'],
  accountPath: 'account',
  ownedBy: 'internalPlay',
  placedBy: 'internalPlay',
  partOf: 'internalPlay',
  importable: true,
  importKeys: ['externalId'],
  lifecycle: workLife(ADDRESSED_CODES),
  fields: {
    shortDescription: f.text('Short description', {
      mandatory: true,
      search: 4,
      column: 1,
      maxLength: 500,
      synonyms: ['title', 'subject'],
    }),
    internalPlay: f.reference('Internal play', 'internalPlay', {
      mandatory: true,
      merge: 'review',
      column: 2,
      synonyms: ['play', 'parent'],
    }),
    ...ofEngagement,
    ...worked,
    ...prioritised,
    ...due,
    ...assigned,
    ...addressed,
    ...closure,
    ...explained,
    ...followed,
    ...external,
  },
});
