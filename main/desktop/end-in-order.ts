import { app, type BrowserWindow } from 'electron';
import type { EngineHost } from './engine/engine-host.ts';

/** What a page sent with its last breath needs to be committed. */
const GRACE_MS = 300;

export type Ending = {
  readonly ui: () => BrowserWindow | undefined;
  readonly engine: EngineHost;
  readonly close: () => Promise<void>;
};

/** Ends the application from the outside in: the window first, which may still save what was typed; then the engine; then the journal. */
export function endInOrder({ ui, engine, close }: Ending): void {
  let ended = false;
  let ending = false;

  const endEngine = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
    engine.stop();
    await close().catch(() => undefined);
    ended = true;
    app.quit();
  };

  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    const window = ui();
    if (window !== undefined) {
      // quits again once it is closed
      window.once('closed', () => app.quit());
      return window.close();
    }
    if (ending) return;
    ending = true;
    void endEngine();
  });
}
