import { expect, test } from 'vitest';
import { demoPortfolio } from '#shared/domain/demo/demo-portfolio.ts';
import { derivedTables } from '#shared/domain/derived/derived-tables.ts';
import { DERIVED_READS } from '#shared/domain/derived/derived-reads.ts';
import { tableNames, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Input } from '#shared/contract/engine-contract.ts';
import { openNodeEngine, type NodeEngine } from '../../cli/node-engine.ts';
import { operations } from '../handlers.ts';
import { figuresOf } from '../jobs/figures.ts';
import { trackingView } from '../metrics/tracking-view.ts';
import type { Operations } from '../rpc/server.ts';
import { createWorkingSet } from '../store/working-set.ts';

test('every derived field reads only what is declared for its type', () => {
  let ids = 0;
  const { rows } = demoPortfolio({
    seed: 7,
    engagements: 80,
    asOf: '2025-06-15',
    currency: 'USD',
    usage: 'usage',
    nps: 'nps',
    newId: () => `id-${String((ids += 1)).padStart(6, '0')}`,
  });
  const set = createWorkingSet();
  for (const { table, id, values } of rows) set.table(table).put({ id, ...values } as unknown as AnyRow); // as far as derived fields look at them
  for (const table of ['riskSignal', 'riskOccurrence', 'engagementContract'] as const)
    for (const engagement of set.view.all('engagement'))
      set.table(table).put({
        id: `${table}-${engagement.id}`,
        engagement: engagement.id,
        signal: `riskSignal-${engagement.id}`,
        state: 'new',
      } as unknown as AnyRow); // as above
  for (const table of tableNames) {
    const { view, reads } = trackingView(set.view);
    for (const row of set.view.all(table))
      for (const field of Object.values(derivedTables[table] ?? {})) if (field.computed !== true) field.value(row, view, '2025-06-15');
    const declared: readonly TableName[] = [table, ...(DERIVED_READS[table] ?? [])];
    expect([table, [...reads].filter((read) => !declared.includes(read))]).toEqual([table, []]);
  }
});

/** An engine that counts how often the queries of a name have run. */
async function counting() {
  const runs = new Map<string, number>();
  const handlers = Object.fromEntries(
    Object.entries(operations.handlers).map(([name, handler]) => [
      name,
      (...args: readonly unknown[]) => {
        runs.set(name, (runs.get(name) ?? 0) + 1);
        return (handler as (...all: readonly unknown[]) => unknown)(...args);
      },
    ]),
  ) as Operations['handlers']; // the same handlers, each counted
  const engine = await openNodeEngine({ operations: { ...operations, handlers } });
  return { engine, runs: (name: string) => runs.get(name) ?? 0 };
}

/** Everything that a change has set off is over: later subscriptions have been answered. */
async function quiet({ client, context }: NodeEngine): Promise<void> {
  await figuresOf(context).settled();
  for (let times = 0; times < 3; times += 1) {
    await new Promise<void>((resolve) => {
      const stop = client.live(
        'records.undoable',
        {},
        {
          next: () => {
            stop();
            resolve();
          },
          error: () => resolve(),
        },
      );
    });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
  }
}

async function watched<N extends 'records.list' | 'records.get' | 'records.related' | 'records.lookup'>(
  name: N,
  input: (ids: Ids) => Input<N>,
) {
  const { engine, runs } = await counting();
  const { client } = engine;
  const make = async (table: TableName, values: Readonly<Record<string, unknown>>) =>
    (await client.command('records.create', { table, values })).id ?? '';
  const user = await make('user', { name: 'Kim' });
  const account = await make('account', { name: 'Acme', owner: user });
  const engagement = await make('engagement', { title: 'Care', account });
  const product = await make('product', { name: 'Suite' });
  client.live(name, input({ user, account, engagement, product }), {
    next: () => undefined,
    error: (error) => expect.unreachable(error.message),
  });
  await quiet(engine);
  const runsAfter = async (table: TableName, id: string, patch: Readonly<Record<string, unknown>>): Promise<number> => {
    const before = runs(name);
    await client.command('records.update', { table, id, patch });
    await quiet(engine);
    return runs(name) - before;
  };
  return { engine, runsAfter, user, account, engagement, product, make };
}
type Ids = { readonly user: string; readonly account: string; readonly engagement: string; readonly product: string };
const window = { offset: 0, limit: 10 };

test('a list runs again when its own records or those it names change, and for nothing else', async () => {
  const { engine, runsAfter, account, user, product } = await watched('records.list', () => ({ table: 'account', window }));
  expect(await runsAfter('account', account, { city: 'Linz' })).toBe(1);
  expect(await runsAfter('user', user, { name: 'Kim Lee' })).toBe(1);
  expect(await runsAfter('product', product, { family: 'Suite' })).toBe(0);
  await engine.close();
});

test('a condition over another record is followed to it', async () => {
  const condition = { field: 'product.family', op: 'is', value: 'Suite' } as const;
  const { engine, runsAfter, product } = await watched('records.list', () => ({ table: 'soldProduct', condition, window }));
  expect(await runsAfter('product', product, { family: 'Suite' })).toBe(1);
  await engine.close();
});

test('a record runs again when what its derived fields count changes', async () => {
  const { engine, runsAfter, make, account, product } = await watched('records.get', ({ account: id }) => ({ table: 'account', id }));
  const contract = await make('contract', { name: 'Gold', account, startDate: '2024-01-01' });
  await quiet(engine);
  expect(await runsAfter('contract', contract, { value: { amount: 100, currency: 'USD' } })).toBe(1);
  expect(await runsAfter('product', product, { family: 'Suite' })).toBe(0);
  await engine.close();
});

test('related records and choices of a reference follow the types that they show', async () => {
  const related = await watched('records.related', ({ account: id }) => ({ table: 'account', id }));
  expect(await related.runsAfter('engagement', related.engagement, { title: 'Other' })).toBeGreaterThan(0);
  await related.engine.close();
  const lookup = await watched('records.lookup', () => ({ table: 'product', text: '', limit: 5 }));
  expect(await lookup.runsAfter('product', lookup.product, { name: 'Other' })).toBe(1);
  expect(await lookup.runsAfter('account', lookup.account, { city: 'Wien' })).toBe(0);
  await lookup.engine.close();
});
