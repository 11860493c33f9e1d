import { useState } from 'react';
import { asAppError, useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useMe } from '../../data/use-me.ts';
import { useUndo } from '../../data/use-undo.ts';
import { toastFailure } from '../../ui/toast.ts';
import { settledWords, type Choice } from './conflict-groups.ts';
import type { ConflictLine } from './sync-types.ts';

/** The open conflicts and how they are settled. What is settled is gone at once, and comes back where the engine refuses. */
export function useConflicts() {
  const { data, error } = useLive('sync.conflicts', {});
  const me = useMe();
  const { send } = useCommand('sync.resolve');
  const { toastSaved } = useUndo();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const ids = new Set(data?.lines.map(({ id }) => id));
  // what the engine does not list any more need not be hidden: after an undo it is listed again
  if (data !== undefined && [...gone].some((id) => !ids.has(id))) setGone(new Set([...gone].filter((id) => ids.has(id))));
  const lines = data?.lines.filter(({ id }) => !gone.has(id));
  // by who it was: two people may have one name
  const isOwn = ({ author, by }: ConflictLine) =>
    me?.user === undefined || (author === undefined ? me.user.name === by : me.user.id === author);

  const settle = async (settled: readonly ConflictLine[], choice: Choice, value?: unknown) => {
    const these = settled.map(({ id }) => id);
    setGone((before) => new Set([...before, ...these]));
    try {
      const { changeSetId } = await send({ ids: these, choice, ...(choice === 'value' ? { value } : {}) });
      toastSaved(settledWords(settled, choice, isOwn), changeSetId);
    } catch (thrown) {
      setGone((before) => new Set([...before].filter((id) => !these.includes(id))));
      toastFailure(asAppError(thrown));
    }
  };
  // the engine lists the first of very many
  const more = data === undefined ? 0 : data.total - data.lines.length;
  return { lines, more, error, isOwn, settle };
}
