// Starts the built application in a real Electron.
import { _electron, type ElectronApplication } from '@playwright/test';
import { installedElectron } from '../../build/electron.ts';
import { root } from '../../build/tools.ts';

/**
 * Starts Satchel on a profile folder of the test's own. `env` is added to this process's environment. Throws when there is no
 * runtime. At least two switches stand before the application's folder: Playwright takes its own out of the arguments while
 * Electron is still reading them, and a runtime that reads by position would then miss the folder.
 */
export function launchDesktop(
  profile: string,
  options: { switches?: string[]; env?: Record<string, string> } = {},
): Promise<ElectronApplication> {
  const executablePath = installedElectron();
  if (executablePath === undefined) throw new Error('There is no Electron runtime');
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return _electron.launch({
    executablePath,
    cwd: root,
    // Playwright gives the sandbox up on Linux unless told otherwise; what is tested is what runs
    chromiumSandbox: true,
    // or Playwright would make every page light, whatever the application says
    colorScheme: null,
    args: [`--user-data-dir=${profile}`, '--lang=en-GB', ...(options.switches ?? []), root],
    env: { ...Object.fromEntries(inherited), ...options.env },
  });
}
