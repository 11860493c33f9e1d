import type { MessageBoxOptions } from 'electron';
import type { ErrorShape } from '#shared/errors/app-error.ts';

export type Choice = 'retry' | 'restore' | 'restore-before-damage' | 'empty' | 'quit';

export type SecondCopy = {
  /** Something can be restored. */
  readonly filled: boolean;
  /** Why not all of it can be; undefined while it is whole. */
  readonly damage: string | undefined;
};

type Question = { readonly options: MessageBoxOptions; readonly choices: readonly Choice[] };

function ways(error: ErrorShape | undefined, { filled, damage }: SecondCopy): readonly [Choice, string][] {
  if (filled)
    return [
      damage === undefined
        ? ['restore', 'Restore from the second copy']
        : ['restore-before-damage', 'Restore everything before the damage'],
    ];
  // nothing can be restored, and waiting will not help: a new beginning beside what is there
  return error !== undefined && !error.retryable ? [['empty', 'Start with an empty portfolio']] : [];
}

/** What the user is asked when the engine cannot be kept running. The first choice changes nothing; none deletes anything. */
export function giveUpQuestion(error: ErrorShape | undefined, copy: SecondCopy): Question {
  const all: readonly [Choice, string][] = [['retry', 'Try again'], ...ways(error, copy), ['quit', 'Quit']];
  const detail = [
    error?.message ?? 'It stopped several times in a row. Nothing that was saved is lost.',
    copy.filled ? 'Restoring builds your records anew from the second copy and keeps the present files as they are.' : undefined,
    all.some(([choice]) => choice === 'empty')
      ? 'An empty portfolio gets a folder of its own; the present files stay as they are.'
      : undefined,
    copy.damage,
  ];
  return {
    options: {
      type: 'warning',
      title: 'Satchel',
      message: 'Satchel cannot open your records',
      detail: [...new Set(detail.filter((line) => line !== undefined))].join('\n\n'),
      buttons: all.map(([, label]) => label),
      defaultId: 0,
      cancelId: all.length - 1,
      noLink: true,
    },
    choices: all.map(([choice]) => choice),
  };
}
