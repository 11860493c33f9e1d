import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { external } from '../mixins.ts';

export const DEFINITION_STATES = { draft: 'Draft', published: 'Published', closed: 'Closed', cancelled: 'Cancelled' } as const;
export const PLAY_CATEGORIES = {
  onboarding: 'Onboarding',
  adoption: 'Adoption',
  assessment: 'Assessment',
  risk: 'Risk',
  renewal: 'Renewal and expansion',
  relationship: 'Relationship',
} as const;

/** A success play as the launcher offers it (PLY-12; BR-18, BR-19): category, sub-category, and what it starts. */
export const definitionRecord = defineTable({
  name: 'definitionRecord',
  label: 'Definition record',
  plural: 'Definition records',
  prefix: 'DFN',
  title: ['title'],
  access: 'configuration',
  fields: {
    title: f.text('Title', { mandatory: true, search: 4, column: 1, maxLength: 200 }),
    category: f.choice('Category', PLAY_CATEGORIES, { mandatory: true, extensible: true, default: 'adoption', column: 2 }),
    subCategory: f.choice(
      'Sub-category',
      { general: 'General', health: 'Health', survey: 'Survey', review: 'Review', training: 'Training' },
      {
        extensible: true,
        default: 'general',
        column: 3,
      },
    ),
    state: f.choice('State', DEFINITION_STATES, { default: 'draft', merge: 'review', column: 4 }),
    active: f.boolean('Active', { readOnly: true, default: false, column: 5, help: 'Only published ones are offered.' }),
    order: f.integer('Order', { default: 100, min: 0, column: 6, help: 'Smaller ones come first in the launcher.' }),
    play: f.text('Play', { maxLength: 100, help: 'What it starts.' }),
    description: f.longText('Description', { mandatory: true, search: 1, section: 'Notes' }),
    ...external,
  },
});
