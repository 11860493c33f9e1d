import { shell, type WebContents } from 'electron';
import { externalLink, signInPage } from './external-link.ts';
import { pageAt } from './sender.ts';

type Navigation = { readonly url: string; readonly isMainFrame: boolean; readonly preventDefault: () => void };

/**
 * Pages of ours stay where they are: no navigation but a reload, no new window, no embedded page.
 * @param server the central store that the person agreed to, whose sign-in page may be opened in the system's browser
 */
export function hardenContents(contents: WebContents, server: () => string | undefined = () => undefined): void {
  const stay = (navigation: Navigation): void => {
    const page = navigation.isMainFrame ? pageAt(navigation.url) : undefined;
    if (page === undefined || page !== pageAt(contents.getURL())) navigation.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  // a page can empty itself without asking (about:blank): it is brought back
  let home: string | undefined;
  contents.on('did-navigate', (_, url) => {
    if (pageAt(url) !== undefined) home = url;
    else if (home !== undefined) void contents.loadURL(home).catch(() => undefined);
  });
  // a page may not keep the application from ending
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const link = externalLink(url) ?? signInPage(url, server());
    if (link !== undefined) void shell.openExternal(link).catch(() => undefined);
    return { action: 'deny' };
  });
  // the local network's addresses are nobody's business
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
