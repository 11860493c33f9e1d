import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { Log } from '../log.ts';
import { supervise, supervisionAtRest, type Act, type Limits, type Observation } from '../engine/supervision.ts';
import { UI_URL } from '../security/sender.ts';
import { webPreferences } from './web-preferences.ts';
import { MIN_SIZE, windowBounds, type WindowState } from './window-state.ts';

const TICK_MS = 1000;

const UI_LIMITS: Limits = {
  silentStartingMs: 120_000,
  silentRunningMs: Infinity,
  startMs: 120_000,
  backOffMs: [0, 500, 2000],
  failures: 4,
  withinMs: 60_000,
  sleptMs: 10_000,
};

export type UiWindowOptions = {
  readonly preload: string;
  readonly devTools: boolean;
  readonly state: () => WindowState;
  readonly keep: (changes: Partial<WindowState>) => void;
  readonly log: Log;
  readonly closed: () => void;
};

export type UiWindow = {
  readonly window: BrowserWindow;
  readonly focus: () => void;
  /** Says something to the page, once it is there. */
  readonly send: (channel: string, value: string) => void;
};

const background = () => (nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff');

function makeWindow({ preload, devTools, state }: UiWindowOptions): BrowserWindow {
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...windowBounds(state().bounds, areas),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: 'Satchel',
    backgroundColor: background(),
    webPreferences: webPreferences({ preload, partition: 'persist:ui', devTools }),
  });
  if (state().maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  return window;
}

function keepBounds(window: BrowserWindow, keep: UiWindowOptions['keep']): void {
  let waiting: NodeJS.Timeout | undefined;
  const remember = (): void => keep({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(remember, 500);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('close', () => {
    clearTimeout(waiting);
    remember();
  });
}

async function askUnresponsive(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Satchel',
    message: "Satchel's window does not answer",
    detail: 'You can wait, or load the window anew. What was saved stays saved.',
    buttons: ['Wait', 'Load anew'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

/** Loads the page, and loads it anew when its process is gone or the user no longer wants to wait for it. */
function keepPage(window: BrowserWindow, log: Log): () => void {
  const { webContents } = window;
  let supervision = supervisionAtRest;
  let asking = false;

  const perform = (act: Act): void => {
    // the page's process has ended already, and loading starts a new one
    if (act === 'end') return;
    if (act === 'launch') return void window.loadURL(UI_URL).catch(() => undefined);
    log({ event: 'ui-given-up' });
    dialog.showErrorBox(
      'Satchel',
      'The window cannot be shown: it stopped several times in a row. What was saved stays saved. Start Satchel again.',
    );
    window.destroy();
  };
  const see = (observation: Observation): void => {
    const [next, acts] = supervise(supervision, observation, performance.now(), UI_LIMITS);
    supervision = next;
    for (const act of acts) perform(act);
  };

  webContents.on('did-finish-load', () => see({ saw: 'ready' }));
  webContents.on('render-process-gone', (_, { reason }) => {
    log({ event: 'ui-gone', reason });
    see({ saw: 'gone' });
  });
  window.on('unresponsive', () => {
    if (asking) return;
    asking = true;
    void askUnresponsive(window)
      .then((anew) => {
        if (anew) webContents.forcefullyCrashRenderer();
      })
      .finally(() => {
        asking = false;
      });
  });
  const timer = setInterval(() => see({ saw: 'tick' }), TICK_MS);
  see({ saw: 'start' });
  return () => {
    clearInterval(timer);
    see({ saw: 'stop' });
  };
}

/** The application's window: where it was, as the system or the user wants it to look, loaded anew when it fails. */
export function openUiWindow(options: UiWindowOptions): UiWindow {
  const window = makeWindow(options);
  keepBounds(window, options.keep);
  const stop = keepPage(window, options.log);
  const colour = () => window.setBackgroundColor(background());
  nativeTheme.on('updated', colour);
  window.on('closed', () => {
    nativeTheme.off('updated', colour);
    stop();
    options.closed();
  });
  return {
    window,
    send: (channel, value) => {
      const { webContents } = window;
      if (webContents.isLoading()) webContents.once('did-finish-load', () => webContents.send(channel, value));
      else webContents.send(channel, value);
    },
    focus: () => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
