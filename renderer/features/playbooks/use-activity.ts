import { useCallback, useRef } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { changeDraft, setDraft, useDraft } from '../../state/drafts.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import type { RawValue } from '../../ui/record-form/raw-values.ts';
import type { Reference } from '../../ui/reference.ts';
import { inputOf, LISTS, rawInput } from './activity-input.ts';

export type Current = NonNullable<Output<'playbooks.player'>['current']>;
export type Played = Current['activities'][number];
type Input = Readonly<Record<string, unknown>>;

/** One activity in focus: what is filled in (kept on the device at every keystroke), and what can be done with it. */
export function useActivity(run: string, played: Played, onMoved: (key: string) => void) {
  const { activity } = played;
  const { key, label } = activity;
  const place = `play ${run} ${key}`;
  const { draft, onDraft } = useDraft(place);
  const completing = useCommand('playbooks.complete');
  const skipping = useCommand('playbooks.skip');
  const reopening = useCommand('playbooks.reopen');
  const reassigning = useCommand('playbooks.reassign');
  const keeping = useCommand('playbooks.keep');
  const { toastSaved } = useUndo();
  const values = { ...rawInput(played.input), ...draft.values };
  const sent = useRef<string>(undefined);
  const { run: runComplete } = completing;
  const { run: runKeep } = keeping;

  const put = (name: string, value: RawValue, picked: readonly Reference[] = []) =>
    changeDraft(place, (now) => ({
      ...now,
      values: { ...now.values, [name]: value },
      picked: { ...now.picked, ...Object.fromEntries(picked.map((one) => [one.id, one.label])) },
    }));
  const complete = useCallback(
    (input: Input, onDone?: () => void) =>
      runComplete({ run, activity: key, input: { ...input } }, ({ changeSetId }) => {
        setDraft(place, EMPTY_DRAFT);
        onDone?.();
        toastSaved(`“${label}” is done`, changeSetId);
        onMoved(key);
      }),
    [runComplete, run, key, place, label, toastSaved, onMoved],
  );
  const step = { run, activity: key };
  return {
    place,
    draft,
    onDraft,
    values,
    put,
    /** What is filled in, as the engine takes it. */
    input: () => inputOf(values, LISTS),
    complete,
    /** Hands what was filled in so far to the engine, so that others and other devices have it. */
    keep: () => {
      const typed = JSON.stringify(draft.values);
      if (activity.kind === 'form' || Object.keys(draft.values).length === 0 || sent.current === typed) return;
      sent.current = typed;
      runKeep({ ...step, input: { ...inputOf(draft.values, LISTS) } });
    },
    skip: (reason: string) =>
      skipping.run({ ...step, reason }, ({ changeSetId }) => {
        setDraft(place, EMPTY_DRAFT);
        toastSaved(`“${label}” was skipped`, changeSetId);
        onMoved(key);
      }),
    reopen: () => reopening.run({ ...step, reason: '' }, ({ changeSetId }) => toastSaved(`“${label}” is open again`, changeSetId)),
    reassign: (to: Reference) =>
      reassigning.run({ ...step, to: to.id }, ({ changeSetId }) => toastSaved(`“${label}” is ${to.label}’s now`, changeSetId)),
    busy: completing.busy || skipping.busy || reopening.busy || reassigning.busy,
    failure: completing.error ?? skipping.error ?? reopening.error ?? reassigning.error,
  };
}
export type ActivityWork = ReturnType<typeof useActivity>;
