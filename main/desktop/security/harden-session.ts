import type { Session } from 'electron';
import { isGranted, mayLoad } from './grants.ts';
import type { Page } from './sender.ts';

/** Denies a session what its page does not need: permissions, devices, addresses outside, downloads that no page of ours made. */
export function hardenSession(session: Session, page: Page, devTools: boolean): void {
  session.setPermissionRequestHandler((_, permission, answer, { requestingUrl }) => answer(isGranted(permission, requestingUrl, page)));
  session.setPermissionCheckHandler((_, permission, origin) => isGranted(permission, origin, page));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_, answer) => answer({}));
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url, devTools) }));
  // its dictionaries would be fetched from outside
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event, item) => {
    if (page === 'ui' && item.getURL().startsWith('blob:app://ui/')) item.setSaveDialogOptions({ defaultPath: item.getFilename() });
    else event.preventDefault();
  });
}
