// A portfolio of any size in memory, without a store: what figures are computed from.
import { SETTING_DEFAULTS } from '#shared/model/settings.ts';
import { memoryBytes } from '#engine/bytes/memory-bytes.ts';
import { memoryKeys } from '#engine/host/memory-keys.ts';
import { noNet } from '../support/fake-net.ts';
import type { EngineContext } from '#engine/context.ts';
import { withWhole } from '#engine/people/with-whole.ts';
import { createDerivedRegistry } from '#engine/records/derived-registry.ts';
import { createWorkingSet } from '#engine/store/working-set.ts';
import { chance } from '#shared/domain/demo/random.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { tableOf, type AnyRow, type NewValues, type TableName } from '#shared/model/dictionary.ts';
import type { Indicator } from '#shared/model/indicator.ts';
import { addDays, dayOf } from '#shared/util/calendar-days.ts';

/** The day that counts as today in these records. */
export const TODAY = '2025-06-11';
/** Weekly values of each external source: 25 for each of four sources make 1,000,000 for 10,000 engagements. */
const POINTS = 25;

type Metric = {
  readonly name: string;
  readonly indicator?: Indicator;
  readonly target: number;
  readonly weight: number;
  readonly minimise?: true;
};

const during = (days: number) => ({ kind: 'during', field: 'submittedAt', days }) as const;

/** Four sources delivered from outside, four counted from records. */
export const METRICS: readonly Metric[] = [
  { name: 'Usage', target: 50, weight: 20 },
  { name: 'NPS', target: 40, weight: 10 },
  { name: 'Logins', target: 60, weight: 10 },
  { name: 'Adoption', target: 80, weight: 10 },
  { name: 'CSAT', target: 4.5, weight: 15, indicator: { table: 'supportTicket', fn: 'average', field: 'satisfaction', time: during(90) } },
  {
    name: 'Open P1',
    target: 0,
    weight: 15,
    minimise: true,
    indicator: {
      table: 'supportTicket',
      fn: 'count',
      filter: { field: 'priority', op: 'is', value: 'p1' },
      time: { kind: 'open', from: 'submittedAt', to: 'closedAt' },
      whenNone: 0,
    },
  },
  {
    name: 'Licences',
    target: 80,
    weight: 10,
    indicator: {
      table: 'soldProduct',
      fn: 'ratio',
      field: 'licencesUsed',
      per: 'licencesSold',
      time: { kind: 'open', from: 'startDate', to: 'endDate' },
    },
  },
  {
    name: 'Renewal',
    target: 90,
    weight: 10,
    indicator: { table: 'contract', fn: 'min', field: 'daysToRenewal', time: { kind: 'open', from: 'startDate', to: 'endDate' } },
  },
];

export type BenchRecords = {
  readonly tables: ReadonlyMap<TableName, readonly AnyRow[]>;
  readonly series: ReadonlyMap<string, PackedSeries>;
};

/** Records and points: per engagement one account, two contracts, one sold product, five tickets, one touchpoint, four series. */
export function benchRecords(engagements: number): BenchRecords {
  const by = chance(1);
  const tables = new Map<TableName, AnyRow[]>();
  const series = new Map<string, PackedSeries>();
  const put = <T extends TableName>(table: T, id: string, values: NewValues<T>): string => {
    const rows = tables.get(table) ?? [];
    tables.set(table, rows);
    const defaults = Object.entries(tableOf(table).fields).flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default]],
    );
    rows.push({ id, createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', rev: 1, ...Object.fromEntries(defaults), ...values });
    return id;
  };
  const external: string[] = [];
  put('product', 'product', { name: 'Product' });
  put('healthDefinition', 'health', { name: 'Health', rank: 1, global: true, state: 'published' });
  for (const [index, { name, indicator, target, weight, minimise }] of METRICS.entries()) {
    const source = put('dataSource', `source-${index}`, {
      name,
      kind: indicator ? 'indicator' : 'external',
      frequency: 'weekly',
      breakdown: 'account',
      state: 'published',
      ...(indicator && { indicator }),
    });
    put('dataSourceContext', `context-${index}`, { source, context: 'engagement', mapper: 'account' });
    put('healthMetric', `metric-${index}`, {
      definition: 'health',
      source,
      target,
      weight,
      direction: minimise ? 'minimise' : 'maximise',
      aggregate: 'average',
    });
    if (!indicator) external.push(source);
  }
  const today = dayOf(TODAY);
  for (let index = 0; index < engagements; index += 1) {
    const key = String(index).padStart(6, '0');
    const account = put('account', `account-${key}`, { name: `Account ${key}` });
    put('engagement', `engagement-${key}`, { title: `Engagement ${key}`, account, state: 'inProgress', stage: 'adoption' });
    const turn = addDays(TODAY, -by.whole(1, 360));
    const terms = [
      { startDate: addDays(turn, -365), endDate: turn },
      { startDate: turn, endDate: addDays(turn, 365) },
    ];
    for (const [term, dates] of terms.entries()) {
      put('contract', `contract-${key}-${term}`, {
        name: 'Subscription',
        account,
        value: { amount: by.whole(1000, 9_999_999), currency: 'USD' },
        ...dates,
      });
    }
    put('soldProduct', `sold-${key}`, {
      account,
      product: 'product',
      licencesSold: 100,
      licencesUsed: by.whole(20, 100),
      startDate: '2023-01-01',
    });
    for (let ticket = 0; ticket < 5; ticket += 1) {
      const day = addDays(TODAY, -by.whole(0, 500));
      put('supportTicket', `ticket-${key}-${ticket}`, {
        account,
        priority: by.oneOf(['p1', 'p2', 'p3']),
        satisfaction: by.whole(1, 5),
        submittedAt: `${day}T09:00:00.000Z`,
        closedAt: `${addDays(day, by.whole(1, 20))}T09:00:00.000Z`,
      });
    }
    put('touchpoint', `touchpoint-${key}`, { subject: 'Call', engagement: `engagement-${key}`, heldOn: addDays(TODAY, -by.whole(60, 90)) });
    for (const source of external) {
      const id = put('dataPointSeries', `series-${key}-${source}`, { source, sourceTable: 'account', sourceRecord: account });
      series.set(
        id,
        weekly(today, () => by.whole(5, 90)),
      );
    }
  }
  return { tables, series };
}

/** The same as a context without a store. */
export function benchContext(engagements: number): EngineContext {
  const { tables, series } = benchRecords(engagements);
  const set = createWorkingSet((table) => tables.get(table) ?? []);
  return withWhole({ ...UNUSED, view: set.view, series: { points: (id) => series.get(id) }, derivedFields: createDerivedRegistry() });
}

function weekly(today: number, value: () => number): PackedSeries {
  const end = Int32Array.from({ length: POINTS }, (_, index) => today - 14 * (POINTS - index) + 10);
  return { start: end.map((day) => day - 7), end, value: Float64Array.from(end, value) };
}

const never = (): never => {
  throw new Error('not used by this bench');
};

const UNUSED: Omit<EngineContext, 'whole' | 'view' | 'series' | 'derivedFields'> = {
  host: {
    kind: 'node',
    now: () => `${TODAY}T12:00:00.000Z`,
    newId: never,
    deviceId: 'bench',
    databaseName: 'none',
    // no store is opened
    indexedDB: undefined as unknown as IDBFactory,
    keyRange: undefined as unknown as typeof IDBKeyRange,
    bytes: memoryBytes(),
    net: noNet,
    keys: memoryKeys(),
    log: () => undefined,
    yieldTurn: () => new Promise((resolve) => void setImmediate(resolve)),
    later: () => () => undefined,
  },
  records: { run: never, rehearse: never },
  undo: { undo: never, redo: never, next: never, steps: never, look: never },
  history: { headers: never, read: never, find: never, ofTable: never, ofRecord: never },
  storage: never,
  computed: {
    seq: () => 0,
    read: () => Promise.resolve(undefined),
    write: () => Promise.resolve(),
    mark: () => Promise.resolve(),
    marked: () => Promise.resolve(undefined),
  },
  feed: { subscribe: () => () => undefined, announceDerived: () => undefined, onDerived: () => () => undefined },
  ready: () => Promise.resolve(),
  settings: () => ({
    ...SETTING_DEFAULTS,
    asOf: TODAY,
    asOfSet: true,
    workspaceName: 'Bench',
  }),
};
