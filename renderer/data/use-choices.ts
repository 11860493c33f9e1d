import { useMemo } from 'react';
import { SHIPPED_CHOICES, viewOfLists, type ChoiceView } from '#shared/domain/choices.ts';
import { useLive } from './use-live.ts';

/** The choices of every list as they are called now (REC-35); as shipped until the engine has answered. */
export function useChoices(): ChoiceView {
  const lists = useLive('choices.changed', {}).data?.lists;
  return useMemo(() => (lists === undefined ? SHIPPED_CHOICES : viewOfLists(lists)), [lists]);
}
