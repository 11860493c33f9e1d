import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { CHANNELS } from '#shared/contract/bridge.ts';
import { AppError, toErrorShape } from '#shared/errors/app-error.ts';
import type { EngineHost } from './engine/engine-host.ts';
import type { Log } from './log.ts';
import { answerOs, type OsHandlers } from './os/answer.ts';
import { isFrom, type Page } from './security/sender.ts';

const nonceSchema = z.string().min(8).max(100);

export type IpcOptions = {
  readonly uiContentsId: () => number | undefined;
  readonly engine: EngineHost;
  readonly os: OsHandlers;
  readonly log: Log;
};

/** Hears our two pages, each on its own channels; every other sender and every malformed message is logged and left unanswered. */
export function listenToPages({ uiContentsId, engine, os, log }: IpcOptions): void {
  const own: Record<Page, () => number | undefined> = { ui: uiContentsId, engine: engine.contentsId };
  const trusts = (event: IpcMainEvent | IpcMainInvokeEvent, page: Page, channel: string): boolean => {
    try {
      if (isFrom(event, page, own[page]())) return true;
    } catch {
      // the frame is gone already: nobody to answer
    }
    log({ event: 'ipc-refused', channel });
    return false;
  };
  const hear = (channel: string, page: Page, act: (nonce: string, event: IpcMainEvent) => void): void => {
    ipcMain.on(channel, (event, value: unknown) => {
      if (!trusts(event, page, channel)) return;
      const nonce = nonceSchema.safeParse(value).data;
      if (nonce === undefined) return log({ event: 'ipc-malformed', channel });
      act(nonce, event);
    });
  };
  hear(CHANNELS.connectEngine, 'ui', (nonce, { sender }) => engine.connect(sender, nonce));
  hear(CHANNELS.engineReady, 'engine', (nonce) => engine.pageReady(nonce));
  ipcMain.on(CHANNELS.engineLost, (event) => {
    if (trusts(event, 'engine', CHANNELS.engineLost)) engine.pageLost();
  });
  ipcMain.handle(CHANNELS.os, (event, name: unknown, input: unknown) => {
    if (trusts(event, 'ui', CHANNELS.os)) return answerOs(os, name, input);
    return { ok: false, error: toErrorShape(new AppError('permission', 'This page may not ask Satchel for anything.')) };
  });
}
