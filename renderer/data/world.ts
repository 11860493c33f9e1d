import type { ClientWorld } from '#shared/contract/client/client.ts';
import { uuidMaker } from '#shared/util/uuid.ts';

function later(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}

/** What the client needs of a page. */
export const pageWorld: ClientWorld = { later, newId: uuidMaker(Date.now, (bytes) => void crypto.getRandomValues(bytes)) };
