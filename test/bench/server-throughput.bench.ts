// Eight writers of one tenant, pushes of 50 (floor: the same rows, keys and intents inserted by bare SQL under the same lock, as often at once).
import { Pool } from 'pg';
import { defineBench, timed } from './define.ts';
import { makePortfolio, openBenchCentral, TENANT, touchpoints, type BenchCentral, type BenchDevice } from './central-bench.ts';

const WRITERS = 8;

/** What the pushes have written, as the payloads that wrote it: a device's intents with their rows and keys. */
async function payloads({ storage, newId }: BenchCentral, device: string, pushes: number): Promise<readonly string[]> {
  const sql = (name: string, text: string) => ({ name: `bench-${name}`, text });
  return storage.transaction(TENANT, 'read', async (on) => {
    const rows = await on.run<{ id: string; scope: string; body: object; stamps: object }>(
      sql('rows', `select id, scope, body, stamps from record where tbl = 'touchpoint' limit 50`),
      [],
    );
    const keys = await on.run<{ key: string; id: string }>(
      sql('keys', `select key, id from record_key where tbl = 'touchpoint' and id = any($1::text[])`),
      [rows.map(({ id }) => id)],
    );
    const intents = await on.run<{ sent: object; answer: object }>(
      sql('intents', 'select sent, answer from intent order by seq desc limit 50'),
      [],
    );
    return Array.from({ length: pushes }, (_, push) => {
      const ids = new Map(rows.map(({ id }) => [id, newId()]));
      return JSON.stringify({
        rows: rows.map(({ id, scope, body, stamps }) => ({ t: 'touchpoint', i: ids.get(id), v: 1, s: scope, b: body, st: stamps })),
        lost: [],
        keys: keys.map(({ key, id }) => ({ k: key, i: ids.get(id), t: 'touchpoint' })),
        members: [],
        intents: intents.map(({ sent, answer }, index) => ({ seq: 1_000_000 + push * 50 + index, id: newId(), sent, answer })),
        device,
        user: 'bench',
        acknowledged: 0,
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
    const pushes = size === 'full' ? 40 : 3;
    const writers: { readonly device: BenchDevice; readonly engagements: readonly string[] }[] = [];
    for (let writer = 0; writer < WRITERS; writer += 1) {
      const device = await central.device(`writer-${writer}`);
      const engagements = await makePortfolio(device, central.newId);
      writers.push({ device, engagements });
    }
    const sendAll = (count: number) =>
      Promise.all(
        writers.map(async ({ device, engagements }) => {
          for (let push = 0; push < count; push += 1) await device.push(touchpoints(engagements, central.newId));
        }),
      );
    await sendAll(4);
    const pool = new Pool({ connectionString: central.databaseUrl, max: WRITERS });
    const bare = async (lists: readonly (readonly string[])[]) =>
      Promise.all(
        lists.map(async (list) => {
          const client = await pool.connect();
          for (const payload of list) {
            await client.query(`begin; select set_config('satchel.tenant', '${TENANT}', true)`);
            await client.query({
              name: 'bench-commit',
              text: 'select satchel_commit($1, (select head from tenant where id = $1 for update), now(), $2::jsonb)',
              values: [TENANT, payload],
            });
            await client.query('commit');
          }
          client.release();
        }),
      );
    const listsOf = async (count: number) => Promise.all(writers.map(({ device }) => payloads(central, device.device, count)));
    const [warm, real] = [await listsOf(2), await listsOf(pushes + 2)];
    await bare(warm);
    const floor = await timed(() => bare(real.map((list) => list.slice(2))));
    const value = await timed(() => sendAll(pushes));
    await pool.end();
    const rate = (ms: number): number => (WRITERS * pushes * 50 * 1_000) / ms;
    say(`${Math.round(rate(value))} intents a second; bare ${Math.round(rate(floor))}`);
    await central.close();
    const each = WRITERS * pushes;
    return [
      { name: 'server-throughput', value: value / each, unit: 'ms', floor: floor / each },
      { name: 'server-throughput-rate', value: rate(value), unit: 'count' },
    ];
  },
});
