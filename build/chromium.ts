// Finds the Chromium that tests and benches run in.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

/** What a look-up asks of the machine; tests hand in their own. */
export type Machine = {
  env: Record<string, string | undefined>;
  platform: string;
  isRoot: boolean;
  isFile: (path: string) => boolean;
  playwrightPath: () => string;
  /** Installs one of Debian's packages; false when that did not work. */
  installPackage: (name: string) => boolean;
};

const shellNames = ['chromium-headless-shell', 'chrome-headless-shell'];
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const fixedPlaces: Record<string, string[]> = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
};

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function thisMachine(): Machine {
  return {
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    isFile: isExecutable,
    playwrightPath: () => chromium.executablePath(),
    installPackage: (name) => {
      if (!existsSync('/etc/debian_version')) return false;
      process.stderr.write(`Installing the package ${name} with apt-get\n`);
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      const steps = [
        ['update', '-qq'],
        ['install', '-y', '-qq', '--no-install-recommends', name],
      ];
      return steps.every((args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0);
    },
  };
}

function onPath({ env, isFile }: Machine, wanted: readonly string[]): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => wanted.map((name) => join(folder, name))).find(isFile);
}

function systemChromium(machine: Machine): string | undefined {
  return onPath(machine, names) ?? (fixedPlaces[machine.platform] ?? []).find(machine.isFile);
}

/**
 * The path of a Chromium: `CHROMIUM_PATH`, else Playwright's own, else the system's, else (as root on Debian) a freshly
 * installed one. Throws with the way out when there is none, and when `CHROMIUM_PATH` names no program.
 */
export function findChromium(machine: Machine = thisMachine()): string {
  const named = machine.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (machine.isFile(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which is no program that can be run. Correct it or unset it.`);
  }
  const own = machine.playwrightPath();
  if (own !== '' && machine.isFile(own)) return own;
  const found = systemChromium(machine);
  if (found !== undefined) return found;
  const installed = machine.isRoot && machine.installPackage('chromium') ? systemChromium(machine) : undefined;
  if (installed !== undefined) return installed;
  throw new Error(
    'No Chromium was found. Install Chromium or Chrome, or run "npx playwright install chromium", or set CHROMIUM_PATH to one.',
  );
}

/**
 * The path of a Chromium that has no windows to offer, for tests that start one hundreds of times: it starts in an eighth of the
 * time, and stores as the whole one does. Where there is none, the whole one is.
 */
export function findShell(machine: Machine = thisMachine()): string {
  const shell = () => onPath(machine, shellNames);
  return shell() ?? (machine.isRoot && machine.installPackage('chromium-headless-shell') ? shell() : undefined) ?? findChromium(machine);
}

/** The switches that every Chromium of ours runs with: the store's backend as shipped, and no traffic of its own. */
export function chromiumArgs(isRoot: boolean = process.getuid?.() === 0): string[] {
  return [
    '--enable-features=IdbSqliteBackingStore',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-gpu',
    // Chromium's sandbox refuses to run as root
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}
