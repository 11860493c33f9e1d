// CSV rows to committed records (floor: parsing them and putting each record into a bare IndexedDB).
import Papa from 'papaparse';
import type { EngineClient } from '#shared/contract/client/client.ts';
import { accountsCsv } from './accounts-csv.ts';
import { defineBench, percentile, timed } from './define.ts';
import { rawPuts, startPageEngine } from './page-engine.ts';

/** Asks the engine small questions while it is busy; answers the time within which nearly all of them were answered. */
function askMeanwhile(client: EngineClient): { readonly stop: () => Promise<number> } {
  const times: number[] = [];
  let goesOn = true;
  const asking = (async () => {
    while (goesOn) {
      times.push(await timed(() => client.call('records.undoable', {})));
      await new Promise((resolve) => void setTimeout(resolve, 20));
    }
  })();
  return {
    stop: async () => {
      goesOn = false;
      await asking;
      return percentile(times, 0.99);
    },
  };
}

type Parsed = Readonly<Record<string, string>>;

/** The rows as records: what has to lie in the database in the end, whoever puts it there. */
function recordsOf(text: string): readonly unknown[] {
  const { data } = Papa.parse<Parsed>(text, { header: true, skipEmptyLines: true });
  const at = new Date().toISOString();
  return data.map((row, index) => ({
    id: crypto.randomUUID(),
    number: `ACC${String(index + 1).padStart(7, '0')}`,
    createdAt: at,
    createdBy: 'bench',
    updatedAt: at,
    updatedBy: 'bench',
    rev: 1,
    externalId: row['account_id'],
    name: row['account_name'],
    industry: row['industry'],
    country: row['country'],
    customerSince: row['signup_date'],
    plan: row['plan_tier'],
    seats: Number(row['seats']),
    annualRevenue: { amount: Math.round(Number(row['annual_revenue']) * 100), currency: 'USD' },
    website: row['website'],
    phone: row['phone'],
    trial: row['is_trial'] === 'True',
    escalated: false,
    description: row['description'],
  }));
}

export const bench = defineBench({
  name: 'import-rows',
  where: 'chromium',
  limits: { 'import-rows': { ratio: 1.5 } },
  run: async ({ size, origin, say }) => {
    const rows = size === 'full' ? 100_000 : 5_000;
    const text = accountsCsv(rows);
    const floor = await timed(async () => rawPuts('bench-floor', recordsOf(text)));
    say(`floor ${Math.round(floor)} ms`);
    const { client, close } = startPageEngine(origin, 'bench-rows');
    await client.call('workspace.status', {});
    const bytes = new TextEncoder().encode(text);
    let open = 0;
    const waits = askMeanwhile(client);
    const value = await timed(async () => {
      let sessionId = '';
      open = await timed(async () => {
        ({ sessionId } = await client.job('import.open', { files: [{ name: 'accounts.csv', bytes }] }));
      });
      const { created } = await client.job('import.commit', { sessionId });
      if (created !== rows) throw new Error(`${created} of ${rows} rows went in`);
    });
    const wait = await waits.stop();
    close();
    say(`read and checked in ${Math.round(open)} ms, committed in ${Math.round(value - open)} ms`);
    return [
      { name: 'import-rows', value, unit: 'ms', floor },
      { name: 'import-rows-wait', value: wait, unit: 'ms' },
    ];
  },
});
