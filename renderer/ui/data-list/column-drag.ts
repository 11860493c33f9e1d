import { useRef, useState, type MouseEvent, type PointerEvent } from 'react';

/** So far the pointer moves before a press becomes a drag. */
const THRESHOLD = 6;

type Drag = { readonly key: string; readonly to: number };

/** The place among the columns that a pointer at `x` stands for: before the first one whose middle is right of it. */
export function placeAt(middles: readonly number[], x: number): number {
  const at = middles.findIndex((middle) => x < middle);
  return at < 0 ? middles.length : at;
}

/** Where a column ends up that is dropped before the place `before`, counted without itself. */
export function droppedAt(from: number, before: number): number {
  return before > from ? before - 1 : before;
}

/**
 * Moves columns by dragging their heads. `cells` are the heads that can be moved; a press that does not move far stays a click.
 */
export function useColumnDrag(onMove: ((key: string, to: number) => void) | undefined, cells: () => readonly HTMLElement[]) {
  /** The dragged column, and the place before which it would be dropped. */
  const [drag, setDrag] = useState<Drag>();
  const wasDragged = useRef(false);

  const onPointerDown = (event: PointerEvent<HTMLElement>, key: string, from: number) => {
    wasDragged.current = false;
    const head = event.currentTarget;
    // what is pressed in the head's menu comes by here, too
    const isOwn = event.target instanceof Node && head.contains(event.target);
    if (onMove === undefined || !isOwn || event.button !== 0 || event.pointerType === 'touch') return;
    const start = event.clientX;
    const middles = cells().map((cell) => {
      const { left, width } = cell.getBoundingClientRect();
      return left + width / 2;
    });
    let before = from;
    const move = ({ clientX }: globalThis.PointerEvent) => {
      if (!wasDragged.current && Math.abs(clientX - start) < THRESHOLD) return;
      wasDragged.current = true;
      before = placeAt(middles, clientX);
      setDrag({ key, to: before });
    };
    const end = ({ type }: globalThis.PointerEvent) => {
      head.removeEventListener('pointermove', move);
      head.removeEventListener('pointerup', end);
      head.removeEventListener('pointercancel', end);
      setDrag(undefined);
      const to = droppedAt(from, before);
      if (wasDragged.current && type === 'pointerup' && to !== from) onMove(key, to);
    };
    head.setPointerCapture(event.pointerId);
    head.addEventListener('pointermove', move);
    head.addEventListener('pointerup', end);
    head.addEventListener('pointercancel', end);
  };
  /** The click at the end of a drag sorts nothing. */
  const onClickCapture = (event: MouseEvent) => {
    if (!wasDragged.current) return;
    wasDragged.current = false;
    event.preventDefault();
  };
  return { drag, onPointerDown, onClickCapture };
}
