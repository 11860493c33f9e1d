import { SYNC_OLDEST_SCHEMA, SYNC_SCHEMA_VERSION } from '#shared/contract/sync-contract.ts';
import type { Route } from './route.ts';
import { SyncError } from './sync-error.ts';

/** Whoever runs the server has to update it: not within the hour, as a rule. */
const LATER_MS = 3_600_000;

/**
 * Judges a device by its schema version before anything is read or written (S14): so its queue stays as it is, rather than being refused
 * deed by deed. One that is too old is told to update; one that is newer may read, and sends when the server has been updated.
 */
export function refuseSchema({ path }: Pick<Route, 'path'>, header: string | string[] | undefined): void {
  const version = versionIn(header);
  if (!Number.isInteger(version) || version < 0) throw new SyncError('malformed', 'The schema version cannot be read.');
  if (version < SYNC_OLDEST_SCHEMA)
    throw new SyncError(
      'too-old-client',
      'This Satchel is too old for the central store. Update it: your work stays here and is sent then.',
    );
  if (version > SYNC_SCHEMA_VERSION && path === '/v1/push') throw newer();
}

/**
 * What is said of a request that cannot be read: of a newer device, that the central store is to be updated, for it asks for what is not known here yet; it
 * keeps everything and tries again. Of others that it is malformed.
 */
export function unreadable(header: string | string[] | undefined, where: string): SyncError {
  return versionIn(header) > SYNC_SCHEMA_VERSION ? newer() : new SyncError('malformed', `The request cannot be read: ${where}.`);
}

const versionIn = (header: string | string[] | undefined): number => Number(header ?? 1);

function newer(): SyncError {
  return new SyncError(
    'unavailable',
    'This Satchel is newer than the central store. Your work is sent once the central store has been updated.',
    LATER_MS,
  );
}
