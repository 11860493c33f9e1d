// npm run dist [-- --dir]: packages for this system. It needs a network, for Electron's runtime and the packagers' tools.
import { Arch, build, Platform, type Configuration } from 'electron-builder';
import { buildStale } from './build.ts';
import { packaging } from './packaging.ts';
import { root } from './tools.ts';

/** Packs the built bundles with the given additions to the configuration; answers with the paths of what was made. */
export async function pack(additions: Configuration, dirOnly: boolean, projectDir: string = root): Promise<string[]> {
  const options = { projectDir, config: { ...packaging, ...additions }, publish: 'never' as const };
  if (!dirOnly) return build(options);
  // electron-builder names the architectures as Node does; on another one the look-up gives undefined, which means this machine's
  return build({ ...options, targets: Platform.current().createTarget('dir', Arch[process.arch as 'x64' | 'arm64']) });
}

function isNetworkFault(message: string): boolean {
  return /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|getaddrinfo|fetch failed|cannot resolve/i.test(message);
}

if (import.meta.main) {
  await buildStale();
  try {
    const made = await pack({}, process.argv.includes('--dir'));
    for (const path of made) console.log(path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.log(
      isNetworkFault(message)
        ? `Nothing was packed: Electron's runtime or a packaging tool could not be fetched (${message.split('\n', 1)[0]}). Run npm run dist with a network.`
        : `Nothing was packed: ${message}`,
    );
    process.exitCode = 1;
  }
}
