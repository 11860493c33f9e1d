// Finds Electron's runtime, which npm does not bring along, or fetches it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runScript } from './tools.ts';

const names: Record<string, string> = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/** The runtime's program: in `ELECTRON_OVERRIDE_DIST_PATH` where that is set, else where Electron's package keeps it; undefined when absent. */
export function installedElectron(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folder = override === undefined || override === '' ? join(root, 'node_modules', 'electron', 'dist') : override;
  const path = join(folder, names[process.platform] ?? 'electron');
  return existsSync(path) ? path : undefined;
}

async function canReach(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
    return true;
  } catch {
    return false;
  }
}

/** Fetches the runtime with Electron's own script; false when its releases cannot be reached or it takes over five minutes. */
export async function fetchElectron(): Promise<boolean> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'];
  if (!(await canReach(mirror === undefined || mirror === '' ? 'https://github.com/' : mirror))) return false;
  console.log("Fetching Electron's runtime, about 110 MB, once.");
  const { code } = await runScript(join(root, 'node_modules', 'electron', 'install.js'), [], { timeout: 300_000 });
  return code === 0 && installedElectron() !== undefined;
}

/** Why Electron cannot show a window here although its runtime may be there; undefined when it can. */
export function whyNoWindow(env: NodeJS.ProcessEnv, platform: string, isRoot: boolean): string | undefined {
  if (platform !== 'linux') return undefined;
  if (isRoot) return "Electron's sandbox does not work for root";
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display';
  return undefined;
}
