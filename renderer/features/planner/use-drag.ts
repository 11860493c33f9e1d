import { useRef, type DragEvent } from 'react';
import { daysBetween } from '#shared/util/calendar-days.ts';

const itemOf = ({ target }: DragEvent) => (target instanceof Element ? target.closest<HTMLElement>('[data-item]') : null);
const dayCellOf = ({ target }: DragEvent): HTMLElement | null =>
  target instanceof Element ? (target.closest('[data-column]')?.querySelector<HTMLElement>('[data-day]') ?? null) : null;
const rowOf = (element: Element | null) => element?.closest('[data-row]') ?? null;

/**
 * Drags an item along its row to another day; the keyboard does the same with Alt and the arrow keys. `onDrop`: by how many days. What
 * belongs to one engagement is not dropped on another.
 */
export function useDrag(onDrop: (row: number, item: string, days: number) => void) {
  const dragged = useRef<{ readonly item: string; readonly day: string; readonly row: Element } | undefined>(undefined);
  const over = useRef<HTMLElement | null>(null);
  const mark = (cell: HTMLElement | null) => {
    if (over.current === cell) return;
    over.current?.removeAttribute('data-drop');
    cell?.setAttribute('data-drop', '');
    over.current = cell;
  };
  const end = () => {
    mark(null);
    dragged.current = undefined;
  };
  return {
    onDragStart: (event: DragEvent) => {
      const item = itemOf(event);
      const day = item?.closest<HTMLElement>('[data-day]')?.dataset['day'];
      const row = rowOf(item);
      if (!item || day === undefined || !row || item.getAttribute('draggable') !== 'true') return;
      dragged.current = { item: item.dataset['item'] ?? '', day, row };
      event.dataTransfer.effectAllowed = 'move';
    },
    onDragOver: (event: DragEvent) => {
      const cell = dayCellOf(event);
      const fits = dragged.current !== undefined && rowOf(cell) === dragged.current.row;
      mark(fits ? cell : null);
      if (!fits) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
    },
    onDrop: (event: DragEvent) => {
      const cell = dayCellOf(event);
      const to = cell?.dataset['day'];
      const from = dragged.current;
      if (from && to !== undefined && rowOf(cell) === from.row) {
        event.preventDefault();
        onDrop(Number(from.row.getAttribute('data-row')), from.item, daysBetween(from.day, to));
      }
      end();
    },
    onDragEnd: end,
  };
}
