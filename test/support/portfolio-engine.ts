// An engine on Node with a small portfolio, for tests of figures.
import type { Draft } from '#engine/context.ts';
import { openEngine, type Engine } from '#engine/engine.ts';
import type { Input } from '#shared/contract/engine-contract.ts';
import { portfolioCondition, type PortfolioNarrowing } from '#shared/domain/portfolio/portfolio-views.ts';
import { packSeries, type Point } from '#shared/domain/series/series-operations.ts';
import type { NewValues, TableName } from '#shared/model/dictionary.ts';
import { dayOf } from '#shared/util/calendar-days.ts';
import { call } from './call-engine.ts';
import { memoryHost } from './memory-host.ts';

let commands = 0;

type Asked = Partial<PortfolioNarrowing> & Partial<Omit<Input<'portfolio.list'>, 'condition'>>;

/** The portfolio's lines as its screen asks for them. */
export async function portfolioLines(engine: Engine, { view = 'all', stage, condition, ...asked }: Asked = {}) {
  const whole = portfolioCondition({ view, stage, condition });
  const { count, rows } = await call(engine, 'portfolio.list', {
    columns: [],
    sums: [],
    window: { offset: 0, limit: 100 },
    ...(whole === undefined ? {} : { condition: whole }),
    ...asked,
  });
  return { total: count, rows: rows.flatMap((row) => (row.kind === 'row' ? [row.line] : [])) };
}

/** Runs a command as a person. */
export async function change<R>(engine: Engine, work: (draft: Draft) => R): Promise<R> {
  commands += 1;
  return (await engine.context.records.run({ commandId: `change-${commands}`, actor: 'user-1', label: 'Change' }, work)).result;
}

/** Creates one record and answers its ID. */
export async function add<T extends TableName>(engine: Engine, table: T, values: NewValues<T>): Promise<string> {
  return change(engine, (draft) => draft.create(table, values));
}

/** An engine whose today is `asOf`. */
export async function engineAsOf(asOf: string): Promise<Engine> {
  const engine = await openEngine(memoryHost());
  await call(engine, 'workspace.set', { key: 'asOf', value: asOf });
  return engine;
}

/** Values of one day each: `['2024-12-31', 5]`. */
export function dayPoints(...values: readonly (readonly [string, number])[]) {
  return packSeries(values.map(([date, value]): Point => ({ start: dayOf(date) - 1, end: dayOf(date), value })));
}

/** Adds an external data source that delivers values by account, with the values given. */
export async function addAccountSource(
  engine: Engine,
  name: string,
  values: Readonly<Record<string, readonly (readonly [string, number])[]>>,
  more: NewValues<'dataSource'> = {},
): Promise<string> {
  return change(engine, (draft) => {
    const source = draft.create('dataSource', {
      name,
      kind: 'external',
      breakdown: 'account',
      frequency: 'daily',
      state: 'published',
      ...more,
    });
    draft.create('dataSourceContext', { source, context: 'engagement', mapper: 'account' });
    for (const [account, points] of Object.entries(values)) {
      const series = draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account });
      draft.putPoints(series, dayPoints(...points));
    }
    return source;
  });
}

type Metric = Omit<NewValues<'healthMetric'>, 'definition'>;

/** Adds a published health definition with its metrics. */
export async function addHealth(engine: Engine, values: NewValues<'healthDefinition'>, metrics: readonly Metric[]): Promise<string> {
  return change(engine, (draft) => {
    const definition = draft.create('healthDefinition', { name: 'Health', rank: 100, ...values, state: 'published' });
    for (const metric of metrics) draft.create('healthMetric', { direction: 'maximise', aggregate: 'average', ...metric, definition });
    return definition;
  });
}

/** Adds an account with one engagement. */
export async function addCustomer(
  engine: Engine,
  name: string,
  more: NewValues<'engagement'> = {},
): Promise<{ account: string; engagement: string }> {
  return change(engine, (draft) => {
    const account = draft.create('account', { name });
    return { account, engagement: draft.create('engagement', { title: name, account, state: 'inProgress', ...more }) };
  });
}
