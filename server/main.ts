// npm run server: the central store. `npm run server -- admin …`: its administration.
import { adminHelp, runAdmin } from './admin/run-admin.ts';
import { readConfig, type Config } from './config.ts';
import { jsonLog, say } from './log.ts';
import { createServer, idMaker, openStorage } from './server.ts';

async function serve(config: Config): Promise<void> {
  const log = jsonLog(Date.now);
  const storage = await openStorage(config, log);
  if (storage.kind === 'embedded')
    say('The embedded database is for trying out and small teams, not for production: set DATABASE_URL for PostgreSQL.');
  const { app, close } = createServer({ config, storage, log, now: Date.now });
  const stop = (signal: string): void => {
    log('stopping', { signal });
    close().then(
      () => log('stopped'),
      () => {
        log('stopped-with-fault');
        process.exitCode = 1;
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(signal));
  const address = await app.listen({ host: config.host, port: config.port });
  log('listening', { address, database: storage.kind });
}

async function administer(config: Config, argv: readonly string[]): Promise<void> {
  if (argv.length === 0) return say(adminHelp());
  const storage = await openStorage(config, () => undefined);
  try {
    const tools = {
      storage,
      now: Date.now,
      newId: idMaker(Date.now),
      password: process.env['SATCHEL_PASSWORD'] || undefined,
      clientSecret: process.env['SATCHEL_CLIENT_SECRET'] || undefined,
      publicUrl: config.publicUrl,
    };
    for (const line of await runAdmin(tools, argv)) say(line);
  } finally {
    await storage.close();
  }
}

const [word, ...rest] = process.argv.slice(2);
try {
  const config = readConfig(process.env, process.cwd());
  if (word === undefined) await serve(config);
  else if (word === 'admin') await administer(config, rest);
  else throw new Error('npm run server, or npm run server -- admin COMMAND');
} catch (thrown) {
  say(thrown instanceof Error ? thrown.message : String(thrown));
  process.exitCode = 1;
}
