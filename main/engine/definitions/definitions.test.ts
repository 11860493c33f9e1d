import type { TableName } from '#shared/model/dictionary.ts';
import { expect, test } from 'vitest';
import { STARTER_RISKS } from '#shared/domain/starter/starter-definitions.ts';
import { STARTER_SOURCES } from '#shared/domain/starter/starter-sources.ts';
import { call } from '../../../test/support/call-engine.ts';
import { add, addAccountSource, addCustomer, addHealth, engineAsOf } from '../../../test/support/portfolio-engine.ts';

const TODAY = '2024-12-31';

test('RSK-09 the ready-made definitions are added once, published, with weights that add up to 100', async () => {
  const engine = await engineAsOf(TODAY);
  const { view } = engine.context;
  const { created } = await call(engine, 'workspace.addStarterDefinitions', {});
  expect(created).toBeGreaterThan(10);
  expect(await call(engine, 'workspace.addStarterDefinitions', {})).toEqual({ created: 0 });
  expect([...view.all('dataSource')].map(({ name, state }) => [name, state])).toEqual(
    STARTER_SOURCES.map(({ name }) => [name, 'published']),
  );
  expect([...view.all('riskDefinition')].map(({ name, state }) => [name, state])).toEqual(
    STARTER_RISKS.map(({ values }) => [values.name, 'published']),
  );
  expect([...view.all('healthMetric')].reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  await call(engine, 'records.undo', {});
  expect([view.count('dataSource'), view.count('healthDefinition'), view.count('riskDefinition'), view.count('colourBand')]).toEqual([
    0, 0, 0, 0,
  ]);
});

test('RSK-09 what a person made under the same name is used and stays as it is', async () => {
  const engine = await engineAsOf(TODAY);
  const own = await addAccountSource(engine, 'csat', {}, { unit: '%' });
  await call(engine, 'workspace.addStarterDefinitions', {});
  const { view } = engine.context;
  expect([...view.all('dataSource')].filter(({ name }) => name.toLowerCase() === 'csat')).toHaveLength(1);
  expect(view.by('healthMetric', 'source', own)).toHaveLength(1);
  expect(view.by('colourBand', 'source', own)).toHaveLength(0);
});

test('RSK-09 somebody’s own definition for all engagements is not joined by a second one', async () => {
  const engine = await engineAsOf(TODAY);
  const { account } = await addCustomer(engine, 'One');
  const source = await addAccountSource(engine, 'Figure', { [account]: [[TODAY, 1]] });
  await addHealth(engine, { name: 'Ours', global: true }, [{ source, target: 1, weight: 100 }]);
  await call(engine, 'workspace.addStarterDefinitions', {});
  expect([...engine.context.view.all('healthDefinition')].map(({ name }) => name)).toEqual(['Ours']);
});

test('UX-06 the demo portfolio gives scores and risks at once, and one undo takes it back', async () => {
  const engine = await engineAsOf(TODAY);
  expect(await call(engine, 'workspace.demo', { engagements: 40 })).toMatchObject({ engagements: 40 });
  const figures = await call(engine, 'portfolio.overview', {});
  expect(figures.total).toBe(40);
  expect(figures.known).toBe(figures.active);
  expect(figures.overallHealth).toBeGreaterThan(60);
  expect(figures.usageLast30Days[0]?.total).toBeGreaterThan(0);
  expect((await call(engine, 'risk.analyse', {})).opened).toBeGreaterThan(3);
  const second = call(engine, 'workspace.demo', { engagements: 1 });
  await expect(second).rejects.toMatchObject({ code: 'rule', details: { rule: 'UX-06' } });
});

/** What a newcomer finds on every page beside customers, contracts and their feeds. */
const AROUND = [
  'accountTeamMember',
  'customerTeamMember',
  'squadMember',
  'successObjective',
  'successOutcome',
  'successInitiative',
  'successCase',
  'successTask',
  'internalPlay',
  'internalPlayTask',
  'opportunity',
  'entitlement',
  'onboardingCase',
  'onboardingTask',
  'escalation',
  'meeting',
] as const satisfies readonly TableName[];

test('UX-06 the demo portfolio has plans, teams, plays, sales and meetings; one undo takes all of them back', async () => {
  const engine = await engineAsOf(TODAY);
  await call(engine, 'workspace.demo', { engagements: 150 });
  const { view } = engine.context;
  for (const table of AROUND) expect(view.count(table), table).toBeGreaterThan(2);
  // nothing of it hangs on a customer who has left
  for (const { engagement } of view.all('successObjective')) expect(view.get('engagement', engagement)?.active).toBe(true);
  await call(engine, 'records.undo', {});
  for (const table of AROUND) expect(view.count(table), table).toBe(0);
});

test('UX-06 undoing the demo portfolio leaves an empty workspace', async () => {
  const engine = await engineAsOf(TODAY);
  await call(engine, 'workspace.demo', { engagements: 5 });
  await call(engine, 'records.undo', {});
  expect((await call(engine, 'workspace.status', {})).empty).toBe(true);
  expect((await call(engine, 'portfolio.overview', {})).total).toBe(0);
});

test('UX-06 a cancelled demo leaves nothing behind', async () => {
  const engine = await engineAsOf(TODAY);
  const controller = new AbortController();
  const progress = () => controller.abort();
  await expect(call(engine, 'workspace.demo', { engagements: 60 }, { signal: controller.signal, progress })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(engine.context.view.count('account')).toBe(0);
});

test('DCE-05 a source is published and retired; published, it says when it runs next', async () => {
  const engine = await engineAsOf(TODAY);
  const id = await add(engine, 'dataSource', {
    name: 'Open tickets',
    kind: 'indicator',
    frequency: 'monthly',
    breakdown: 'account',
    indicator: { table: 'supportTicket', fn: 'count', time: { kind: 'open', from: 'submittedAt', to: 'closedAt' } },
  });
  const source = { table: 'dataSource', id } as const;
  await expect(call(engine, 'definitions.publish', source)).rejects.toMatchObject({ code: 'rule', details: { rule: 'BR-25' } });
  await add(engine, 'dataSourceContext', { source: id, mapper: 'account' });
  await call(engine, 'definitions.publish', source);
  expect(engine.context.view.get('dataSource', id)).toMatchObject({ state: 'published', lastRun: TODAY, nextRun: '2025-01-01' });
  await call(engine, 'definitions.retire', source);
  expect(engine.context.view.get('dataSource', id)?.state).toBe('retired');
  expect(engine.context.view.get('dataSource', id)?.nextRun).toBeUndefined();
});

test('DCE-05 what cannot be counted is not published, and says why', async () => {
  const engine = await engineAsOf(TODAY);
  const publishing = async (): Promise<void> => {
    const id = await add(engine, 'dataSource', {
      name: 'Urgency',
      kind: 'indicator',
      breakdown: 'account',
      indicator: { table: 'supportTicket', fn: 'count', time: { kind: 'during', field: 'priority', days: 7 } },
    });
    await add(engine, 'dataSourceContext', { source: id, mapper: 'account' });
    await call(engine, 'definitions.publish', { table: 'dataSource', id });
  };
  await expect(publishing()).rejects.toThrow('Priority');
});

test('BR-37 a health definition whose weights do not add up is not published', async () => {
  const engine = await engineAsOf(TODAY);
  const source = await addAccountSource(engine, 'Figure', {});
  const id = await add(engine, 'healthDefinition', { name: 'Half', rank: 1, global: true });
  await add(engine, 'healthMetric', { definition: id, source, target: 1, weight: 50 });
  await expect(call(engine, 'definitions.publish', { table: 'healthDefinition', id })).rejects.toMatchObject({
    details: { rule: 'BR-37' },
  });
  await expect(call(engine, 'definitions.publish', { table: 'healthDefinition', id: 'none' })).rejects.toMatchObject({ code: 'not-found' });
});
