import { AppError } from '#shared/errors/app-error.ts';
import type { SyncRow } from '../store/sync-rows.ts';
import type { Applying } from './apply-page.ts';
import { cutsOf, intentOfPart, type Deed, type Part, type Writing } from './deeds.ts';
import { ADOPTED, CUTS, kept, type Adopted } from './sync-keys.ts';

const encoder = new TextEncoder();

/** How many bytes something takes as JSON, which is what the server counts. */
export const bytesOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;

/** Halves of a bundle of records from before the first sign-in; none where it is a single one. */
export function halvesOf(value: unknown, newId: () => string): readonly Adopted[] {
  const adopted = value as Adopted | undefined; // kept by adopt.ts
  if (adopted === undefined) return [];
  const { records, points = [] } = adopted;
  if (records.length + points.length < 2) return [];
  // in the order in which they were: what others refer to comes first
  const middle = Math.ceil((records.length + points.length) / 2);
  const pointsFrom = Math.max(0, middle - records.length);
  return [
    { ...adopted, id: newId(), records: records.slice(0, middle), points: points.slice(0, pointsFrom) },
    { ...adopted, id: newId(), records: records.slice(middle), points: points.slice(pointsFrom) },
  ];
}

/**
 * Cuts a part that is too large to be sent into smaller ones, for good: the same deed always goes as the same intents (S3). Answers whether it could be
 * cut; a single record cannot.
 */
export async function cutDeed(
  { store, writer, queue, newId }: Applying,
  deed: Deed,
  part: Part,
  writing: Writing,
  most: number,
): Promise<boolean> {
  const halves = deed.seq === undefined ? halvesOf(store.sync.get(ADOPTED + deed.key), newId) : [];
  const known = store.sync.get(CUTS + deed.key) as readonly number[] | undefined; // kept below
  const sizeOf = (at: number): number =>
    bytesOf(intentOfPart(deed, { ...part, rows: part.rows.slice(at, at + 1), points: [] }, 1, writing).operations);
  const cuts =
    deed.seq === undefined
      ? undefined
      : cutsOf(
          deed,
          part,
          known,
          part.rows.map((_, at) => sizeOf(at)),
          most,
        );
  if (halves.length === 0 && cuts === undefined) return false;
  const put: readonly SyncRow[] =
    cuts === undefined ? halves.map((half, at) => kept(`${ADOPTED}${deed.key}${at}`, half)) : [kept(CUTS + deed.key, cuts)];
  await writer.bring(async () => ({
    label: '',
    rows: [],
    puts: new Map(),
    removes: new Map(),
    sync: { put, ...(cuts === undefined ? { remove: [ADOPTED + deed.key] } : {}) },
    shown: () => {
      if (cuts !== undefined) return queue.cut(deed);
      queue.drop(new Set([deed]));
      queue.readAdopted();
    },
  }));
  return true;
}

/** Why a change does not go: one record that is larger than all that is sent at once. */
export function tooLarge(): AppError {
  return new AppError('limit', 'This record is too large for the central store.', { wayOut: 'Shorten its texts, or discard the change.' });
}
