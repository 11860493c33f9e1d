import type { Row } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';
import { blockingRecords, nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule, type Change } from './rule.ts';

/** Whether an engagement of `account` may stand below one of `above`: the same account, or its parent. */
function fitsBelow(account: string, above: string, view: ReadView): boolean {
  return account === above || view.get('account', account)?.parent === above;
}

function misplaced(
  change: Change,
  child: Row<'engagement'>,
  parent: Row<'engagement'>,
  view: ReadView,
): ReturnType<typeof refusal> | undefined {
  if (fitsBelow(child.account, parent.account, view)) return undefined;
  return refusal(
    'BR-06',
    change,
    `${sentence(nameOf('engagement', child, view))} cannot stand below ${nameOf('engagement', parent, view)}: a parent engagement belongs to the same account or to the parent account. Choose another parent engagement.`,
    { field: 'parent', blocking: blockingRecords('engagement', [parent], view) },
  );
}

/** BR-06 from both ends: an engagement and those below it. */
const parentFits = rule('BR-06', 'engagement', SAVED, {
  fields: ['parent', 'account'],
  check: ({ view }, change) => {
    const { after } = change;
    if (!after) return undefined;
    const parent = after.parent === undefined ? undefined : view.get('engagement', after.parent);
    const own = parent && misplaced(change, after, parent, view);
    if (own || change.action === 'create') return own;
    for (const child of view.by('engagement', 'parent', after.id)) {
      const below = misplaced(change, child, after, view);
      if (below) return below;
    }
    return undefined;
  },
});

/** BR-06 when an account moves in its own hierarchy. */
const parentAccountFits = rule('BR-06', 'account', ['update'], {
  fields: ['parent'],
  check: ({ view }, change) => {
    for (const child of change.after ? view.by('engagement', 'account', change.after.id) : []) {
      const parent = child.parent === undefined ? undefined : view.get('engagement', child.parent);
      const found = parent && misplaced(change, child, parent, view);
      if (found) return found;
    }
    return undefined;
  },
});

/** An engagement is not deleted from above others; they would silently become roots. */
const noOrphans = rule('REC-10', 'engagement', ['update'], {
  fields: ['parent'],
  check: ({ view, changeOf }, change) => {
    const { before, after } = change;
    const gone = before?.parent === undefined ? undefined : changeOf('engagement', before.parent);
    if (!after || after.parent !== undefined || gone?.action !== 'delete' || !gone.before) return undefined;
    return refusal(
      'REC-10',
      change,
      `An engagement cannot be deleted while others stand below it: ${nameOf('engagement', after, view)}. Delete them first, or give them another parent engagement.`,
      { recordId: gone.id, blocking: blockingRecords('engagement', [after], view) },
    );
  },
});

export const engagementRules: readonly AnyRule[] = [parentFits, parentAccountFits, noOrphans];
