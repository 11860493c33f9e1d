import { AppError } from '#shared/errors/app-error.ts';
import type { Undo, UndoDone, UndoMeta } from '../context.ts';
import type { ChangeHeader } from '../store/change-set.ts';
import type { Store } from '../store/store.ts';
import { takeBack } from './take-back.ts';
import { rootOf, undoStacks } from './undo-stacks.ts';
import type { OpenWriter } from './writer.ts';

/** Makes undo and redo for a store. */
export function createUndo(store: Store, writer: OpenWriter): Undo {
  const step = async (by: UndoMeta, kind: 'undo' | 'redo', choose: () => Promise<ChangeHeader>): Promise<UndoDone> => {
    const { changeSetId, result } = await writer.runBare({ ...by, label: kind }, async (core, inTurns) => {
      const header = await choose();
      const set = await store.history.read(header.seq);
      if (set === undefined) throw nothing(kind);
      by.allow?.(set);
      const { consequencesLeft } = await takeBack(core, store, set, inTurns);
      const origin = { kind, takesBack: header.id, undoable: true, label: header.label };
      return { result: header.label, origin, rules: consequencesLeft ? 'all' : 'checks' };
    });
    return { changeSetId, label: result };
  };

  const chosen = async (actor: string, id: string): Promise<ChangeHeader> => {
    const headers = await store.history.headers();
    const byId = new Map(headers.map((header) => [header.id, header]));
    const found = undoStacks(headers, actor).undo.find((header) => header.id === id || rootOf(byId, header) === id);
    if (found !== undefined) return found;
    const header = await store.history.find(id);
    if (header === undefined) throw nothing('undo');
    if (header.actor !== actor) throw new AppError('permission', 'This was done by someone else; only they can undo it.');
    if (!header.undoable) throw new AppError('conflict', 'This was worked out by Satchel itself and cannot be undone.');
    throw new AppError('conflict', 'This has been undone already, or too much has happened since.');
  };

  return {
    undo: (by, changeSetId) =>
      step(by, 'undo', async () => {
        if (changeSetId !== undefined) return chosen(by.actor, changeSetId);
        const latest = undoStacks(await store.history.headers(), by.actor).undo.at(-1);
        if (latest === undefined) throw nothing('undo');
        return latest;
      }),
    redo: (by) =>
      step(by, 'redo', async () => {
        const latest = undoStacks(await store.history.headers(), by.actor).redo.at(-1);
        if (latest === undefined) throw nothing('redo');
        return latest;
      }),
    next: async (actor) => {
      const { undo, redo } = undoStacks(await store.history.headers(), actor);
      return { undo: undo.at(-1)?.label, redo: redo.at(-1)?.label };
    },
  };
}

function nothing(kind: 'undo' | 'redo'): AppError {
  return new AppError('not-found', `There is nothing to ${kind}.`);
}
