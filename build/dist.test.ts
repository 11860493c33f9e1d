// Packs a small project around a stand-in for Electron's runtime: the real packager, the real configuration, no network.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { listPackage } from '@electron/asar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pack } from './dist.ts';
import { root } from './tools.ts';

// the marker by which the fuses are found in Electron's program, the version, the number of fuses, and each fuse switched off
const fuseWire = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('000000000')]);

let project: string;

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), content, { mode: 0o755 });
}

beforeAll(async () => {
  if (process.platform !== 'linux') return;
  project = mkdtempSync(join(tmpdir(), 'satchel-dist-'));
  for (const name of ['package.json', 'LICENSE', 'build/resources']) cpSync(join(root, name), join(project, name), { recursive: true });
  write('out/main/main.js', 'export {};');
  write('out/main/main.js.map', '{}');
  write('node_modules/left-out/index.js', 'module.exports = 1;');
  write('main/desktop/main.ts', 'export {};');
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'resources/readme']) write(join('electron', name), 'stand-in');
  write('electron/electron', Buffer.concat([Buffer.alloc(1024), fuseWire, Buffer.alloc(1024)]));
  await pack(
    { electronDist: join(project, 'electron'), electronVersion: '45.4.1', linux: { icon: 'icon.svg', executableName: 'satchel' } },
    true,
    project,
  );
}, 120_000);

afterAll(() => {
  if (process.platform === 'linux') rmSync(project, { recursive: true, force: true });
});

const unpacked = () => join(project, 'dist', 'linux-unpacked');

test.runIf(process.platform === 'linux')('the package holds the bundles and nothing of their sources', () => {
  const files = listPackage(join(unpacked(), 'resources', 'app.asar'), { isPack: false });
  expect(files).toContain('/out/main/main.js');
  expect(files.filter((path) => /node_modules|\.map$|\.ts$/.test(path))).toEqual([]);
});

test.runIf(process.platform === 'linux')('DSK-06 the packaged program has its fuses blown', async () => {
  const program = join(unpacked(), 'satchel');
  expect(readFileSync(program).includes(fuseWire)).toBe(false);
  const wire = await getCurrentFuseWire(program);
  expect({
    runAsNode: wire[FuseV1Options.RunAsNode],
    cookieEncryption: wire[FuseV1Options.EnableCookieEncryption],
    nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
    asarIntegrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
    onlyAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
    fileProtocol: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
  }).toEqual({
    runAsNode: FuseState.DISABLE,
    cookieEncryption: FuseState.ENABLE,
    nodeOptions: FuseState.DISABLE,
    inspect: FuseState.DISABLE,
    asarIntegrity: FuseState.ENABLE,
    onlyAsar: FuseState.ENABLE,
    fileProtocol: FuseState.DISABLE,
  });
});
