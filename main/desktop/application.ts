import { app, dialog, Menu, session, shell, type Tray } from 'electron';
import { dirname, join } from 'node:path';
import { CHANNELS, type MenuCommand } from '#shared/contract/bridge.ts';
import { LINK_SCHEME, linkIn } from '#shared/contract/deep-link.ts';
import { endInOrder } from './end-in-order.ts';
import { openFileFolder, type FileFolder } from './files/file-folder.ts';
import { answerFile } from './files/file-service.ts';
import { clearCopies } from './files/open-outside.ts';
import { electronCentral } from './central/electron-central.ts';
import { engineHost } from './engine/engine-host.ts';
import { askGiveUp } from './engine/give-up.ts';
import { eraseKept } from './erase-kept.ts';
import { listenToPages } from './ipc.ts';
import { folderOnDisk } from './journal/disk.ts';
import { keepJournal, type JournalKeeper } from './journal/journal-keeper.ts';
import { serveJournal } from './journal/journal-service.ts';
import { fileLog } from './log.ts';
import { osHandlers } from './os/os-handlers.ts';
import { servePages } from './pages.ts';

import { agreedProfile } from './profile/ask-plan.ts';
import type { Prepared } from './profile/prepare.ts';
import { partitionOf } from './profile/profile.ts';
import { keepProfile, type ProfileKeeper } from './profile/profile-file.ts';
import { restoredProfile } from './profile/start-plan.ts';
import { reminderDesk } from './reminders/reminder-desk.ts';
import { showReminder } from './reminders/show-reminder.ts';
import { hardenContents } from './security/harden-contents.ts';
import { openTray } from './tray/tray.ts';
import { background } from './windows/background.ts';
import { makeEngineWindow } from './windows/engine-window.ts';
import { menuTemplate } from './windows/menu.ts';
import { openUiWindow, type UiWindow } from './windows/ui-window.ts';
import { windowMemory } from './windows/window-memory.ts';

const DATABASE = 'satchel';

export type ApplicationOptions = {
  readonly prepared: Prepared;
  /** The folder with the built bundles. */
  readonly out: string;
};

type Running = { readonly keeper: JournalKeeper; readonly profile: ProfileKeeper; readonly files: FileFolder };

async function openPlaces({ plan, places }: Prepared): Promise<Running | undefined> {
  const agreed = await agreedProfile(plan);
  if (agreed === undefined) return undefined;
  const profile = keepProfile(places.profile, agreed);
  try {
    await profile.change({});
    return { keeper: await keepJournal(folderOnDisk(places.journal)), profile, files: await openFileFolder(places.files) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const detail = `Satchel could not open its folder ${join(places.journal, '..')} (${code}). Nothing was changed.`;
    dialog.showErrorBox('Satchel', `${detail} Check the disk and the rights on the folder, then start Satchel again.`);
    return undefined;
  }
}

/** Runs the application from when Electron is ready until it quits. */
export async function runApplication({ prepared, out }: ApplicationOptions): Promise<void> {
  const { places } = prepared;
  const log = fileLog(places.log, () => new Date().toISOString());
  let signInServer = (): string | undefined => undefined;
  app.on('web-contents-created', (_, contents) => hardenContents(contents, () => signInServer()));
  const running = await openPlaces(prepared);
  if (running === undefined) return app.exit(1);
  const { keeper, profile, files } = running;
  const copies = join(places.files, 'copies');
  await clearCopies(copies);
  const memory = windowMemory(places.window);
  const devTools = !app.isPackaged && app.commandLine.hasSwitch('devtools');
  const preload = (name: string) => join(out, 'preload', `${name}.cjs`);
  let ui: UiWindow | undefined;

  const openAddress = (address: string): void => {
    showUi();
    ui?.send(CHANNELS.open, address);
  };
  const logCall = (): void => {
    showUi();
    ui?.send(CHANNELS.menu, 'log-touchpoint' satisfies MenuCommand);
  };
  const desk = reminderDesk(places.reminders, (reminder) => showReminder(reminder, openAddress));
  const behind = background(memory, logCall, () => tray !== undefined);

  const makeEngine = () => {
    const partition = `persist:${partitionOf(profile.current())}`;
    servePages(session.fromPartition(partition), 'engine', { out, devTools });
    return makeEngineWindow({ preload: preload('engine'), partition, devTools });
  };

  /** Goes on in a new folder: filled from the second copy, or empty. The old one stays as it is. */
  const beginAnew = async (choice: 'restore' | 'restore-before-damage' | 'empty'): Promise<void> => {
    if (choice === 'restore-before-damage') await keeper.setDamageAside();
    const restored = restoredProfile(profile.current(), Number.parseInt(process.versions.chrome, 10));
    await profile.change({ ...restored, storeExpected: choice !== 'empty' });
    log({ event: 'begin-anew', choice, generation: restored.generation });
  };

  const central = electronCentral({ places, window: () => ui?.window });
  signInServer = central.server;
  const engine = engineHost({
    makeWindow: makeEngine,
    start: () => {
      const { deviceId, storeExpected } = profile.current();
      return { t: 'start', databaseName: DATABASE, host: 'electron', deviceId, storeExpected };
    },
    serveJournal: (port) => {
      // what an engine that has ended was adding
      void files.dropAll().catch(() => undefined);
      serveJournal(port, keeper.journal(), {
        storeExists: profile.storeExists,
        erase: async () => {
          log({ event: 'erase' });
          await eraseKept({ userData: dirname(places.profile), places, copies, profile, files });
          await keeper.erase();
          return keeper.journal();
        },
        files: (call) => answerFile(files, call),
        central: central.serve(),
        remind: desk.remind,
        report: (event, code) => log({ event, code }),
      });
    },
    giveUp: (error) => {
      void keeper
        .inspect()
        .then(({ filled, damage }) => askGiveUp(ui?.window, error, { filled, damage: damage?.message }))
        .then(async (choice) => {
          if (choice === 'quit') return app.quit();
          if (choice !== 'retry') await beginAnew(choice);
          engine.retry();
        })
        .catch(() => app.quit());
    },
    log,
  });

  const revealStorage = () => shell.showItemInFolder(places.journal);
  const chooseTheme: typeof memory.theme.choose = (choice) => {
    memory.theme.choose(choice);
    showMenu();
  };
  const send = (command: MenuCommand) => ui?.window.webContents.send(CHANNELS.menu, command);
  const showMenu = (): void => {
    const isMac = process.platform === 'darwin';
    const template = menuTemplate({ isMac, theme: memory.theme.choice(), send, revealStorage });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };

  const openUi = (): UiWindow => {
    servePages(session.fromPartition('persist:ui'), 'ui', { out, devTools });
    const closed = () => {
      ui = undefined;
      if (process.platform !== 'darwin') app.quit();
    };
    const opened = openUiWindow({ preload: preload('ui'), devTools, state: memory.state, keep: memory.keep, log, closed });
    behind.guard(opened.window);
    return opened;
  };
  const showUi = (): void => {
    ui ??= openUi();
    ui.focus();
  };

  listenToPages({
    uiContentsId: () => ui?.window.webContents.id,
    engine,
    os: osHandlers({
      window: () => ui?.window,
      journal: keeper.journal,
      files,
      copies,
      profile,
      engineRestarts: engine.restarts,
      theme: { choice: memory.theme.choice, choose: chooseTheme },
      background: () => behind,
      revealStorage,
    }),
    log,
  });
  app.setAsDefaultProtocolClient(LINK_SCHEME);
  const follow = (words: readonly string[]): void => {
    const address = linkIn(words);
    if (address === undefined) showUi();
    else openAddress(address);
  };
  app.on('second-instance', (_, words) => follow(words));
  // macOS hands links over in this way
  app.on('open-url', (event, link) => {
    event.preventDefault();
    follow([link]);
  });
  app.on('activate', showUi);
  const close = async () => {
    await clearCopies(copies);
    await keeper.journal().close();
  };
  endInOrder({ ui: () => ui?.window, engine, close });
  log({ event: 'start', chromium: process.versions.chrome, electron: process.versions.electron ?? '', backend: profile.current().backend });
  showMenu();
  engine.start();
  ui = openUi();
  const first = linkIn(process.argv);
  if (first !== undefined) openAddress(first);
  // held on to: a tray that is collected disappears
  tray = openTray({ show: showUi, open: openAddress, logCall, quit: () => app.quit() });
  log({ event: 'tray', found: tray !== undefined });
}

let tray: Tray | undefined;
