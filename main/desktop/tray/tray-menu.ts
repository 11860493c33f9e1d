import type { MenuItemConstructorOptions } from 'electron';

export type TrayActs = {
  readonly show: () => void;
  readonly open: (address: string) => void;
  readonly logCall: () => void;
  readonly quit: () => void;
};

/** What can be done from the tray while the window is closed (DSK-04). */
export function trayMenu({ show, open, logCall, quit }: TrayActs): MenuItemConstructorOptions[] {
  return [
    { label: 'Open Satchel', click: show },
    { label: 'Today', click: () => open('/today') },
    { label: 'Planner', click: () => open('/planner') },
    { label: 'Log a call', click: logCall },
    { type: 'separator' },
    { label: 'Quit Satchel', click: quit },
  ];
}
