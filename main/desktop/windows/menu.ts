import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/contract/bridge.ts';
import type { ThemeChoice } from './window-state.ts';

export type MenuOptions = {
  readonly isMac: boolean;
  readonly theme: ThemeChoice;
  readonly send: (command: MenuCommand) => void;
  readonly revealStorage: () => void;
};

/** The application's menu, with its keys. What concerns records is sent to the screen, which knows what is open. */
export function menuTemplate({ isMac, theme, send, revealStorage }: MenuOptions): MenuItemConstructorOptions[] {
  const ask = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    // shown here, but heard by the page, which knows whether a text field wants them
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const look = (label: string, choice: ThemeChoice): MenuItemConstructorOptions => ({
    ...ask(label, choice),
    type: 'radio',
    checked: theme === choice,
  });
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      { label: 'Import files…', accelerator: 'CmdOrCtrl+O', click: () => send('go-import') },
      { type: 'separator' },
      ask('Settings', 'go-settings'),
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit', accelerator: 'CmdOrCtrl+Q' },
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      { type: 'separator' },
      ask('Undo the last change', 'undo'),
      ask('Do it again', 'redo'),
      ask('Log a call', 'log-touchpoint', 'CmdOrCtrl+L'),
    ],
  };
  const go: MenuItemConstructorOptions = {
    label: '&Go',
    submenu: [
      ask('Search and commands', 'palette', 'CmdOrCtrl+K'),
      { type: 'separator' },
      ask('Portfolio', 'go-portfolio'),
      ask('Risks', 'go-risks'),
      ask('Records', 'go-records'),
      ask('Definitions', 'go-definitions'),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      { label: 'Colours', submenu: [look('As the system', 'system'), look('Light', 'light'), look('Dark', 'dark')] },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      { role: 'reload', label: 'Reload the window' },
    ],
  };
  const help: MenuItemConstructorOptions = {
    label: '&Help',
    role: 'help',
    submenu: [ask('Keys', 'keys'), { label: 'Show the folder with the second copy', click: revealStorage }],
  };
  return [...(isMac ? [{ role: 'appMenu' as const }] : []), file, edit, go, view, { role: 'windowMenu' }, help];
}
