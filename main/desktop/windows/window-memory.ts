import { nativeTheme } from 'electron';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import { FIRST_STATE, windowStateSchema, type ThemeChoice, type WindowState } from './window-state.ts';

/** What is kept of the window from one start to the next, applied to the system's theme. Losing it loses no work. */
export type WindowMemory = {
  readonly state: () => WindowState;
  readonly keep: (changes: Partial<WindowState>) => void;
  readonly theme: { readonly choice: () => ThemeChoice; readonly choose: (choice: ThemeChoice) => void };
};

export function windowMemory(path: string): WindowMemory {
  const file = readJsonFile(path, windowStateSchema);
  let state: WindowState = file.found === 'good' ? file.value : FIRST_STATE;
  let line: Promise<void> = Promise.resolve();
  const keep = (changes: Partial<WindowState>): void => {
    state = { ...state, ...changes };
    const now = state;
    line = line.then(() => writeJsonFile(path, now)).catch(() => undefined);
  };
  nativeTheme.themeSource = state.theme;
  return {
    state: () => state,
    keep,
    theme: {
      choice: () => state.theme,
      choose: (choice) => {
        nativeTheme.themeSource = choice;
        keep({ theme: choice });
      },
    },
  };
}
