import { expect, test } from 'vitest';
import { appProtocol } from './app-protocol.ts';

const files: Record<string, string> = {
  'renderer/index.html': '<style nonce="__NONCE__"></style><script nonce="__NONCE__" src="./a.js"></script>',
  'renderer/engine.html': '<title>engine</title>',
  'renderer/assets/a.js': 'go()',
  'engine/worker.js': 'work()',
};
let loads = 0;
const asked: string[] = [];

const handle = appProtocol({
  nonce: () => `nonce${(loads += 1)}`,
  read: async (folder, path) => {
    asked.push(`${folder}/${path}`);
    const content = files[`${folder}/${path}`];
    if (content === undefined) throw new Error('ENOENT');
    return new TextEncoder().encode(content);
  },
});
const get = (url: string, method = 'GET') => handle({ url, method });

test('DSK-06 a page comes with our policy and a nonce of its own at each load', async () => {
  const [first, second] = await Promise.all([get('app://ui/index.html'), get('app://ui/')]);
  const bodies = [await first.text(), await second.text()];
  for (const [i, response] of [first, second].entries()) {
    const nonce = /nonce="([^"]+)"/.exec(bodies[i] ?? '')?.[1] ?? '';
    expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(bodies[i]).not.toContain('__NONCE__');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  }
  expect(bodies[0]).not.toBe(bodies[1]);
});

test.each([
  ['app://ui/assets/a.js', 'go()', 'text/javascript'],
  ['app://ui/assets/a.js?v=1', 'go()', 'text/javascript'],
  ['app://ui/engine/worker.js', 'work()', 'text/javascript'],
  ['app://ui/engine.html', '<title>engine</title>', 'text/html'],
])('%s is served', async (url, body, type) => {
  const response = await get(url);
  expect(response.headers.get('content-type')).toContain(type);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await response.text()).toBe(body);
});

test.each([
  'app://ui/../package.json',
  'app://ui/%2e%2e/package.json',
  'app://ui/..%2f..%2fetc%2fpasswd',
  'app://ui/assets/..%5c..%5cpackage.json',
  'app://ui//etc/passwd.json',
  'app://ui/file:///etc/passwd.json',
  'app://other/index.html',
  'app://ui.evil/index.html',
  'app://ui@evil/index.html',
  'app://ui:80/index.html',
  'file:///etc/passwd.json',
  'app://ui/assets/missing.js',
])('DSK-06 %s is refused', async (url) => {
  asked.length = 0;
  const response = await get(url);
  expect(response.status).toBe(404);
  expect(asked.filter((path) => path !== 'renderer/assets/missing.js')).toEqual([]);
});

test('only reading is possible', async () => {
  expect((await get('app://ui/index.html', 'POST')).status).toBe(405);
  const head = await get('app://ui/index.html', 'HEAD');
  expect([head.status, await head.text()]).toEqual([200, '']);
});
