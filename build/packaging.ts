// What electron-builder makes of the built bundles: packages for Linux, macOS and Windows, with everything switched off that
// Electron allows to be switched off.
import type { Configuration } from 'electron-builder';

export const packaging: Configuration = {
  appId: 'app.satchel.workstation',
  productName: 'Satchel',
  copyright: 'Apache-2.0',
  directories: { output: 'dist', buildResources: 'build/resources' },
  // everything is bundled into out/, so no package goes along
  files: ['out/**', 'package.json', 'LICENSE', '!**/node_modules/**', '!**/*.map'],
  protocols: [{ name: 'Satchel', schemes: ['satchel'] }],
  asar: true,
  npmRebuild: false,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  publish: null,
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Office',
    icon: 'icon.svg',
    synopsis: 'The workstation of customer success managers',
    executableName: 'satchel',
  },
  mac: { target: ['dmg', 'zip'], category: 'public.app-category.business', hardenedRuntime: true },
  win: { target: ['nsis'] },
  nsis: { oneClick: false, perMachine: false },
};
