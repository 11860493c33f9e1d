import { AppError } from '#shared/errors/app-error.ts';
import type { Undo, UndoDone, UndoMeta, WorkspaceSettings } from '../context.ts';
import type { ChangeHeader } from '../store/change-set.ts';
import type { Store } from '../store/store.ts';
import { openDraftCore } from './draft-core.ts';
import { obstacleError, type Telling } from './obstacles.ts';
import { takeBack } from './take-back.ts';
import { rootOf, undoStacks, type UndoStacks } from './undo-stacks.ts';
import type { OpenWriter } from './writer.ts';

type Direction = 'undo' | 'redo';

/** Makes undo and redo for a store. */
export function createUndo(store: Store, writer: OpenWriter, settings: () => WorkspaceSettings): Undo {
  const telling = (actor: string): Telling => ({ view: store.rows.view, actor, timeZone: settings().timeZone });
  const known = async () => {
    const headers = await store.history.headers();
    return { headers, byId: new Map(headers.map((header) => [header.id, header])) };
  };

  /** A step of the person's own, by the change set that it is now or that it began with; by default the last one. */
  const chosen = async (actor: string, kind: Direction, id: string | undefined): Promise<ChangeHeader> => {
    const { headers, byId } = await known();
    const stack = undoStacks(headers, actor)[kind];
    const found = id === undefined ? stack.at(-1) : stack.find((header) => header.id === id || rootOf(byId, header) === id);
    if (found !== undefined) return found;
    const header = id === undefined ? undefined : await store.history.find(id);
    if (header === undefined) throw nothing(kind);
    if (header.actor !== actor) throw new AppError('permission', 'This was done by someone else; only they can undo it.');
    if (!header.undoable) throw new AppError('conflict', 'This was worked out by Satchel itself and cannot be undone.');
    throw new AppError(
      'conflict',
      kind === 'undo'
        ? 'This has been undone already, or too much has happened since.'
        : 'Something else was changed since, so this cannot be done again.',
    );
  };

  const step = async (by: UndoMeta, kind: Direction, id: string | undefined): Promise<UndoDone> => {
    const { changeSetId, result } = await writer.runBare({ ...by, label: kind }, async (core, inTurns) => {
      const header = await chosen(by.actor, kind, id);
      const set = await store.history.read(header.seq);
      if (set === undefined) throw nothing(kind);
      by.allow?.(set);
      const { consequencesLeft, obstacles } = await takeBack(core, store, set, { inTurns, progress: by.progress });
      const isNothing = core.entries().length === 0 && core.touchedSeries().size === 0;
      if (obstacles.length > 0 && (by.rest !== true || isNothing)) throw obstacleError(obstacles, kind, telling(by.actor));
      const partial = obstacles.length > 0 ? { partial: true as const } : {};
      const origin = { kind, takesBack: header.id, undoable: true, label: header.label, ...partial };
      return { result: { label: header.label, left: obstacles.length }, origin, rules: consequencesLeft ? 'all' : 'checks' };
    });
    return { changeSetId, ...result };
  };

  const stacksOf = async (actor: string): Promise<UndoStacks> => undoStacks((await known()).headers, actor);

  return {
    undo: (by, changeSetId) => step(by, 'undo', changeSetId),
    redo: (by, changeSetId) => step(by, 'redo', changeSetId),
    next: async (actor) => {
      const { undo, redo } = await stacksOf(actor);
      return { undo: undo.at(-1)?.label, redo: redo.at(-1)?.label };
    },
    steps: async (actor) => {
      const { headers, byId } = await known();
      const { undo, redo } = undoStacks(headers, actor);
      const stepOf = (state: 'done' | 'undone') => (header: ChangeHeader) => {
        const id = rootOf(byId, header);
        return { id, current: header, began: byId.get(id) ?? header, state };
      };
      const steps = [...undo.map(stepOf('done')), ...redo.map(stepOf('undone'))].toSorted((a, b) => b.began.seq - a.began.seq);
      const firsts = await store.history.firsts(steps.map(({ began }) => began.seq));
      return steps.map((one, at) => ({ ...one, first: firsts[at] }));
    },
    look: async (by, id) => {
      const { undo, redo } = await stacksOf(by.actor);
      const { byId } = await known();
      const header = [...undo, ...redo].find((one) => one.id === id || rootOf(byId, one) === id);
      const set = header && (await store.history.read(header.seq));
      if (header === undefined || set === undefined) throw new AppError('not-found', 'This step cannot be reached any more.');
      by.allow?.(set);
      const core = openDraftCore(store);
      const { obstacles } = await takeBack(core, store, set, { inTurns: writer.turnsOf(by) });
      return { set, obstacles, telling: telling(by.actor), isNothing: core.entries().length === 0 && core.touchedSeries().size === 0 };
    },
  };
}

function nothing(kind: Direction): AppError {
  return new AppError('not-found', `There is nothing to ${kind}.`);
}
