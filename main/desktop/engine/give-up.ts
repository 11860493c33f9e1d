import { dialog, type BrowserWindow } from 'electron';
import type { ErrorShape } from '#shared/errors/app-error.ts';
import { giveUpQuestion, type Choice, type SecondCopy } from './give-up-question.ts';

/** Asks what to do now that the engine cannot be kept running, and answers what the user chose. */
export async function askGiveUp(window: BrowserWindow | undefined, error: ErrorShape | undefined, copy: SecondCopy): Promise<Choice> {
  const { options, choices } = giveUpQuestion(error, copy);
  const { response } = window === undefined ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options);
  return choices[response] ?? 'quit';
}
