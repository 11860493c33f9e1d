import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { ErrorShape } from '#shared/errors/app-error.ts';

export type Choice = 'retry' | 'restore' | 'restore-before-damage' | 'quit';

export type SecondCopy = {
  /** Something can be restored. */
  readonly filled: boolean;
  /** Why not all of it can be; undefined while it is whole. */
  readonly damage: string | undefined;
};

type Question = { readonly options: MessageBoxOptions; readonly choices: readonly Choice[] };

/** What the user is asked when the engine cannot be kept running. The first choice changes nothing. */
export function giveUpQuestion(error: ErrorShape | undefined, copy: SecondCopy): Question {
  const restore: readonly [Choice, string][] = !copy.filled
    ? []
    : copy.damage === undefined
      ? [['restore', 'Restore from the second copy']]
      : [['restore-before-damage', 'Restore everything before the damage']];
  const all: readonly [Choice, string][] = [['retry', 'Try again'], ...restore, ['quit', 'Quit']];
  const detail = [
    error?.message ?? 'It stopped several times in a row. Nothing that was saved is lost.',
    copy.filled ? 'Restoring builds your records anew from the second copy and keeps the present files as they are.' : undefined,
    copy.damage,
  ];
  return {
    options: {
      type: 'warning',
      title: 'Satchel',
      message: 'Satchel cannot open your records',
      detail: detail.filter((line) => line !== undefined).join('\n\n'),
      buttons: all.map(([, label]) => label),
      defaultId: 0,
      cancelId: all.length - 1,
      noLink: true,
    },
    choices: all.map(([choice]) => choice),
  };
}

/** Asks, and answers what the user chose. */
export async function askGiveUp(window: BrowserWindow | undefined, error: ErrorShape | undefined, copy: SecondCopy): Promise<Choice> {
  const { options, choices } = giveUpQuestion(error, copy);
  const { response } = window === undefined ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options);
  return choices[response] ?? 'quit';
}
