import { fold } from '../../util/folding.ts';
import { refusal } from './refusal.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';

/** BR-18: no two definition records have the same title in the same category. Walks them all: there are some dozens. */
const titleOnce = rule('BR-18', 'definitionRecord', ['create', 'update'], {
  fields: ['title', 'category'],
  check: ({ view }, change) => {
    const { after } = change;
    if (!after) return undefined;
    const title = fold(after.title);
    for (const other of view.all('definitionRecord'))
      if (other.id !== after.id && other.category === after.category && fold(other.title) === title)
        return refusal(
          'BR-18',
          change,
          `There is a definition record “${other.title}” (${other.number ?? other.id}) in this category already. Change that one, or use another title.`,
          { field: 'title', blocking: [{ table: 'definitionRecord', id: other.id, label: other.title }] },
        );
    return undefined;
  },
});

/** BR-19: a definition record is active as long as it is published, and only then. */
const activeWhilePublished = rule('BR-19', 'definitionRecord', SAVED, {
  fill: (_context, { after }) =>
    after && (after.state === 'published') !== after.active ? { active: after.state === 'published' } : undefined,
});

export const definitionRecordRules: readonly AnyRule[] = [activeWhilePublished, titleOnce];
