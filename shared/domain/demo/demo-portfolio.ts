import type { TableName } from '../../model/dictionary.ts';
import { dayOf } from '../../util/calendar-days.ts';
import { addCustomer, type Market, type Parent } from './demo-customer.ts';
import type { DemoData, DemoRow, DemoSeries, DemoSink } from './demo-row.ts';
import { inventedNames, type Names } from './invented-names.ts';
import { chance, type Chance } from './random.ts';

export type DemoOptions = {
  readonly seed: number;
  readonly engagements: number;
  /** The day that counts as today, `YYYY-MM-DD`: the three years end with it. */
  readonly asOf: string;
  readonly currency: string;
  /** Data sources that take the values of usage and NPS. */
  readonly usage: string;
  readonly nps: string;
  readonly newId: () => string;
};

const PRODUCTS = ['Quorix Desk', 'Quorix Flow', 'Quorix Insight', 'Quorix Field'] as const;
const CAPABILITIES = [
  ['Inbox', 'core'],
  ['Search', 'core'],
  ['Automation', 'advanced'],
  ['Reports', 'advanced'],
  ['Sharing', 'basic'],
] as const;
const ENGAGEMENTS_A_CSM = 60;
const CSMS_A_MANAGER = 6;
/** Every so many customers a group begins; the next two belong to it. */
const GROUP_EVERY = 20;
const GROUP_SIZE = 3;

/**
 * A portfolio to try things out with: customers over three years with contracts, people, tickets, touchpoints, usage and
 * NPS, and what became of them at each renewal (UX-06). The same options give the same portfolio. Why customers leave is written in
 * `mood.ts`; every name is invented.
 */
export function demoPortfolio(options: DemoOptions): DemoData {
  const steps = demoSteps(options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** As {@link demoPortfolio}, one customer a step: thousands of them take seconds. */
export function* demoSteps(options: DemoOptions): Generator<void, DemoData, void> {
  const by = chance(options.seed);
  const names = inventedNames(by);
  const rows: DemoRow[] = [];
  const series: DemoSeries[] = [];
  const sink: DemoSink = {
    add: (table, values, closes) => {
      const id = options.newId();
      rows.push(demoRow(table, id, values, closes));
      return id;
    },
    points: (of, points) => void series.push({ series: of, points }),
  };
  const market: Market = {
    today: dayOf(options.asOf),
    currency: options.currency,
    products: addProducts(sink),
    csms: addTeam(names, sink, Math.ceil(options.engagements / ENGAGEMENTS_A_CSM)),
    usage: options.usage,
    nps: options.nps,
    around: chance(options.seed + 1),
  };
  yield* addCustomers(options.engagements, market, names, by, sink);
  return { rows, series };
}

function demoRow(table: TableName, id: string, values: DemoRow['values'], closes: DemoRow['closes']): DemoRow {
  // the sink's signature ties the values to their table
  return { table, id, values, ...(closes && { closes }) } as DemoRow;
}

function* addCustomers(count: number, market: Market, names: Names, by: Chance, sink: DemoSink): Generator<void, void, void> {
  let head: Parent | undefined;
  for (let index = 0; index < count; index += 1) {
    const place = index % GROUP_EVERY;
    const added = addCustomer(market, names, by, sink, place > 0 && place < GROUP_SIZE ? head : undefined);
    if (place === 0) head = added;
    yield;
  }
}

function addProducts(sink: DemoSink): readonly [string, ...string[]] {
  const [first, ...others] = PRODUCTS.map((name) => {
    const product = sink.add('product', { name, family: 'Quorix' });
    for (const [capability, level] of CAPABILITIES) sink.add('capability', { name: capability, product, level });
    return product;
  });
  return [first ?? '', ...others];
}

/** A head, managers, and the success managers that they lead. */
function addTeam(names: Names, sink: DemoSink, size: number): readonly [string, ...string[]] {
  const head = sink.add('user', { name: names.person(), title: 'Head of Customer Success' });
  let manager = head;
  const csms = Array.from({ length: Math.max(1, size) }, (_, index) => {
    if (index % CSMS_A_MANAGER === 0) manager = sink.add('user', { name: names.person(), title: 'Success team lead', manager: head });
    return sink.add('user', { name: names.person(), title: 'Customer success manager', manager });
  });
  return [csms[0] ?? head, ...csms.slice(1)];
}
