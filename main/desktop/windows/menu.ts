import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/contract/bridge.ts';
import type { ThemeChoice } from './window-state.ts';

export type MenuOptions = {
  readonly isMac: boolean;
  readonly theme: ThemeChoice;
  readonly send: (command: MenuCommand) => void;
  readonly setTheme: (choice: ThemeChoice) => void;
  readonly revealStorage: () => void;
};

/** The application's menu, with its keys. What concerns records is sent to the screen, which knows what is open. */
export function menuTemplate({ isMac, theme, send, setTheme, revealStorage }: MenuOptions): MenuItemConstructorOptions[] {
  const ask = (label: string, accelerator: string, command: MenuCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => send(command),
  });
  const look = (label: string, choice: ThemeChoice): MenuItemConstructorOptions => ({
    label,
    type: 'radio',
    checked: theme === choice,
    click: () => setTheme(choice),
  });
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [ask('Import files…', 'CmdOrCtrl+O', 'import'), { type: 'separator' }, isMac ? { role: 'close' } : { role: 'quit' }],
  };
  const edit: MenuItemConstructorOptions = {
    label: '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      ask('Undo last change', 'CmdOrCtrl+Alt+Z', 'undo'),
      ask('Redo last change', 'CmdOrCtrl+Alt+Shift+Z', 'redo'),
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  };
  const go: MenuItemConstructorOptions = {
    label: '&Go',
    submenu: [
      ask('Find or do anything…', 'CmdOrCtrl+K', 'palette'),
      { type: 'separator' },
      ask('Portfolio', 'CmdOrCtrl+1', 'portfolio'),
      ask('Risks', 'CmdOrCtrl+2', 'risks'),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      { label: 'Appearance', submenu: [look('As the system', 'system'), look('Light', 'light'), look('Dark', 'dark')] },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      { label: 'Reload the window', accelerator: 'CmdOrCtrl+R', role: 'reload' },
    ],
  };
  const help: MenuItemConstructorOptions = {
    label: '&Help',
    role: 'help',
    submenu: [{ label: 'Show the folder with the second copy', click: revealStorage }],
  };
  return [...(isMac ? [{ role: 'appMenu' as const }] : []), file, edit, go, view, { role: 'windowMenu' }, help];
}
