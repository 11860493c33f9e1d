import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { addDays } from '#shared/util/calendar-days.ts';
import { useCommand } from '../../data/use-command.ts';
import { useGuestNews } from '../../data/use-guest-news.ts';
import { useUndo } from '../../data/use-undo.ts';
import { formatDate } from '../../ui/format.ts';
import type { ListRows } from '../../ui/data-list/types.ts';
import type { PlannerItem } from './planner-items.ts';

/** Days of items that were moved and not heard of since. */
type Moved = ReadonlyMap<string, string>;
const NONE: Moved = new Map();

type Rows<R> = Pick<ListRows<R>, 'rowAt' | 'subscribe'>;

/** Rows as they are shown, each made once. */
function remembering<R extends object>(toldAt: Rows<R>['rowAt'], show: (row: R) => R): Rows<R>['rowAt'] {
  const known = new WeakMap<R, R>();
  return (index) => {
    const row = toldAt(index);
    if (row === undefined) return undefined;
    const shown = known.get(row) ?? show(row);
    known.set(row, shown);
    return shown;
  };
}

/**
 * Moves touchpoints and meetings by days (T7): an item stands on its new day at once and goes back where the move is refused. `rows`: what
 * the engine told; `onDays` puts the items of a row on other days, and answers the very row where none of them moved.
 */
export function useMoves<R extends object>(rows: Rows<R>, onDays: (row: R, moved: Moved) => R) {
  const { send, error } = useCommand('planner.move');
  const { toastSaved } = useUndo();
  const tellOf = useGuestNews();
  const [moved, setMoved] = useState(NONE);
  const done = useRef(new Set<string>());
  // what is told after a move was done knows better
  const { rowAt: toldAt, subscribe } = rows;
  useEffect(
    () =>
      subscribe?.(() => {
        if (done.current.size === 0) return;
        const heard = done.current;
        done.current = new Set();
        setMoved((before) => new Map([...before].filter(([id]) => !heard.has(id))));
      }),
    [subscribe],
  );

  const move = useCallback(
    ({ table, id, label, day: from }: PlannerItem, days: number, others: readonly string[] = []): void => {
      if (days === 0) return;
      const ids = [id, ...others];
      setMoved((before) => {
        const to = addDays(before.get(id) ?? from, days);
        return new Map([...before, ...ids.map((one) => [one, to] as const)]);
      });
      send({ table, id, days }).then(
        ({ changeSetId, day, updates, meetings: [meeting] }) => {
          for (const one of ids) done.current.add(one);
          const told = updates > 0 ? '. The update to its guests waits to be sent.' : '';
          const message = `Moved to ${formatDate(day)}: ${label}${told}`;
          if (meeting === undefined) toastSaved(message, changeSetId);
          else void tellOf(message, changeSetId, meeting);
        },
        // the reason is in `error`
        () => setMoved((before) => new Map([...before].filter(([one]) => !ids.includes(one)))),
      );
    },
    [send, toastSaved, tellOf],
  );

  // rows that nothing moved in stay the same objects, so that they are not drawn again
  const rowAt = useMemo(() => remembering(toldAt, (row) => (moved.size === 0 ? row : onDays(row, moved))), [toldAt, moved, onDays]);
  return { move, rowAt, error };
}
