import { useState } from 'react';
import type { ListName, WindowedRows } from '../../data/use-window.ts';

/** Rows that stay on screen while a group opens or closes, until its lines have come; `queryKey` names the list without its groups. */
export function useHeldRows<N extends ListName>(rows: WindowedRows<N>, queryKey: string): WindowedRows<N> {
  const { total, rowAt, data } = rows;
  const [held, setHeld] = useState<{ readonly queryKey: string } & Pick<WindowedRows<N>, 'total' | 'rowAt' | 'data'>>();
  const isNew = held?.queryKey !== queryKey || held.total !== total || held.rowAt !== rowAt || held.data !== data;
  if (total !== undefined && isNew) setHeld({ queryKey, total, rowAt, data });
  return total === undefined && held?.queryKey === queryKey ? { ...rows, ...held } : { ...rows, queryKey };
}
