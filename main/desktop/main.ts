// Electron's main process: prepares what must be settled before Chromium starts, then hands over to the application.
import { app, protocol } from 'electron';
import { join } from 'node:path';
import { runApplication } from './application.ts';
import { prepareProfile } from './profile/prepare.ts';

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

// a second start only brings the first one's window to the front
if (app.requestSingleInstanceLock()) {
  const prepared = prepareProfile(app.getPath('userData'), app.commandLine, process.versions.chrome);
  const out = join(import.meta.dirname, '..');
  void app.whenReady().then(() => runApplication({ prepared, out }));
} else {
  app.quit();
}
