import type { ColumnAction } from '../../ui/data-list/types.ts';
import { nextSort } from '../../ui/data-list/movement.ts';
import { groupOptions, type RecordColumn } from './record-columns.tsx';
import type { ListState } from './use-list-state.ts';

/** A list of keys with one of them at another place. */
export function movedTo(keys: readonly string[], key: string, to: number): readonly string[] {
  const others = keys.filter((other) => other !== key);
  if (others.length === keys.length) return keys;
  const at = Math.max(0, Math.min(others.length, to));
  return [...others.slice(0, at), key, ...others.slice(at)];
}

/** What the head of a column offers. */
export function columnActions(state: ListState, column: RecordColumn, onFilterBy: (path: string) => void): readonly ColumnAction[] {
  const { search, set, columns, layout, setLayout } = state;
  const sort = search.sort ?? [];
  const keys = columns.map(({ key }) => key);
  const at = keys.indexOf(column.key);
  const own = sort.find(({ field }) => field === column.key);
  const sortBy = (direction: 'up' | 'down') => set({ sort: [{ field: column.key, direction }] });
  const move = (to: number) => setLayout({ ...layout, keys: movedTo(keys, column.key, to) });
  const isSortable = column.sortable !== false;
  const groups = groupOptions([column]).length > 0 && column.isDrawn !== true;
  return [
    ...(isSortable
      ? [
          { label: 'Sort upwards', icon: 'arrowUp', isOn: own?.direction === 'up', run: () => sortBy('up') } as const,
          { label: 'Sort downwards', icon: 'arrowDown', isOn: own?.direction === 'down', run: () => sortBy('down') } as const,
        ]
      : []),
    ...(isSortable && sort.length > 0 && own === undefined
      ? [{ label: 'Then sort by it', keys: 'Shift+Enter', run: () => set({ sort: nextSort(sort, column.key, true) }) }]
      : []),
    ...(own === undefined
      ? []
      : [
          {
            label: 'Do not sort by it',
            icon: 'close',
            run: () => set({ sort: sort.filter(({ field }) => field !== column.key) }),
          } as const,
        ]),
    ...(column.isDrawn === true ? [] : [{ label: 'Filter by it', icon: 'filter', run: () => onFilterBy(column.path) } as const]),
    ...(groups
      ? [
          search.group === column.path
            ? ({ label: 'Show without groups', icon: 'list', run: () => set({ group: undefined }) } as const)
            : ({ label: 'Group by it', icon: 'list', run: () => set({ group: column.path }) } as const),
        ]
      : []),
    ...(at > 0 ? [{ label: 'Move left', icon: 'chevronLeft', keys: 'Alt+Shift+←', run: () => move(at - 1) } as const] : []),
    ...(at < keys.length - 1 ? [{ label: 'Move right', icon: 'chevronRight', keys: 'Alt+Shift+→', run: () => move(at + 1) } as const] : []),
    ...(at > 0 ? [{ label: 'Put first, where it stays', icon: 'clip', run: () => move(0) } as const] : []),
    ...(keys.length > 1
      ? [
          {
            label: 'Hide the column',
            icon: 'eye',
            run: () => setLayout({ ...layout, keys: keys.filter((key) => key !== column.key) }),
          } as const,
        ]
      : []),
  ];
}
