import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row, TableName } from '#shared/model/dictionary.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { call } from '../../../test/support/call-engine.ts';
import { addCustomer, addHealth, change, dayPoints, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import type { Draft, EngineContext } from '../context.ts';
import type { Engine } from '../engine.ts';
import { figuresOf, openFigures, type Figures } from './figures.ts';

const TODAY = '2025-06-11';

/** Everything that figures say about every engagement, bit by bit. */
async function contentOf(figures: Figures, { view }: EngineContext) {
  await figures.settled();
  return [...view.all('engagement')].map((engagement) => ({
    id: engagement.id,
    scores: [...new BigInt64Array(Float64Array.from(figures.health().row(engagement.id) ?? []).buffer)],
    coverage: figures.health().coverage(engagement.id),
    definition: figures.health().definition(engagement.id)?.id,
    facts: figures.facts(engagement),
  }));
}

async function expectSameAsFromNothing(context: EngineContext): Promise<void> {
  const anew = openFigures(context);
  expect(await contentOf(figuresOf(context), context)).toEqual(await contentOf(anew, context));
  anew.close();
}

type Action = (draft: Draft, pick: (table: TableName) => string | undefined, amount: number) => void;

/** What people, imports and jobs do to a portfolio. */
const ACTIONS: Readonly<Record<string, Action>> = {
  ticket: (draft, pick, amount) => {
    const account = pick('account');
    const day = addDays(TODAY, -amount * 3);
    if (account !== undefined)
      draft.create('supportTicket', {
        account,
        priority: amount % 2 === 0 ? 'p1' : 'p3',
        satisfaction: amount % 6,
        submittedAt: `${day}T08:00:00.000Z`,
      });
  },
  solve: (draft, pick, amount) => {
    const ticket = pick('supportTicket');
    if (ticket !== undefined)
      draft.update('supportTicket', ticket, { closedAt: `${addDays(TODAY, -amount)}T08:00:00.000Z`, satisfaction: amount % 6 });
  },
  moveTicket: (draft, pick) => {
    const [ticket, account] = [pick('supportTicket'), pick('account')];
    if (ticket !== undefined && account !== undefined) draft.update('supportTicket', ticket, { account });
  },
  usage: (draft, pick, amount) => {
    const series = pick('dataPointSeries');
    if (series !== undefined) draft.putPoints(series, dayPoints([addDays(TODAY, -amount * 7), amount], [addDays(TODAY, -amount), 3]));
  },
  contract: (draft, pick, amount) => {
    const contract = pick('contract');
    if (contract !== undefined)
      draft.update('contract', contract, { endDate: addDays(TODAY, amount * 20), value: { amount: amount * 1000, currency: 'USD' } });
  },
  unlink: (draft, pick) => {
    const link = pick('engagementContract');
    if (link !== undefined) draft.remove('engagementContract', link);
  },
  link: (draft, pick) => {
    const [engagement, contract] = [pick('engagement'), pick('contract')];
    if (engagement !== undefined && contract !== undefined) draft.create('engagementContract', { engagement, contract });
  },
  licences: (draft, pick, amount) => {
    const soldProduct = pick('soldProduct');
    if (soldProduct !== undefined)
      draft.update('soldProduct', soldProduct, { licencesUsed: amount, activation: amount % 3 === 0 ? 'deactivated' : 'activated' });
  },
  stage: (draft, pick, amount) => {
    const engagement = pick('engagement');
    if (engagement !== undefined) draft.update('engagement', engagement, { stage: amount % 2 === 0 ? 'renew' : 'lost' });
  },
  tier: (draft, pick, amount) => {
    const account = pick('account');
    if (account !== undefined)
      draft.update('account', account, { cadenceTier: amount % 2 === 0 ? 'strategic' : 'core', name: `Renamed ${amount}` });
  },
  touch: (draft, pick, amount) => {
    const engagement = pick('engagement');
    if (engagement !== undefined) draft.create('touchpoint', { subject: 'Call', engagement, heldOn: addDays(TODAY, -amount) });
  },
  second: (draft, pick) => {
    const account = pick('account');
    if (account !== undefined) draft.create('engagement', { title: 'Second', account });
  },
  remove: (draft, pick) => {
    const table = 'supportTicket';
    const ticket = pick(table);
    if (ticket !== undefined) draft.remove(table, ticket);
  },
  weight: (draft, pick, amount) => {
    const metric = pick('healthMetric');
    if (metric !== undefined) draft.update('healthMetric', metric, { target: amount });
  },
};

/** Runs one action; what a rule refuses is no change. */
async function act(engine: Engine, name: string, choice: number, amount: number): Promise<void> {
  const work = ACTIONS[name];
  if (!work) throw new Error(`no action ${name}`);
  try {
    await change(engine, (draft) => {
      const pick = (table: TableName): string | undefined => {
        const rows: readonly Row[] = [...draft.view.all(table)];
        return rows[choice % Math.max(1, rows.length)]?.id;
      };
      work(draft, pick, amount);
    });
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
  }
}

async function demo(): Promise<Engine> {
  const engine = await engineAsOf(TODAY);
  await call(engine, 'workspace.demo', { seed: 7, engagements: 12 });
  return engine;
}

/** With definitions for some: by a field of the account, and by one that changes from day to day. */
async function demoWithFilters(): Promise<Engine> {
  const engine = await demo();
  const [source] = engine.context.view.all('dataSource');
  const metric = { source: source?.id ?? '', target: 5, weight: 100 };
  await addHealth(engine, { name: 'Strategic', rank: 1, filter: { field: 'account.cadenceTier', op: 'is', value: 'strategic' } }, [metric]);
  await addHealth(engine, { name: 'Renewing', rank: 2, filter: { field: 'daysToRenewal', op: 'below', value: 200 } }, [metric]);
  return engine;
}

test('HLT-03 figures that followed the changes are those computed from nothing, to the last bit', async () => {
  const engine = await demoWithFilters();
  await expectSameAsFromNothing(engine.context);
  const step = fc.tuple(fc.constantFrom(...Object.keys(ACTIONS)), fc.nat(40), fc.integer({ min: 1, max: 30 }));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      for (const [name, choice, amount] of steps) {
        await act(engine, name, choice, amount);
        // not always waited for: marks of several commands come together as well
        if (amount % 2 === 0) await figuresOf(engine.context).settled();
      }
      await expectSameAsFromNothing(engine.context);
    }),
    { numRuns: 40 },
  );
});

test('HLT-03 another day, an undo, a retired source and a deleted engagement are followed as well', async () => {
  const engine = await demoWithFilters();
  const { context } = engine;
  await call(engine, 'workspace.set', { key: 'asOf', value: '2025-06-15' });
  await expectSameAsFromNothing(context);
  await act(engine, 'ticket', 3, 4);
  await call(engine, 'records.undo', {});
  await expectSameAsFromNothing(context);
  const usage = [...context.view.all('dataSource')].find(({ name }) => name === 'Product usage');
  await call(engine, 'definitions.retire', { table: 'dataSource', id: usage?.id ?? '' });
  await expectSameAsFromNothing(context);
  const { engagement } = await addCustomer(engine, 'Short-lived');
  await figuresOf(context).settled();
  await change(engine, (draft) => draft.remove('engagement', engagement));
  await expectSameAsFromNothing(context);
  expect(figuresOf(context).health().row(engagement)).toBeUndefined();
});

test('HLT-03 a change is announced once its figures are true, and reaches only what depends on it', async () => {
  const engine = await demo();
  const { context } = engine;
  const figures = figuresOf(context);
  await figures.settled();
  const announced: number[] = [];
  context.feed.onDerived((topics) => {
    if (topics.has('derived:health')) announced.push(figures.health().size());
  });
  const [untouched] = context.view.all('engagement');
  const before = figures.facts(untouched ?? expect.unreachable());
  const { engagement } = await addCustomer(engine, 'New');
  await expect.poll(() => announced).toEqual([13]);
  expect(figures.facts(untouched ?? expect.unreachable())).toBe(before);
  expect(figures.health().row(engagement)).toBeDefined();
});
