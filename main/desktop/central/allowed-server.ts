import { z } from 'zod';
import { AppError } from '#shared/errors/app-error.ts';
import { isServerAddress } from '#shared/util/server-address.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

export type AllowedServerOptions = {
  /** The file that remembers it. */
  readonly path: string;
  /** Asks the person in a box of the system's, which no page can answer. */
  readonly ask: (server: string) => Promise<boolean>;
  readonly now: () => number;
  /** Which addresses may be asked at all; by default those of a central store. */
  readonly isAddress?: (server: string) => boolean;
  /** Hears which one it is: what was remembered, and every other one that the person agrees to. */
  readonly onAgreed?: (server: string) => void;
};

const fileSchema = z.strictObject({ server: z.string().max(300) });
/** Who said no is not asked again at once, whatever a page tries. */
const REST_MS = 3_000;

/**
 * The one central store that this Satchel talks to: the person agrees to it before the first request goes out, in a box that main shows.
 * So an engine that was taken over can send nothing elsewhere. Another server takes its place in the same way.
 */
export function allowedServer({
  path,
  ask,
  now,
  isAddress = isServerAddress,
  onAgreed = () => undefined,
}: AllowedServerOptions): (server: string) => Promise<void> {
  const file = readJsonFile(path, fileSchema);
  let allowed = file.found === 'good' ? file.value.server : undefined;
  if (allowed !== undefined) onAgreed(allowed);
  let asking: { readonly server: string; readonly answer: Promise<boolean> } | undefined;
  let refusedAt = Number.NEGATIVE_INFINITY;

  const agreed = async (server: string): Promise<boolean> => {
    if (asking !== undefined && asking.server !== server) return false;
    if (asking === undefined) {
      if (now() - refusedAt < REST_MS) return false;
      const answer = ask(server).then((isAgreed) => {
        if (!isAgreed) refusedAt = now();
        return isAgreed;
      });
      asking = { server, answer: answer.finally(() => (asking = undefined)) };
    }
    return asking.answer;
  };

  return async (server) => {
    if (server === allowed) return;
    if (!isAddress(server)) throw new AppError('contract', 'This address is not asked.');
    if (!(await agreed(server)))
      throw new AppError('permission', `Satchel was not allowed to connect to ${server}.`, { wayOut: 'Try again and choose Connect.' });
    if (server === allowed) return;
    allowed = server;
    onAgreed(server);
    // not remembered, it would only be asked again
    await writeJsonFile(path, { server }).catch(() => undefined);
  };
}
