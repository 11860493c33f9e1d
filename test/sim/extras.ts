import { SYNC_OLDEST_SCHEMA, SYNC_SCHEMA_VERSION } from '#shared/contract/sync-contract.ts';
import type { Chance } from '#shared/domain/demo/random.ts';
import { administer } from '../../server/admin/people.ts';
import { purge } from '../../server/pull/purge.ts';
import type { PushTools } from '../../server/push/push-group.ts';
import { sql } from '../../server/storage/storage.ts';
import { pick } from './deeds.ts';
import type { Deed, SimDevice } from './sim-device.ts';
import type { SimServer } from './sim-server.ts';

/*
 * What only some worlds have, by dice of their own, so that the others stay as they were: versions of the schema beside one another (S14), months away
 * and deletions that are forgotten (S10), deletions of nearly everything (S12), files (S16), a search that is open.
 */

type Extras = {
  /** Something more that happens at this step; answers whether it is a fault. */
  readonly happen: () => Promise<boolean>;
  readonly deed: (device: SimDevice) => Deed | undefined;
  /** The central store was put back: what was added since is gone. */
  readonly restored: () => void;
  /** Everyone has the newest version again, and nothing is asked twice. */
  readonly calm: () => void;
  /** Fields of a later version that the central store has: record → value. */
  readonly future: ReadonlyMap<string, string>;
  readonly agrees: () => boolean;
  readonly isSearched: boolean;
};
type World = {
  readonly dice: Chance;
  readonly server: SimServer;
  readonly tools: PushTools;
  readonly tenant: string;
  readonly devices: readonly SimDevice[];
  /** What this world has in any case. */
  readonly surely: Extra | undefined;
};
/** Versions beside one another, months away, deletions of nearly everything, files, a search that is open. */
export type Extra = 'versions' | 'away' | 'much' | 'files' | 'search';

const SOME_MONTHS_MS = 100 * 86_400_000;
/** More than ever go without a question. */
const MANY = 24;

const addFuture = sql(
  'sim-add-future',
  // as a newer instance would, with a number and a version of its own
  `with t as (update tenant set head = head + 1 where id = $1 returning head)
   update record set body = jsonb_set(body, '{ofTheFuture}', to_jsonb($4::text)), version = version + 1, seq = t.head from t
   where tenant = $1 and tbl = $2 and record.id = $3 and body is not null returning record.id`,
);

/** Opens what a seed has beside the rest. */
export function openExtras({ dice, server, tools, tenant, devices, surely }: World): Extras {
  const has = (what: Extra, share: number): boolean => dice.happens(share) || surely === what;
  const hasVersions = has('versions', 0.4);
  const goesAway = has('away', 0.15);
  const deletesMuch = has('much', 0.15);
  const hasFiles = has('files', 0.3);
  const isSearched = has('search', 0.3);
  const future = new Map<string, string>();
  const { clock } = server;
  let made = 0;

  const speakOtherwise = (): void => {
    const schema = dice.oneOf([
      SYNC_OLDEST_SCHEMA - 1,
      SYNC_OLDEST_SCHEMA,
      SYNC_OLDEST_SCHEMA,
      SYNC_SCHEMA_VERSION,
      SYNC_SCHEMA_VERSION + 1,
    ]);
    pick(dice, devices).speak?.(schema);
  };
  const addField = async (): Promise<void> => {
    const table = dice.oneOf(['account', 'engagement']);
    const [row] = pick(dice, devices).seen(table);
    if (row === undefined) return;
    const value = `F${(made += 1)}`;
    const found = await server.storage.transaction(tenant, 'write', (on) => on.run(addFuture, [tenant, table, row.id, value]));
    if (found.length > 0) future.set(`${table}/${row.id}`, value);
  };
  const addMany = async (): Promise<void> => {
    const [account] = pick(dice, devices).seen('account');
    if (account === undefined) return;
    const operations = Array.from({ length: MANY }, (_, at) => ({
      action: 'create' as const,
      table: 'contact',
      id: tools.newId(),
      values: { name: `C${at}`, account: account.id },
    }));
    // one that the central store does not have (yet) is refused
    await administer(tools, tenant, 'Many', operations).catch(() => undefined);
  };

  return {
    future,
    isSearched,
    agrees: () => deletesMuch && dice.happens(0.5),
    happen: async () => {
      if (isSearched && dice.happens(0.1)) await pick(dice, devices).find?.('T1');
      if (hasVersions && dice.happens(0.1)) {
        if (dice.happens(0.5)) speakOtherwise();
        else await addField();
        return true;
      }
      if (goesAway && dice.happens(0.06)) {
        clock.now += SOME_MONTHS_MS;
        await purge(server.storage, tenant, clock.now);
        return true;
      }
      if (deletesMuch && dice.happens(0.12)) {
        await addMany();
        return true;
      }
      return false;
    },
    deed: (device) => {
      if (hasFiles && dice.happens(0.25)) {
        const [row] = device.seen(dice.oneOf(['engagement', 'engagement', 'account', 'touchpoint']));
        made += 1;
        return row && { action: 'attach', table: row.table, id: row.id, text: `file${made}` };
      }
      if (deletesMuch && dice.happens(0.1)) {
        const ids = device.seen('contact').map(({ id }) => id);
        return ids.length === 0 ? undefined : { action: 'deleteAll', table: 'contact', ids };
      }
      return undefined;
    },
    restored: () => future.clear(),
    calm: () => {
      for (const device of devices) device.speak?.(SYNC_SCHEMA_VERSION);
    },
  };
}
