// Electron's security checklist by attack: each test does what a compromised page would try, and fails when its setting is removed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { outside } from './server-outside.ts';
import { ask, installProbe } from '../probe.ts';
import { expect, test } from '../satchel.ts';

/** Lets the system's browser be asked without opening one; answers what it was asked for. */
async function catchLinks(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  return () => app.evaluate(() => Reflect.get(globalThis, 'opened') as string[]);
}

const windowCount = (app: ElectronApplication) => app.evaluate(({ webContents }) => webContents.getAllWebContents().length);

test('DSK-06 nothing outside is reached: no request, no socket, no picture, no worker, no form', async ({ desktop }) => {
  const { ui } = await desktop.start();
  const { url, reached, close } = await outside();
  const attempts = await ui.evaluate(async (address) => {
    const settle = (promise: Promise<unknown>) =>
      promise.then(
        () => 'done',
        () => 'refused',
      );
    const element = (name: 'img' | 'iframe' | 'embed' | 'link' | 'video') => {
      const made = document.createElement(name);
      if (made instanceof HTMLLinkElement) Object.assign(made, { rel: 'stylesheet', href: `${address}/style.css` });
      else made.setAttribute('src', `${address}/${name}`);
      document.body.append(made);
      return new Promise<string>((resolve) => {
        made.addEventListener('load', () => resolve('done'));
        made.addEventListener('error', () => resolve('refused'));
        setTimeout(() => resolve('silent'), 1000);
      });
    };
    const socket = new Promise<string>((resolve) => {
      try {
        const made = new WebSocket(address.replace('http', 'ws'));
        made.addEventListener('open', () => resolve('done'));
        made.addEventListener('error', () => resolve('refused'));
      } catch {
        resolve('refused');
      }
    });
    const worker = (source: string) =>
      new Promise<string>((resolve) => {
        try {
          const made = new Worker(source);
          made.addEventListener('message', () => resolve('done'));
          made.addEventListener('error', () => resolve('refused'));
        } catch {
          resolve('refused');
        }
      });
    const form = document.createElement('form');
    form.action = `${address}/form`;
    form.method = 'post';
    document.body.append(form);
    form.submit();
    return {
      fetch: await settle(fetch(`${address}/fetch`)),
      beacon: navigator.sendBeacon(`${address}/beacon`, 'x'),
      picture: await element('img'),
      frame: await element('iframe'),
      style: await element('link'),
      socket: await socket,
      workerOutside: await worker(`${address}/worker.js`),
      workerBlob: await worker(URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }))),
    };
  }, url);
  expect(attempts).toMatchObject({ fetch: 'refused', picture: 'refused', style: 'refused', socket: 'refused' });
  expect([attempts.workerOutside, attempts.workerBlob]).toEqual(['refused', 'refused']);
  expect(ui.url()).toContain('app://ui/index.html');
  expect(reached).toEqual([]);
  close();
});

test('DSK-06 with the policy out of the way, the session itself still lets nothing out', async ({ desktop }) => {
  const { app } = await desktop.start();
  const { url, reached, close } = await outside();
  const results = await app.evaluate(async ({ webContents }, address) => {
    const sessions = webContents.getAllWebContents().map((contents) => contents.session);
    return Promise.all(
      sessions.map((session) =>
        session.fetch(`${address}/session`).then(
          () => 'done',
          () => 'refused',
        ),
      ),
    );
  }, url);
  expect(results).toEqual(['refused', 'refused']);
  expect(reached).toEqual([]);
  close();
});

test('DSK-06 a page stays where it is: navigation is denied, by whatever means', async ({ desktop }) => {
  const { ui, engine } = await desktop.start();
  const { url, reached, close } = await outside();
  const pairs = [
    [ui, 'app://ui/engine.html'],
    [await engine(), 'app://ui/index.html'],
  ] as const;
  for (const [page, other] of pairs) {
    const before = page.url();
    for (const target of [url, 'file:///etc/passwd', 'data:text/html,x', other, 'chrome://gpu']) {
      await page.evaluate((address) => {
        location.href = address;
      }, target);
      await page.evaluate((address) => {
        const link = document.createElement('a');
        link.href = address;
        document.body.append(link);
        link.click();
        link.remove();
      }, target);
    }
    await page.evaluate(() => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = '0;url=https://example.com/';
      document.head.append(meta);
    });
    // had any of these been let through, the page would have been replaced and this mark with it
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    expect(await page.evaluate(() => Reflect.get(window, 'stayed'))).toBe(true);
    expect(page.url()).toBe(before);
  }
  expect(reached).toEqual([]);
  close();
});

test('DSK-06 a page that empties itself is brought back, and so is the engine', async ({ desktop }) => {
  const { app, ui, engine } = await desktop.start();
  const addresses = () =>
    app.evaluate(({ webContents }) => webContents.getAllWebContents().map((contents) => contents.getURL().split('#')[0]));
  for (const page of [ui, await engine()]) {
    const emptied = page.waitForEvent('framenavigated', (frame) => frame.url() === 'about:blank');
    await page.evaluate(() => location.assign('about:blank'));
    await emptied;
    await expect.poll(async () => new Set(await addresses())).toEqual(new Set(['app://ui/index.html', 'app://ui/engine.html']));
  }
  await installProbe(ui);
  expect((await ask(ui, 'workspace.status', {})).empty).toBe(true);
});

test('DSK-06 no window is opened; plain web and mail links go to the system, nothing else does', async ({ desktop }) => {
  // the central store that the person agreed to, on this very machine
  const server = 'http://127.0.0.1:47300';
  writeFileSync(join(desktop.profile, 'central.json'), JSON.stringify({ server }));
  const flow = `flow=acme.${'x'.repeat(43)}`;
  const signIn = `${server}/sign-in/go?${flow}`;
  const { app, ui } = await desktop.start();
  const opened = await catchLinks(app);
  const before = await windowCount(app);
  for (const target of [
    'https://example.com/help',
    'mailto:ann@example.com',
    signIn,
    `${server}/v1/push?${flow}`,
    `http://127.0.0.1:1/sign-in/go?${flow}`,
    'http://example.com/',
    'file:///etc/passwd',
    'https://user:secret@example.com/',
    'smb://server/share',
    'app://ui/index.html',
    'about:blank',
    'javascript:alert(1)',
  ]) {
    await ui.evaluate((address) => {
      window.open(address, '_blank', 'nodeIntegration=1,webviewTag=1');
      const link = Object.assign(document.createElement('a'), { href: address, target: '_blank', rel: 'opener' });
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
  }
  await expect.poll(async () => new Set(await opened())).toEqual(new Set(['https://example.com/help', 'mailto:ann@example.com', signIn]));
  expect(await windowCount(app)).toBe(before);
});

test('DSK-06 no webview and no frame of another origin comes to life', async ({ desktop }) => {
  const { app, ui } = await desktop.start();
  const before = await windowCount(app);
  const frames = await ui.evaluate(async () => {
    const webview = document.createElement('webview');
    webview.setAttribute('src', 'https://example.com/');
    webview.setAttribute('nodeintegration', '');
    document.body.append(webview);
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { webview: 'loadURL' in webview, frame: frame.contentDocument === null ? 'foreign' : 'ours' };
  });
  expect(frames.webview).toBe(false);
  expect(await windowCount(app)).toBe(before);
  // where a frame's address says otherwise, what it shows must be Chromium's refusal
  const shown = await app.evaluate(({ webContents }) => {
    const frames = webContents.getAllWebContents().flatMap((contents) => contents.mainFrame.framesInSubtree);
    return Promise.all(frames.map((frame) => frame.executeJavaScript('location.protocol') as Promise<string>));
  });
  expect(new Set(shown)).toEqual(new Set(['app:', 'chrome-error:']));
});
