import type { Action } from '../state/actions.ts';

const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** How well an action answers what was typed: every typed word must begin a word of it; 0 is no match. */
export function actionScore(action: Pick<Action, 'label' | 'words' | 'group'>, typed: string): number {
  const wanted = fold(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return 1;
  const label = fold(action.label).split(/\s+/);
  const others = fold(`${action.words ?? ''} ${action.group}`).split(/\s+/);
  let score = 0;
  for (const word of wanted) {
    if (label.some((part) => part.startsWith(word))) score += 3;
    else if (others.some((part) => part.startsWith(word))) score += 1;
    else return 0;
  }
  return score / wanted.length;
}

/** The actions that answer what was typed, best first, at most `most`. */
export function matchingActions<A extends Pick<Action, 'label' | 'words' | 'group' | 'keysOnly'>>(
  actions: readonly A[],
  typed: string,
  most: number,
): readonly A[] {
  return actions
    .filter((action) => action.keysOnly !== true)
    .map((action) => ({ action, score: actionScore(action, typed) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ action }) => action);
}
