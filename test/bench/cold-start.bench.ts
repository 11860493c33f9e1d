// The engine in Chromium at ten times the real size: 10,000 engagements, 100,000 other records, 1,000,000 data points.
import type { Call, Draft } from '#engine/context.ts';
import { openEngine, type Engine } from '#engine/engine.ts';
import { operations } from '#engine/handlers.ts';
import { createWorkerHost } from '#engine/host/worker-host.ts';
import { chance } from '#shared/domain/demo/random.ts';
import type { Input, OperationName, Output, Parsed } from '#shared/contract/engine-contract.ts';
import { addDays, dayOf } from '#shared/util/calendar-days.ts';
import { defineBench, timed, type Figure } from './define.ts';
import { METRICS } from './scoring-records.ts';

const DATABASE = 'bench';
const TODAY = '2025-06-11';
const EXTERNAL = METRICS.filter(({ indicator }) => indicator === undefined).slice(0, 2);
const MEASURED = [...EXTERNAL, ...METRICS.filter(({ indicator }) => indicator !== undefined)];
const POINTS = 50;
const NAMES = [
  'Alpine',
  'Borealis',
  'Cobalt',
  'Delta',
  'Ember',
  'Fjord',
  'Granite',
  'Harbour',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lumen',
] as const;

const host = () =>
  createWorkerHost(
    { t: 'start', databaseName: DATABASE, host: 'browser', deviceId: 'bench', storeExpected: false },
    undefined,
    () => undefined,
  );

let commands = 0;
const by = (label: string) => {
  commands += 1;
  return { commandId: `bench-${commands}`, actor: 'user-1', label };
};

async function ask<N extends OperationName>(engine: Engine, name: N, input: Input<N>): Promise<Output<N>> {
  const call: Call = { ...by(name), signal: new AbortController().signal, progress: () => undefined };
  return operations.handlers[name](engine.context, input as Parsed<N>, call); // these inputs have no defaults to be filled in
}

/** Sources, one global definition over eight weights, people. Answers the external sources. */
function definitions(draft: Draft): readonly string[] {
  const total = MEASURED.reduce((sum, { weight }) => sum + weight, 0);
  const definition = draft.create('healthDefinition', { name: 'Health', rank: 1, global: true });
  const sources = MEASURED.map(({ name, indicator, target, weight, minimise }) => {
    const source = draft.create('dataSource', {
      name,
      kind: indicator === undefined ? 'external' : 'indicator',
      frequency: 'weekly',
      breakdown: 'account',
      ...(indicator === undefined ? {} : { indicator }),
    });
    draft.create('dataSourceContext', { source, context: 'engagement', mapper: 'account' });
    draft.create('healthMetric', {
      definition,
      source,
      target,
      weight: (100 * weight) / total,
      direction: minimise ? 'minimise' : 'maximise',
      aggregate: 'average',
    });
    draft.setSystemFields('dataSource', source, { state: 'published' });
    return source;
  });
  draft.setSystemFields('healthDefinition', definition, { state: 'published' });
  return sources.slice(0, EXTERNAL.length);
}

/** Per engagement an account, two contracts, a sold product, three tickets, a touchpoint and two series of points. */
function records(draft: Draft, engagements: number): void {
  const random = chance(1);
  const product = draft.create('product', { name: 'Suite' });
  const users = Array.from({ length: 20 }, (_, at) => draft.create('user', { name: `${random.oneOf(NAMES)} ${at}` }));
  for (let at = 0; at < engagements; at += 1) {
    const csm = users[at % users.length] ?? '';
    const name = `${random.oneOf(NAMES)} ${random.oneOf(NAMES)} ${at}`;
    const account = draft.create('account', {
      name,
      industry: random.oneOf(NAMES),
      country: random.oneOf(NAMES),
      owner: csm,
      externalId: `A-${at}`,
    });
    const engagement = draft.create('engagement', { title: name, account, csm, state: 'inProgress', stage: 'adoption' });
    const turn = addDays(TODAY, -random.whole(1, 360));
    for (const startDate of [addDays(turn, -365), turn])
      draft.create('contract', {
        name: `Subscription ${at}`,
        account,
        value: { amount: random.whole(1000, 9_999_999), currency: 'USD' },
        startDate,
        endDate: addDays(startDate, 365),
      });
    draft.create('soldProduct', { account, product, licencesSold: 100, licencesUsed: random.whole(20, 100), startDate: '2023-01-01' });
    for (let ticket = 0; ticket < 3; ticket += 1) {
      const day = addDays(TODAY, -random.whole(0, 500));
      draft.create('supportTicket', {
        subject: `Question about ${random.oneOf(NAMES)}`,
        account,
        priority: random.oneOf(['p1', 'p2', 'p3'] as const),
        satisfaction: random.whole(1, 5),
        submittedAt: `${day}T09:00:00.000Z`,
        closedAt: `${addDays(day, random.whole(1, 20))}T09:00:00.000Z`,
      });
    }
    draft.create('touchpoint', { subject: 'Call', engagement, heldOn: addDays(TODAY, -random.whole(0, 60)) });
  }
}

function points(draft: Draft, sources: readonly string[]): void {
  const random = chance(2);
  const today = dayOf(TODAY);
  const end = Int32Array.from({ length: POINTS }, (_, at) => today - 7 * (POINTS - at) + 3);
  const start = end.map((day) => day - 7);
  for (const { id } of draft.view.all('account'))
    for (const source of sources) {
      const series = draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: id });
      draft.putPoints(series, { start, end, value: Float64Array.from(end, () => random.whole(5, 90)) });
    }
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('refused'));
  });
}

/** The bare work of a start: the stored image, read from the disk into rows and numbers, with nothing checked and nothing looked for. */
async function readStoredImage(): Promise<number> {
  const database = await answered(indexedDB.open(`${DATABASE}-image`));
  const spent = await timed(async () => {
    const stored = (await answered(database.transaction('image').objectStore('image').getAll())) as { bytes: Uint8Array }[]; // as the store wrote it
    const decoder = new TextDecoder();
    for (const { bytes } of stored) {
      const [, , length = 0, binaries = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4);
      const from = (16 + 4 * binaries + 7) & ~7;
      JSON.parse(decoder.decode(bytes.subarray(from, from + length)));
    }
  });
  database.close();
  return spent;
}

function heapMegabytes(): number {
  const { memory } = performance as unknown as { memory?: { usedJSHeapSize: number } }; // Chromium alone has it
  return (memory?.usedJSHeapSize ?? Number.NaN) / 1024 / 1024;
}

/** What quiet moments keep for the next start. */
async function until(kept: () => Promise<boolean>): Promise<void> {
  while (!(await kept())) await new Promise((resolve) => void setTimeout(resolve, 100));
}

const best = (times: readonly number[]): number => Math.min(...times);

async function several(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await timed(work));
  return times;
}

export const bench = defineBench({
  name: 'cold-start',
  where: 'chromium',
  limits: {
    'cold-start': { ratio: 2, value: 1500 },
    'engine-heap': { value: 400 },
    'records-sort-text': { value: 20 },
    'records-sort-reference': { value: 20 },
    'records-sort-computed': { value: 20 },
    'records-filter-computed': { value: 20 },
    'records-search': { value: 20 },
    'search-all': { value: 50 },
  },
  run: async ({ size, say }) => {
    const engagements = size === 'full' ? 10_000 : 300;
    const tell = (what: string, times: readonly number[]) => say(`${what}: ${times.map((time) => time.toFixed(1)).join(', ')} ms`);
    let engine = await openEngine(host());
    await ask(engine, 'workspace.set', { key: 'asOf', value: TODAY });
    let sources: readonly string[] = [];
    await engine.context.records.run(by('Definitions'), (draft) => {
      sources = definitions(draft);
    });
    tell('records taken in', [await timed(() => engine.context.records.run(by('Records'), (draft) => records(draft, engagements)))]);
    tell('points taken in', [await timed(() => engine.context.records.run(by('Points'), (draft) => points(draft, sources)))]);
    tell('figures computed', [await timed(() => ask(engine, 'portfolio.overview', {}))]);
    tell('image made', [await timed(engine.makeImage)]);
    await until(async () => (await engine.context.computed.read('health')) !== undefined);
    await engine.close();

    const page: Input<'portfolio.list'> = {
      columns: [],
      sums: [],
      sort: [{ field: 'health', direction: 'up' }],
      window: { offset: 0, limit: 50 },
    };
    const starts: number[] = [];
    const floors: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      floors.push(await readStoredImage());
      starts.push(
        await timed(async () => {
          engine = await openEngine(host());
          await ask(engine, 'portfolio.list', page);
        }),
      );
      if (round < 4) await engine.close();
    }
    tell('starts', starts);
    tell('image read', floors);

    // each after a change, so that nothing of the last answer is left
    const [first] = engine.context.view.all('engagement');
    const lists: Figure[] = [];
    for (const [name, selection] of Object.entries(LISTS)) {
      const times: number[] = [];
      for (let round = 0; round < 8; round += 1) {
        await engine.context.records.run(by('Edit'), (draft) =>
          draft.update('engagement', first?.id ?? '', { description: `${name} ${round}` }),
        );
        times.push(await timed(() => ask(engine, 'records.list', { ...selection, window: { offset: 0, limit: 50 } })));
      }
      tell(name, times);
      lists.push({ name, value: best(times), unit: 'ms' });
    }
    const find = (text: string) => ask(engine, 'records.find', { text, limit: 20 });
    tell('the first search', [await timed(() => find('granite cob'))]);
    lists.push({ name: 'search-all', value: best(await several(5, () => find('harbuor del'))), unit: 'ms' });
    const figures: Figure[] = [
      { name: 'cold-start', value: best(starts), unit: 'ms', floor: best(floors) },
      { name: 'engine-heap', value: heapMegabytes(), unit: 'MB' },
      ...lists,
    ];
    await engine.close();
    return figures;
  },
});

const LISTS: Readonly<Record<string, Omit<Input<'records.list'>, 'window'>>> = {
  'records-sort-text': { table: 'engagement', sort: [{ field: 'title', direction: 'down' }] },
  'records-sort-reference': { table: 'engagement', sort: [{ field: 'account', direction: 'up' }] },
  'records-sort-computed': { table: 'engagement', sort: [{ field: 'daysToRenewal', direction: 'up' }] },
  'records-filter-computed': { table: 'engagement', condition: { field: 'daysToRenewal', op: 'below', value: 90 } },
  'records-search': { table: 'engagement', search: 'cobalt 7' },
  'records-sort-30000': { table: 'supportTicket', sort: [{ field: 'submittedAt', direction: 'down' }] },
};
