// Electron's security checklist by attack: each test does what a compromised page would try, and fails when its setting is removed.
import { expect, test } from '../satchel.ts';

test('DSK-06 permissions are denied, asked for or only looked up', async ({ desktop }) => {
  const { ui } = await desktop.start();
  const results = await ui.evaluate(async () => {
    const refused = (promise: Promise<unknown>) =>
      promise.then(
        () => 'granted',
        () => 'refused',
      );
    const place = new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('refused'),
      );
    });
    const looked = await Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'].map(async (name) => {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        return `${name} ${state}`;
      }),
    );
    return {
      camera: await refused(navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await refused(navigator.mediaDevices.getDisplayMedia()),
      notification: await Notification.requestPermission(),
      midi: await refused(navigator.requestMIDIAccess()),
      clipboard: await refused(navigator.clipboard.readText()),
      place: await place,
      looked,
    };
  });
  expect(results).toEqual({
    camera: 'refused',
    screen: 'refused',
    notification: 'denied',
    midi: 'refused',
    clipboard: 'refused',
    place: 'refused',
    looked: ['geolocation denied', 'notifications denied', 'camera denied', 'microphone denied', 'midi denied', 'clipboard-read denied'],
  });
});

test('DSK-06 app:// serves the built files and nothing beside them', async ({ desktop }) => {
  const { ui } = await desktop.start();
  const statuses = await ui.evaluate(async () => {
    const paths = [
      'app://ui/index.html',
      'app://ui/engine/worker.js',
      'app://ui/../main/main.js',
      'app://ui/%2e%2e/main/main.js',
      'app://ui/..%2fmain%2fmain.js',
      'app://ui/..%5cmain%5cmain.js',
      'app://ui/assets/..%2f..%2f..%2fpackage.json',
      'app://ui//etc/passwd.json',
      'app://ui/engine/../../package.json',
      'app://ui/engine/..%2f..%2fpackage.json',
      'app://ui/main/main.js',
      'app://ui/preload/ui.js',
    ];
    const found: Record<string, number> = {};
    for (const path of paths) found[path] = await fetch(path).then((response) => response.status);
    return found;
  });
  const good = ['app://ui/index.html', 'app://ui/engine/worker.js'];
  expect(
    Object.entries(statuses)
      .filter(([, status]) => status === 200)
      .map(([path]) => path),
  ).toEqual(good);
  const foreign = await ui.evaluate(() =>
    Promise.all(
      ['file:///etc/passwd', 'app://other/index.html'].map((url) =>
        fetch(url).then(
          () => 'read',
          () => 'refused',
        ),
      ),
    ),
  );
  expect(foreign).toEqual(['refused', 'refused']);
});

test('DSK-06 main hears its own pages alone: foreign frames and windows are refused', async ({ desktop }) => {
  const { app, ui, engine } = await desktop.start();
  // a frame of our own page that runs somebody's script has no bridge at all
  const inFrame = await ui.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    return 'satchel' in (frame.contentWindow ?? {});
  });
  expect(inFrame).toBe(false);
  // a window with our preload that shows something else, which a page of ours could never open
  const foreign = await app.evaluate(async ({ BrowserWindow, app: electron }) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { sandbox: true, contextIsolation: true, preload: `${electron.getAppPath()}/out/preload/ui.cjs` },
    });
    await window.loadURL('data:text/html,<title>foreign</title>');
    const reply = await window.webContents.executeJavaScript("satchel.os('storage', {})");
    window.destroy();
    return reply as unknown;
  });
  expect(foreign).toMatchObject({ ok: false, error: { code: 'permission' } });
  // and the engine's page may not ask for what the application's may
  const hasOs = await (await engine()).evaluate(() => typeof Reflect.get(window, 'satchel'));
  expect(hasOs).toBe('undefined');
});

test('DSK-06 what a page asks of the system is checked in main', async ({ desktop }) => {
  const { ui } = await desktop.start();
  const asked: readonly (readonly [string, unknown, string])[] = [
    ['exec', {}, 'contract'],
    ['__proto__', {}, 'contract'],
    ['saveFile', { fileName: '../../evil.desktop', bytes: new Uint8Array([1]) }, 'contract'],
    ['openLink', { url: 'file:///etc/passwd' }, 'validation'],
    ['setTheme', { choice: 'pink' }, 'contract'],
    ['openFiles', { purpose: 'import', path: '/etc/passwd' }, 'contract'],
  ];
  for (const [name, input, code] of asked) {
    const reply = await ui.evaluate(([n, i]) => window.satchel.os(n, i), [name, input] as const);
    expect(reply, name).toMatchObject({ ok: false, error: { code } });
  }
});

test('DSK-06 a page cannot put files on the disk behind the user’s back', async ({ desktop }) => {
  const { app, ui } = await desktop.start();
  await app.evaluate(({ webContents }) => {
    const ends: string[] = [];
    Object.assign(globalThis, { ends });
    for (const contents of webContents.getAllWebContents())
      contents.session.on('will-download', (event, item) => {
        if (event.defaultPrevented) return ends.push('prevented');
        ends.push(`asks ${item.getSaveDialogOptions().defaultPath}`);
        item.cancel();
      });
  });
  await ui.evaluate(() => {
    for (const href of ['data:text/plain,x', URL.createObjectURL(new Blob(['x']))]) {
      const link = Object.assign(document.createElement('a'), { href, download: 'evil.desktop' });
      document.body.append(link);
      link.click();
    }
  });
  const ends = () => app.evaluate(() => Reflect.get(globalThis, 'ends') as string[]);
  await expect.poll(async () => (await ends()).toSorted()).toEqual(['asks evil.desktop', 'prevented']);
});
