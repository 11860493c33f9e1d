import { serverAddress } from '#shared/util/server-address.ts';

/**
 * The central stores that the pages in the browser may talk to: `--server URL` (several times), else `SATCHEL_SERVER` (with commas).
 * Electron needs none: there the person agrees to each. Throws AppError `validation` with what is wrong.
 */
export function wantedServers(args: readonly string[], env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const named = args.flatMap((arg, at) => (arg === '--server' ? [args[at + 1] ?? ''] : arg.startsWith('--server=') ? [arg.slice(9)] : []));
  const given = named.length > 0 ? named : (env['SATCHEL_SERVER'] ?? '').split(',').filter((one) => one.trim() !== '');
  return given.map(serverAddress);
}
