// Eight writers of one tenant, pushes of 50 (floor: bare SQL that inserts the same rows, keys and intents under the same lock: as many transactions, as
// often at once, each on the disk before the next; in a tenant of its own, so that neither works on what the other has written).
import { Pool } from 'pg';
import { createTenant } from '../../server/admin/tenants.ts';
import { defineBench, timed } from './define.ts';
import { makePortfolio, openBenchCentral, TENANT, touchpoints, type BenchCentral, type BenchDevice } from './central-bench.ts';

const WRITERS = 8;
const BARE = 'bare';
/** The two take turns, so that what else the machine does meets both. */
const ROUNDS = 5;
/** Rounds before any is counted: a server runs for weeks, and its code is compiled by then. */
const WARM_ROUNDS = 3;

/** What a push has written, as the payloads that write it again: a device's intents with their rows and keys. */
async function payloads({ storage, newId }: BenchCentral, device: string, first: number, pushes: number): Promise<readonly string[]> {
  const sql = (name: string, text: string) => ({ name: `bench-${name}`, text });
  return storage.transaction(TENANT, 'read', async (on) => {
    const intents = await on.run<{ id: string; sent: { operations: readonly { id: string }[] }; answer: object }>(
      sql('intents', 'select id, sent, answer from intent where device = $1 order by seq desc limit 50'),
      [device],
    );
    const made = intents.flatMap(({ sent }) => sent.operations.map(({ id }) => id));
    const rows = await on.run<{ id: string; scope: string; body: object; stamps: object }>(
      sql('rows', 'select id, scope, body, stamps from record where id = any($1::text[])'),
      [made],
    );
    const keys = await on.run<{ key: string; id: string }>(sql('keys', 'select key, id from record_key where id = any($1::text[])'), [
      made,
    ]);
    return Array.from({ length: pushes }, (_, push) => {
      const ids = new Map(made.map((id) => [id, newId()]));
      const seq = (first + push) * intents.length;
      return JSON.stringify({
        rows: rows.map(({ id, scope, body, stamps }) => ({ t: 'touchpoint', i: ids.get(id), v: 1, s: scope, b: body, st: stamps })),
        lost: [],
        keys: keys.map(({ key, id }) => ({ k: key, i: ids.get(id), t: 'touchpoint' })),
        members: [],
        intents: intents.map(({ sent, answer }, index) => ({ seq: seq + index + 1, id: newId(), device, user: device, sent, answer })),
        devices: [{ d: device, n: seq + intents.length }],
      });
    });
  });
}

export const bench = defineBench({
  name: 'server-throughput',
  where: 'node',
  limits: { 'server-throughput': { ratio: 2 } },
  run: async ({ size, say }) => {
    const central = await openBenchCentral();
    await createTenant(central.storage, BARE, BARE, new Date());
    const pushes = size === 'full' ? 8 : 1;
    const writers: { readonly device: BenchDevice; readonly engagements: readonly string[] }[] = [];
    for (let writer = 0; writer < WRITERS; writer += 1) {
      const device = await central.device(`writer-${writer}`);
      const engagements = await makePortfolio(device, central.newId);
      writers.push({ device, engagements });
    }
    // what either side sends is made beforehand: it is not what is measured
    const prepareAll = () =>
      writers.map(({ device, engagements }) =>
        Array.from({ length: pushes }, () => device.prepare(touchpoints(engagements, central.newId))),
      );
    const sendAll = (lists: ReturnType<typeof prepareAll>) =>
      Promise.all(
        lists.map(async (list) => {
          for (const send of list) await send();
        }),
      );
    const pool = new Pool({ connectionString: central.databaseUrl, max: WRITERS });
    const bare = (lists: readonly (readonly string[])[]) =>
      Promise.all(
        lists.map(async (list) => {
          const client = await pool.connect();
          for (const payload of list) {
            await client.query(`begin; select set_config('satchel.tenant', '${BARE}', true)`);
            await client.query({
              name: 'bench-commit',
              text: 'select satchel_commit($1, (select head from tenant where id = $1 for update), now(), $2::jsonb)',
              values: [BARE, payload],
            });
            await client.query('commit');
          }
          client.release();
        }),
      );
    const listsOf = (round: number) => Promise.all(writers.map(({ device }) => payloads(central, device.device, round * pushes, pushes)));
    let warm: Awaited<ReturnType<typeof listsOf>> = [];
    for (let round = 0; round < WARM_ROUNDS; round += 1) {
      await sendAll(prepareAll());
      warm = await listsOf(round);
      await bare(warm);
    }
    let [value, floor] = [0, 0];
    for (let round = 0; round < ROUNDS; round += 1) {
      const lists = await listsOf(WARM_ROUNDS + round);
      const sends = prepareAll();
      floor += await timed(() => bare(lists));
      value += await timed(() => sendAll(sends));
    }
    await pool.end();
    const each = WRITERS * pushes * ROUNDS;
    const rate = (ms: number): number => (each * 50 * 1_000) / ms;
    const [one] = warm.flat();
    say(
      `${Math.round(rate(value))} intents a second; bare ${Math.round(rate(floor))}, ${Math.round((one?.length ?? 0) / 1_024)} KB a push`,
    );
    await central.close();
    return [
      { name: 'server-throughput', value: value / each, unit: 'ms', floor: floor / each },
      { name: 'server-throughput-rate', value: rate(value), unit: 'count' },
    ];
  },
});
