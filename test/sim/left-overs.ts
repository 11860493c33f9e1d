import { fold } from '#shared/util/folding.ts';
import { sql } from '../../server/storage/storage.ts';
import type { Resting } from './at-rest.ts';

const liveRows = sql('sim-live-rows', 'select tbl, id, body from record where tenant = $1 and body is not null');
type Live = { readonly tbl: string; readonly id: string; readonly body: Readonly<Record<string, unknown>> };

/** Fields by whose words records are searched for here. */
const NAMED = { account: 'name', engagement: 'title', touchpoint: 'subject', contact: 'name' } as const;

/**
 * What lies beside the records, once all is quiet: no search entry and no file of a record that the device does not have any more (S9), each record that it
 * has in its search, checksums that agree (S12), and fields of a later version where the central store has them (S14).
 */
export async function checkLeftOvers(
  { server, tenant, devices }: Resting,
  future: ReadonlyMap<string, string>,
  isSearched: boolean,
): Promise<readonly string[]> {
  const live = await server.storage.transaction(tenant, 'read', (on) => on.run<Live>(liveRows, [tenant]));
  const files = new Map(live.flatMap(({ tbl, id, body }) => (tbl === 'attachment' ? [[String(body['sha256']), `${tbl}/${id}`]] : [])));
  const problems: string[] = live.flatMap(({ tbl, id, body }) => {
    const should = future.get(`${tbl}/${id}`);
    return should === undefined || body['ofTheFuture'] === should ? [] : [`${tbl}/${id} has lost a field of a later version`];
  });
  for (const { seat, device } of devices) {
    const held = device.held();
    for (const digest of (await device.files?.()) ?? []) {
      const record = files.get(digest);
      if (record !== undefined && !held.has(record)) problems.push(`${seat.login} still has the file of ${record}`);
    }
    const differing = (await device.compare?.()) ?? 0;
    if (differing > 0) problems.push(`${seat.login} has ${differing} scopes whose checksums differ`);
    if (!isSearched) continue;
    for (const { tbl, id, body } of live) {
      if (!(tbl in NAMED)) continue;
      const word = String(body[NAMED[tbl as keyof typeof NAMED]]); // as the line before says
      if (fold(word).includes(' ')) continue;
      const found = await device.find?.(word);
      if (found === undefined) continue;
      const key = `${tbl}/${id}`;
      if (held.has(key) && !found.includes(key)) problems.push(`${seat.login} does not find ${key}`);
      for (const one of found) if (!held.has(one)) problems.push(`${seat.login} finds ${one}, which they do not have`);
    }
  }
  return problems;
}
