import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { add, addAccountSource, addCustomer } from '../../../test/support/portfolio-engine.ts';
import { openEngine, type Engine } from '../engine.ts';
import { collect, dueSources, nextRunAfter } from './collection.ts';
import { figuresOf } from './figures.ts';
import { LOOK_MS, REST_MS, runJobs } from './run-jobs.ts';

/** An engine whose timers run when the test says so. */
async function withTimers() {
  const timers: { readonly after: number; readonly run: () => void }[] = [];
  const host = memoryHost({
    later: (after, run) => {
      const timer = { after, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
  });
  const engine = await openEngine(host);
  /** Runs the timers of a kind that are set now. */
  const pass = (milliseconds: number): void => {
    for (const timer of timers.filter(({ after }) => after === milliseconds)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
  };
  return { engine, host, pass };
}

const signals = ({ context }: Engine): number => context.view.count('riskSignal');

async function addLowFigure(engine: Engine, asOf: string): Promise<void> {
  const { account } = await addCustomer(engine, 'One');
  const source = await addAccountSource(engine, 'Figure', { [account]: [[asOf, 1]] });
  const template = { shortDescription: 'Low', description: 'Low.' };
  await add(engine, 'riskDefinition', {
    name: 'Low',
    category: 'other',
    type: 'metric',
    source,
    condition: 'below',
    threshold: 5,
    template,
    state: 'published',
  });
}

test('RSK-05 risks are evaluated once changes rest, and not again by what the analyser itself wrote', async () => {
  const { engine, pass } = await withTimers();
  const stop = runJobs(engine.context);
  await addLowFigure(engine, '2026-01-05');
  await figuresOf(engine.context).settled();
  expect(signals(engine)).toBe(0);
  pass(REST_MS);
  await expect.poll(() => signals(engine)).toBe(1);
  const sets = (await engine.context.history.headers()).length;
  await figuresOf(engine.context).settled();
  pass(REST_MS);
  await call(engine, 'risk.analyse', {});
  expect((await engine.context.history.headers()).length).toBe(sets);
  stop();
});

test('DCE-05 after a sleep of weeks the figures follow the new day and every source that is due runs once', async () => {
  const { engine, host, pass } = await withTimers();
  await call(engine, 'workspace.addStarterDefinitions', {});
  const stop = runJobs(engine.context);
  await figuresOf(engine.context).settled();
  host.setNow('2026-02-20T08:00:00.000Z');
  expect(dueSources(engine.context, '2026-02-20')).toHaveLength(5);
  pass(LOOK_MS);
  await expect.poll(() => figuresOf(engine.context).grid().asOf).toBe('2026-02-20');
  await figuresOf(engine.context).settled();
  pass(REST_MS);
  await expect.poll(() => dueSources(engine.context, '2026-02-20')).toEqual([]);
  const [csat] = engine.context.view.all('dataSource');
  expect(csat).toMatchObject({ name: 'CSAT', lastRun: '2026-02-20', nextRun: '2026-02-23' });
  expect(await collect(engine.context, figuresOf(engine.context))).toBe(0);
  stop();
});

test('RSK-05 exploring the past raises no risks by itself', async () => {
  const { engine, pass } = await withTimers();
  await addLowFigure(engine, '2025-12-29');
  await call(engine, 'workspace.set', { key: 'asOf', value: '2025-12-30' });
  await call(engine, 'risk.analyse', {});
  const stop = runJobs(engine.context);
  await addCustomer(engine, 'Two');
  await call(engine, 'workspace.set', { key: 'asOf', value: '2025-06-30' });
  await figuresOf(engine.context).settled();
  const before = (await engine.context.history.headers()).length;
  pass(REST_MS);
  await figuresOf(engine.context).settled();
  expect((await engine.context.history.headers()).length).toBe(before);
  stop();
});

test.each([
  ['daily', '2024-12-31', '2025-01-01'],
  ['weekly', '2024-12-31', '2025-01-06'],
  ['weekly', '2024-12-29', '2024-12-30'],
  ['monthly', '2024-02-10', '2024-03-01'],
  ['quarterly', '2024-02-10', '2024-04-01'],
] as const)('DCE-05 a %s source that ran on %s runs next on %s', (frequency, ran, next) => {
  expect(nextRunAfter(ran, frequency)).toBe(next);
});
