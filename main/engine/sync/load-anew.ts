import type { Brought } from '../records/writer.ts';
import type { SyncRow } from '../store/sync-rows.ts';
import type { Applying } from './apply-page.ts';
import { deedOf, deedOfAdopted, keyOfDeed, type Deed } from './deeds.ts';
import { withOwnWords } from './as-sent.ts';
import { asFirstSent } from './own-words.ts';
import {
  ADOPTED,
  ANSWERED,
  kept,
  keptUnder,
  REFUSED,
  SENT,
  STANDING,
  standingOf,
  type AnsweredPart,
  type RefusedDeed,
  type SentDeed,
  type Standing,
} from './sync-keys.ts';

const bare = { label: '', rows: [] } as const;
const nothing = (): Pick<Brought, 'label' | 'rows' | 'puts' | 'removes'> => ({ ...bare, puts: new Map(), removes: new Map() });

/**
 * Begins to load everything anew; the queue stays (S10, S12, S13). What is here stays in use until the last page says that it is gone.
 * `restored`: the server counts its versions anew, so deeds are told by the fields' values alone.
 */
export async function beginAnew({ store, writer, queue }: Applying, why: 'restored' | 'more'): Promise<void> {
  await writer.bring(async () => {
    const standing = standingOf(store.sync);
    if (standing === undefined) return undefined;
    const change = queue.known.begin();
    change.doubtAll();
    const next: Standing = {
      ...standing,
      cursor: undefined,
      loading: true,
      ...(why === 'restored' ? { rebased: store.head().seq } : {}),
    };
    const { put, remove } = change.writes();
    return { ...nothing(), sync: { put: [...put, kept(STANDING, next)], remove }, shown: change.show };
  });
}

/**
 * The server has answered only up to `acknowledged`: what it took in after that it has lost (S13). Those deeds go back into the queue
 * under the IDs that they had, so that nothing is done twice.
 */
export async function sendAgain({ store, writer, queue }: Applying, acknowledged: number, at: string): Promise<void> {
  await writer.bring(async () => {
    const standing = standingOf(store.sync);
    if (standing === undefined) return undefined;
    const lost = keptUnder<SentDeed>(store.sync, SENT).filter(({ value }) => value.last > acknowledged);
    const put: SyncRow[] = [kept(STANDING, { ...standing, answered: acknowledged, rebased: store.head().seq })];
    const remove: string[] = lost.map(({ key }) => key);
    const deeds: Pick<Deed, 'rows'>[] = queue.deeds().filter(({ parts }) => parts.some(({ answer }) => answer !== undefined));
    const again: { readonly seq: number; readonly changeSet: string }[] = [];
    for (const { value } of lost) {
      if (value.adopted !== undefined) {
        put.push(kept(value.key, value.adopted));
        deeds.push(deedOfAdopted(value.key.slice(ADOPTED.length), value.adopted, ''));
      }
      if (value.adopted !== undefined || value.seq === undefined) continue;
      const set = await store.history.read(value.seq);
      const deed = set && deedOf(withOwnWords(set, keyOfDeed(set.seq), store.sync), (table, id) => store.rows.table(table).get(id));
      if (deed !== undefined) deeds.push(deed);
      if (deed !== undefined && deed.parts.length > 0) again.push({ seq: value.seq, changeSet: value.id });
      // what jobs found they find again
      else if (deed?.head.kind !== 'job') put.push(kept(REFUSED + value.id, gone(value.id, set?.at ?? at)));
    }
    // answers that came back with nothing yet are lost as well, all but the refusals, which stand
    for (const deed of queue.deeds()) {
      const left = Object.fromEntries(
        deed.parts.flatMap(({ id, answer }): [string, AnsweredPart][] =>
          answer === undefined || (answer.seq > acknowledged && answer.outcome !== 'refused')
            ? []
            : [[id, { ...answer, seq: Math.min(answer.seq, acknowledged) }]],
        ),
      );
      put.push(kept(ANSWERED + deed.key, left));
    }
    put.push(...(await asFirstSent({ store, queue }, deeds)));
    return { ...nothing(), sync: { put, remove, again } };
  });
  await writer.bring(async () => {
    await queue.reopen();
    return undefined;
  });
}

/** A change that the history does not have any more. That it is lost is said all the same. */
function gone(id: string, at: string): RefusedDeed {
  const message =
    'The central store was put back to an earlier time and has lost this change. It cannot be sent again, because it is not kept here any more. Look at what you did at that time.';
  return {
    id,
    label: 'A change that is not kept here',
    at,
    error: { code: 'conflict', message, details: {}, retryable: false },
    rows: [],
  };
}

/** From now on this is another device: what was answered to the one before is in, whatever number it had (S1). */
export function answersOfOld({ queue }: Pick<Applying, 'queue'>): readonly SyncRow[] {
  return queue
    .deeds()
    .flatMap((deed) =>
      deed.parts.some(({ answer }) => answer !== undefined)
        ? [
            kept(
              ANSWERED + deed.key,
              Object.fromEntries(deed.parts.flatMap(({ id, answer }) => (answer === undefined ? [] : [[id, { ...answer, seq: 0 }]]))),
            ),
          ]
        : [],
    );
}
