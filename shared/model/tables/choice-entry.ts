import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';

/**
 * One choice of a list that the administrator changed: a further one, or a shipped one under another label, in another place or
 * retired (REC-35). Choices that were left as shipped have no record; `shared/domain/choices.ts` puts both together.
 */
export const choiceEntry = defineTable({
  name: 'choiceEntry',
  label: 'Choice list entry',
  plural: 'Choice list entries',
  title: ['label'],
  access: 'configuration',
  unique: [['list', 'value']],
  fields: {
    list: f.text('List', {
      mandatory: true,
      column: 2,
      indexed: true,
      maxLength: 130,
      help: 'Record type and field, such as account.segment.',
    }),
    value: f.text('Value', { mandatory: true, column: 3, maxLength: 60, help: 'What records store. It never changes.' }),
    label: f.text('Label', { mandatory: true, column: 1, search: 1, maxLength: 100 }),
    rank: f.integer('Rank', { column: 4, min: 0, help: 'Smaller ones come first.' }),
    active: f.boolean('Active', { default: true, column: 5, help: 'A retired choice stays where it stands and is no longer offered.' }),
  },
});
