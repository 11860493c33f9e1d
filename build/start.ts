// npm start [-- --browser] [--server URL]: builds what is stale, then Electron where it can be had, else (or as asked) the browser.
import { spawn } from 'node:child_process';
import { buildStale } from './build.ts';
import { fetchElectron, installedElectron, whyNoWindow } from './electron.ts';
import { serve, type Served } from './serve.ts';
import { root } from './tools.ts';
import { wantedServers } from './wanted-servers.ts';

/** The browser keeps a store per address, port included, so the port must stay the same from start to start. */
const usualPort = 47_290;

/** An Electron that ends with an error this early never showed a window. */
const earlyMs = 8000;

/** Runs Electron until it ends; undefined when it failed at once, so that the browser can take over. */
function runElectron(path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const start = performance.now();
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    const child = spawn(path, [root, ...process.argv.slice(2)], { cwd: root, env, stdio: 'inherit' });
    let asked = false;
    const end = (signal: NodeJS.Signals) => {
      // the terminal sends Ctrl+C to Electron too; a second one does not wait any longer
      child.kill(asked ? 'SIGKILL' : signal);
      asked = true;
    };
    process.on('SIGINT', () => end('SIGINT'));
    process.on('SIGTERM', () => end('SIGTERM'));
    process.on('exit', () => child.kill('SIGKILL'));
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => {
      if (asked) return resolve(130);
      resolve(code !== 0 && performance.now() - start < earlyMs ? undefined : (code ?? 1));
    });
  });
}

async function isSatchel(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return answer.headers.get('server') === 'Satchel';
  } catch {
    return false;
  }
}

/** Serves on the wanted port; undefined when Satchel is being served there already. */
async function serveOnce(port: number): Promise<Served | undefined> {
  const servers = wantedServers(process.argv.slice(2), process.env);
  try {
    return await serve(port, undefined, servers);
  } catch {
    if (await isSatchel(`http://127.0.0.1:${port}/`)) return undefined;
    console.log(
      `Port ${port} is taken by another program. On another port the browser keeps another store; set PORT to choose one for good.`,
    );
    return serve(0, undefined, servers);
  }
}

function openBrowser(url: string): void {
  const { env, platform } = process;
  if (env['CI'] || (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'])) return;
  const [command, ...args] = { darwin: ['open', url], win32: ['cmd', '/c', 'start', '', url] }[platform as string] ?? ['xdg-open', url];
  const child = spawn(command ?? 'xdg-open', args, { stdio: 'ignore', detached: true });
  // without a browser the printed address is all there is
  child.on('error', () => undefined);
  child.unref();
}

async function browserHost(why: string): Promise<void> {
  const port = Number(process.env['PORT'] ?? usualPort);
  const served = await serveOnce(port);
  const url = served?.url ?? `http://127.0.0.1:${port}/`;
  console.log(`${why}, Satchel runs in the browser: ${url}${served === undefined ? ' (it is being served already)' : ' (Ctrl+C ends it)'}`);
  openBrowser(url);
  if (served === undefined) return;
  const end = (code: number) => served.close().finally(() => process.exit(code));
  process.on('SIGINT', () => void end(130));
  process.on('SIGTERM', () => void end(0));
}

/** The runtime to start, or why there is none. */
async function findElectron(): Promise<{ path: string } | { why: string }> {
  if (process.argv.includes('--browser')) return { why: 'As you asked' };
  const noWindow = whyNoWindow(process.env, process.platform, process.getuid?.() === 0);
  if (noWindow !== undefined) return { why: `Since ${noWindow}` };
  const path = installedElectron() ?? ((await fetchElectron()) ? installedElectron() : undefined);
  return path === undefined ? { why: "Since Electron's runtime is not installed and could not be fetched" } : { path };
}

async function build(names?: string[]): Promise<void> {
  const built = await buildStale(names);
  if (built.length > 0) console.log(`Built ${built.join(', ')}.`);
}

async function start(): Promise<void> {
  const electron = await findElectron();
  if ('why' in electron) {
    await build(['renderer', 'engine']);
    return browserHost(electron.why);
  }
  await build();
  const code = await runElectron(electron.path);
  if (code === undefined) return browserHost('Since Electron ended at once (its message stands above)');
  process.exitCode = code;
}

await start();
