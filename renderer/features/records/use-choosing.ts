import { useCallback, useMemo, useRef } from 'react';
import type { Target } from '#shared/contract/areas/lists.ts';
import type { Input } from '#shared/contract/engine-contract.ts';
import type { Condition } from '#shared/model/condition.ts';
import { useAsk } from '../../data/use-ask.ts';
import { countChosen, isChosen, NONE_CHOSEN, toggled, useChosen, withChosen } from '../../state/chosen.ts';
import { toastFailure } from '../../ui/toast.ts';
import { asAppError } from '../../data/use-command.ts';
import type { Choosing } from '../../ui/data-list/types.ts';
import type { ListLine } from './record-columns.tsx';

type Options = {
  /** What the list shows, without its window. */
  readonly shown: Omit<Input<'records.ids'>, 'from' | 'to' | 'condition'> & { readonly condition?: Condition };
  readonly count: number;
};

/** Which rows of a list are chosen, and what a command is told of them. */
export function useChoosing({ shown, count }: Options) {
  const { table, condition, search } = shown;
  const [chosen, setChosen] = useChosen(JSON.stringify([table, condition, search]));
  const ask = useAsk();
  /** What was chosen before a stretch began. */
  const base = useRef(NONE_CHOSEN);
  const latest = useRef(0);

  const choose = useCallback(
    (next: typeof chosen) => {
      base.current = next;
      setChosen(next);
    },
    [setChosen],
  );
  const addAll = useCallback(
    async (asked: Promise<{ readonly ids: readonly string[] }>, isStretch: boolean) => {
      latest.current += 1;
      const mine = latest.current;
      try {
        const { ids } = await asked;
        // of several stretches in a row, the last one counts
        if (latest.current !== mine) return;
        const next = withChosen(base.current, ids);
        if (isStretch) setChosen(next);
        else choose(next);
      } catch (thrown) {
        toastFailure(asAppError(thrown));
      }
    },
    [choose, setChosen],
  );

  const many = countChosen(chosen, count);
  const choosing = useMemo<Choosing<ListLine>>(
    () => ({
      isChosen: (line) => line.kind === 'row' && isChosen(chosen, line.row.id),
      state: many === 0 ? 'none' : many >= count ? 'all' : 'some',
      labelOf: (line) => (line.kind === 'row' ? `Choose ${line.label}` : 'Choose the group'),
      onToggle: (line) => {
        if (line.kind === 'row') return choose(toggled(chosen, line.row.id));
        const { group } = shown;
        if (group === undefined) return;
        base.current = chosen;
        const { closed: _closed, ...arrangement } = shown;
        void addAll(ask('records.groupIds', { ...arrangement, group, key: line.key }), false);
      },
      onStretch: (from, to) => void addAll(ask('records.ids', { ...shown, from: Math.min(from, to), to: Math.max(from, to) }), true),
      onAll: () => choose({ all: true, ids: new Set() }),
      onNone: () => choose(NONE_CHOSEN),
    }),
    [chosen, many, count, shown, choose, addAll, ask],
  );
  const target = useMemo<Target>(() => {
    const ids = [...chosen.ids];
    if (!chosen.all) return { ids };
    return { ...(condition === undefined ? {} : { condition }), ...(search === undefined ? {} : { search }), except: ids };
  }, [chosen, condition, search]);
  return { choosing, target, count: many };
}
