// A million values of a data source to committed points (floor: parsing them and writing them packed).
import Papa from 'papaparse';
import { defineBench, timed } from './define.ts';
import { rawPuts, startPageEngine } from './page-engine.ts';

const RECORDS = 10_000;

function accountsOf(records: number): string {
  const lines = Array.from({ length: records }, (_, record) => `A-${record},Company ${record}`);
  return `account_id,account_name\n${lines.join('\n')}\n`;
}

/** Values day by day for every record, as a product's telemetry delivers them. */
function usageOf(points: number, records: number): string {
  const lines = ['account_id,usage_date,usage_count'];
  for (let point = 0; point < points; point += 1) {
    const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(point / records))).toISOString().slice(0, 10);
    lines.push(`A-${point % records},${day},${point % 97}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The bare work: rows of text to one packed array of days and values for each record, written. */
async function floorOf(text: string): Promise<void> {
  const series = new Map<string, { days: number[]; values: number[] }>();
  for (const [record = '', day = '', value = ''] of Papa.parse<string[]>(text, { skipEmptyLines: true }).data.slice(1)) {
    let own = series.get(record);
    if (own === undefined) series.set(record, (own = { days: [], values: [] }));
    own.days.push(Date.parse(day) / 86_400_000);
    own.values.push(Number(value));
  }
  await rawPuts(
    'bench-floor',
    [...series].map(([record, { days, values }]) => ({ record, days: Int32Array.from(days), values: Float64Array.from(values) })),
  );
}

export const bench = defineBench({
  name: 'import-series',
  where: 'chromium',
  limits: { 'import-series': { ratio: 2 } },
  run: async ({ size, origin, say }) => {
    const [points, records] = size === 'full' ? [1_000_000, RECORDS] : [50_000, 500];
    const text = usageOf(points, records);
    const floor = await timed(() => floorOf(text));
    say(`floor ${Math.round(floor)} ms`);
    const { client, close } = startPageEngine(origin, 'bench-series');
    const encode = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) });
    const accounts = await client.job('import.open', { files: [encode('accounts.csv', accountsOf(records))] });
    await client.job('import.commit', { sessionId: accounts.sessionId });
    const files = [encode('product_usage.csv', text)];
    let open = 0;
    const value = await timed(async () => {
      let sessionId = '';
      open = await timed(async () => {
        ({ sessionId } = await client.job('import.open', { files }));
      });
      const done = await client.job('import.commit', { sessionId });
      if (done.points !== points) throw new Error(`${done.points} of ${points} points went in`);
    });
    close();
    say(`read and checked in ${Math.round(open)} ms, committed in ${Math.round(value - open)} ms`);
    return [{ name: 'import-series', value, unit: 'ms', floor }];
  },
});
