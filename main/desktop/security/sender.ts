/** The two pages that there are. Anything else, in whatever frame, is answered by nobody. */
export type Page = 'ui' | 'engine';

export const UI_URL = 'app://ui/index.html';
export const ENGINE_URL = 'app://ui/engine.html';

/** Which of our pages an address is; fragments and queries belong to the page. */
export function pageAt(url: string): Page | undefined {
  const address = url.split(/[?#]/, 1)[0];
  if (address === ENGINE_URL) return 'engine';
  return address === UI_URL || address === 'app://ui/' ? 'ui' : undefined;
}

/** The parts of Electron's IPC event that tell who speaks. */
export type IpcSender = {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
};

/** Whether a message comes from the main frame of our own window, showing that page. Frames that are gone or embedded do not count. */
export function isFrom({ sender, senderFrame }: IpcSender, page: Page, windowContentsId: number | undefined): boolean {
  if (senderFrame === null || windowContentsId === undefined || sender.id !== windowContentsId) return false;
  return senderFrame.parent === null && pageAt(senderFrame.url) === page;
}
