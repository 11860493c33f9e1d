import { useActions, type Action } from '../../state/actions.ts';
import { useMemo } from 'react';

/** Alt and the arrow keys move what the keyboard stands on by a day or a week (T7). */
export function useMoveActions(shift: (days: number) => void, more: readonly Action[] = NONE): void {
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'planner-later',
        label: 'Move a day later',
        group: 'This screen',
        icon: 'chevronRight',
        keys: 'alt+arrowright',
        run: () => shift(1),
      },
      {
        id: 'planner-earlier',
        label: 'Move a day earlier',
        group: 'This screen',
        icon: 'chevronLeft',
        keys: 'alt+arrowleft',
        run: () => shift(-1),
      },
      {
        id: 'planner-week-later',
        label: 'Move a week later',
        group: 'This screen',
        icon: 'chevronDown',
        keys: 'alt+arrowdown',
        run: () => shift(7),
      },
      {
        id: 'planner-week-earlier',
        label: 'Move a week earlier',
        group: 'This screen',
        icon: 'chevronUp',
        keys: 'alt+arrowup',
        run: () => shift(-7),
      },
      ...more,
    ],
    [shift, more],
  );
  useActions(actions);
}

const NONE: readonly Action[] = [];
