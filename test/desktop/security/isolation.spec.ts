// Electron's security checklist by attack: each test does what a compromised page would try, and fails when its setting is removed.
import type { Page } from '@playwright/test';
import { outside } from './server-outside.ts';
import { expect, test } from '../satchel.ts';

type Attempt = { readonly ran: boolean; readonly error: string };

test('DSK-06 every page is sandboxed and isolated: no Node, no Electron, no module loader within reach', async ({ desktop }) => {
  const { app, ui, engine } = await desktop.start();
  const inReach = (page: Page) =>
    page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'].filter((name) => name in globalThis),
    );
  expect(await inReach(ui)).toEqual([]);
  expect(await inReach(await engine())).toEqual([]);
  const [worker] = (await engine()).workers();
  expect(await worker?.evaluate(() => ['require', 'process', 'Buffer'].filter((name) => name in globalThis))).toEqual([]);
  const settings = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      // there, though not declared for everyone
      const preferences = Reflect.apply(Reflect.get(contents, 'getLastWebPreferences'), contents, []) as Record<string, unknown>;
      const { sandbox, contextIsolation, nodeIntegration, nodeIntegrationInSubFrames, webviewTag, webSecurity } = preferences;
      return {
        sandbox,
        contextIsolation,
        nodeIntegration,
        nodeIntegrationInSubFrames,
        webviewTag,
        webSecurity,
      };
    }),
  );
  const safe = {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
  };
  expect(settings).toEqual([safe, safe]);
});

test('DSK-06 the processes of pages run in the operating system’s sandbox, even one whose window asks to be outside', async ({
  desktop,
}) => {
  test.skip(process.platform !== 'linux', 'read from /proc');
  const { app } = await desktop.start();
  const processes = await app.evaluate(async ({ BrowserWindow, webContents }) => {
    const outside = new BrowserWindow({ show: false, webPreferences: { sandbox: false } });
    await outside.loadURL('data:text/html,x');
    const fs = process.getBuiltinModule('node:fs');
    return webContents.getAllWebContents().map((contents) => {
      const status = fs.readFileSync(`/proc/${contents.getOSProcessId()}/status`, 'utf8');
      return { seccomp: /^Seccomp:\s*(\d)/m.exec(status)?.[1], noNewPrivileges: /^NoNewPrivs:\s*(\d)/m.exec(status)?.[1] };
    });
  });
  expect(processes.length).toBe(3);
  for (const found of processes) expect(found).toEqual({ seccomp: '2', noNewPrivileges: '1' });
});

test('DSK-06 a page offers exactly its bridge', async ({ desktop }) => {
  const { ui, engine } = await desktop.start();
  expect(await ui.evaluate(() => Object.keys(window.satchel).toSorted())).toEqual(['connectEngine', 'onMenu', 'onOpen', 'os']);
  expect(await ui.evaluate(() => 'satchelEngine' in window)).toBe(false);
  const bridge = await (await engine()).evaluate(() => Object.keys(Reflect.get(window, 'satchelEngine') as object).toSorted());
  expect(bridge).toEqual(['lost', 'ready']);
  expect(await (await engine()).evaluate(() => 'satchel' in window)).toBe(false);
});

test('DSK-06 inline scripts, event attributes, eval and foreign scripts do not run', async ({ desktop }) => {
  const { ui } = await desktop.start();
  const { url, reached, close } = await outside();
  const ran = await ui.evaluate(async (address) => {
    const marks: string[] = [];
    Object.assign(window, { mark: (name: string) => marks.push(name) });
    const script = (fill: (element: HTMLScriptElement) => void) => {
      const element = document.createElement('script');
      fill(element);
      document.body.append(element);
    };
    script((element) => {
      element.textContent = 'mark("inline")';
    });
    script((element) => {
      element.src = 'data:text/javascript,mark("data")';
    });
    script((element) => {
      element.src = URL.createObjectURL(new Blob(['mark("blob")'], { type: 'text/javascript' }));
    });
    script((element) => {
      element.src = `${address}/foreign.js`;
    });
    const holder = document.createElement('div');
    holder.innerHTML = '<img src="data:image/gif;base64,AAAA" onerror="mark(\'attribute\')">';
    document.body.append(holder);
    const link = document.createElement('a');
    link.href = 'javascript:mark("javascript address")';
    document.body.append(link);
    link.click();
    // not from within evaluate, which the debugger lets do more than a page may
    const attempts = new Promise<Record<string, Attempt>>((resolve) => {
      const attempt = (run: () => unknown): Attempt => {
        try {
          run();
          return { ran: true, error: '' };
        } catch (error) {
          return { ran: false, error: String(error) };
        }
      };
      setTimeout(() => {
        resolve({
          // oxlint-disable-next-line no-eval -- the attack itself
          eval: attempt(() => (0, eval)('mark("eval")')),
          // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- the attack itself
          function: attempt(() => new Function('mark("function")')()),
          timer: attempt(() => setTimeout('mark("timer")' as unknown as () => void)),
        });
      });
    });
    const results = await attempts;
    const source = 'data:text/javascript,mark("import")';
    const imported = await import(source).then(
      () => true,
      () => false,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { marks, results, imported };
  }, url);
  expect(ran.marks).toEqual([]);
  expect(ran.results['eval']?.error).toContain('EvalError');
  expect(ran.results['function']?.error).toContain('EvalError');
  expect(ran.imported).toBe(false);
  expect(reached).toEqual([]);
  close();
});

test('DSK-06 the policy comes with every page, with a nonce of its own at each load', async ({ desktop }) => {
  const { ui } = await desktop.start();
  const load = () =>
    ui.evaluate(async () => {
      const response = await fetch('app://ui/index.html');
      const policy = response.headers.get('content-security-policy') ?? '';
      return { policy, sniff: response.headers.get('x-content-type-options'), text: await response.text() };
    });
  const [first, second] = [await load(), await load()];
  expect(first.policy).toContain("default-src 'none'");
  expect(first.policy).toContain("script-src 'self';");
  expect(first.sniff).toBe('nosniff');
  expect(first.policy).not.toBe(second.policy);
  const nonce = /'nonce-([^']+)'/.exec(first.policy)?.[1] ?? 'none';
  expect(first.text).toContain(nonce);
  expect(first.text).not.toContain('__NONCE__');
});

test('DSK-06 there are no developer tools, by key, menu or code', async ({ desktop }) => {
  const { app, ui } = await desktop.start();
  for (const keys of ['F12', 'Control+Shift+I']) await ui.keyboard.press(keys);
  const pages = await app.evaluate(async ({ webContents }) => {
    for (const contents of webContents.getAllWebContents()) contents.openDevTools({ mode: 'detach' });
    // they open, where they do, a moment later
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return webContents.getAllWebContents().map((contents) => new URL(contents.getURL()).pathname);
  });
  expect(pages.toSorted()).toEqual(['/engine.html', '/index.html']);
});
