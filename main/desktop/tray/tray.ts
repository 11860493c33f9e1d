import { Menu, nativeImage, Tray } from 'electron';
import { TRAY_ICON } from './tray-icon.ts';
import { trayMenu, type TrayActs } from './tray-menu.ts';

/** Puts Satchel into the tray; answers the tray, which must be held on to. Undefined where the system has none. */
export function openTray(acts: TrayActs): Tray | undefined {
  try {
    const tray = new Tray(nativeImage.createFromDataURL(TRAY_ICON));
    tray.setToolTip('Satchel');
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu(acts)));
    tray.on('click', acts.show);
    return tray;
  } catch {
    return undefined;
  }
}
