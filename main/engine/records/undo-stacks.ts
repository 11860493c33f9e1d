import type { ChangeHeader } from '../store/change-set.ts';

/** What a person can take back and do again; the last of each comes first to be taken. */
export type UndoStacks = { readonly undo: readonly ChangeHeader[]; readonly redo: readonly ChangeHeader[] };

/** So many of a person's last steps can be taken back. */
const UNDO_STEPS = 100;

/** Replays a person's change sets (oldest first): a new one makes what was undone unreachable, as everywhere. */
export function undoStacks(headers: readonly ChangeHeader[], actor: string): UndoStacks {
  let undo: ChangeHeader[] = [];
  let redo: ChangeHeader[] = [];
  const byId = new Map(headers.map((header) => [header.id, header]));
  const done: string[] = [];
  for (const header of headers) {
    if (header.actor !== actor || !header.undoable) continue;
    const others = (stack: readonly ChangeHeader[]) => stack.filter((one) => one.id !== header.takesBack);
    if (header.kind === 'undo') {
      undo = others(undo);
      redo.push(header);
    } else if (header.kind === 'redo') {
      redo = others(redo);
      undo.push(header);
    } else {
      undo.push(header);
      done.push(header.id);
      redo = [];
    }
  }
  const near = new Set(done.slice(-UNDO_STEPS));
  const isNear = (header: ChangeHeader) => near.has(rootOf(byId, header));
  return { undo: undo.filter(isNear), redo: redo.filter(isNear) };
}

/** The change set that began it: an undo or redo leads back to what was first done. */
export function rootOf(headers: ReadonlyMap<string, ChangeHeader>, header: ChangeHeader): string {
  let at = header;
  for (let before = at.takesBack; before !== undefined; before = at.takesBack) {
    const next = headers.get(before);
    if (next === undefined) return before;
    at = next;
  }
  return at.id;
}

/**
 * The later change sets whose effect still stands: of those that were done, undone and perhaps redone after `seq`, an even
 * number of steps leaves nothing behind, unless one of them left a part as it was.
 */
export function standingAfter(headers: readonly ChangeHeader[], seq: number): readonly ChangeHeader[] {
  const byId = new Map(headers.map((header) => [header.id, header]));
  const later = headers.filter((header) => header.seq > seq);
  return [...Map.groupBy(later, (header) => rootOf(byId, header)).values()].flatMap((steps) => {
    if (steps.some((step) => step.partial === true)) return steps;
    const last = steps.at(-1);
    return steps.length % 2 === 0 || last === undefined ? [] : [last];
  });
}
