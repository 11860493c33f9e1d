import { expect, test } from 'vitest';
import { portfolioWorld, type RuleWorld, type TestCommand } from '../../../test/support/rule-harness.ts';

const template = { shortDescription: 'NPS is {value}', description: '{source} of {engagement} is below {threshold}.' };
const metricBased = { category: 'reputational', source: 'd1', condition: 'below', threshold: 30, template };
const tableBased = {
  category: 'commercial',
  type: 'table',
  sourceTable: 'contract',
  sourceCondition: { field: 'renewalDate', op: 'isEmpty' },
  template,
};

function world(): RuleWorld {
  const w = portfolioWorld();
  w.run(({ create }) => create('dataSource', 'd1', { name: 'NPS', kind: 'external' }));
  return w;
}
const definition = ({ create }: TestCommand, id: string, values: object) =>
  create('riskDefinition', id, { name: `Definition ${id}`, ...values });

test('BR-31 no two risk definitions have one name or one cause', () => {
  const w = world();
  w.run((command) => definition(command, 'r1', { ...metricBased, name: 'Drop in NPS' }));
  expect(w.refused((command) => definition(command, 'r2', { ...metricBased, name: 'drop in nps', threshold: 20 })).details).toMatchObject({
    rule: 'BR-31',
    field: 'name',
    blocking: [{ id: 'r1' }],
  });
  expect(w.refused((command) => definition(command, 'r2', metricBased)).message).toContain('raises a signal for the same cause');
  w.run((command) => definition(command, 'r2', { ...metricBased, threshold: 20 }));
});

test('BR-31 no two threshold overrides of a definition are alike', () => {
  const w = world();
  const filter = { field: 'account.industry', op: 'is', value: 'SaaS' };
  w.run((command) => {
    definition(command, 'r1', metricBased);
    command.create('thresholdOverride', 'o1', { definition: 'r1', filter, threshold: 31, rank: 2 });
    command.create('thresholdOverride', 'o2', { definition: 'r1', filter, threshold: 32, rank: 1 });
  });
  for (const values of [
    { threshold: 31, rank: 3 },
    { threshold: 33, rank: 2 },
  ])
    expect(w.refused(({ create }) => create('thresholdOverride', 'o3', { definition: 'r1', filter, ...values })).details.rule).toBe(
      'BR-31',
    );
  w.run(({ create }) => create('thresholdOverride', 'o3', { definition: 'r1', filter: { not: filter }, threshold: 31, rank: 2 }));
});

test.each([
  [{ description: 'x' }, 'The template needs “Short description”'],
  [{ ...template, description: ' ' }, 'The template needs “Description”'],
  [{ ...template, shortDescription: '{price} is low' }, 'holds {price}; only {value}, {threshold}, {source}, {engagement} are filled in'],
  [{ ...template, shortDescription: 'x'.repeat(251) }, 'is too long'],
  [{ ...template, priority: 'urgent' }, '“Priority” of the template must be one of: Critical, High'],
  [{ ...template, scope: 'constructor' }, '“Scope” of the template must be one of'],
  [{ ...template, dueInDays: 1.5 }, 'how many days until the signal is due'],
  [{ ...template, state: 'closed' }, 'The template sets “state”'],
  [{ ...template, reportedBy: 'u9' }, 'names a user who does not exist'],
  [['x'], 'The template of the signal is missing'],
])('BR-32 the template %j is refused', (bad, message) => {
  const error = world().refused((command) => definition(command, 'r1', { ...metricBased, template: bad }));
  expect(error.details).toMatchObject({ rule: 'BR-32', field: 'template' });
  expect(error.message).toContain(message);
});

test('BR-32 a valid template is taken, and none is needed before publishing', () => {
  const w = world();
  const full = {
    ...template,
    priority: 'high',
    probability: 'veryHigh',
    scope: 'renewal',
    riskOrIssue: 'issue',
    dueInDays: 14,
    reportedBy: 'u1',
  };
  w.run((command) => definition(command, 'r1', { ...metricBased, template: full, state: 'published' }));
  w.run((command) => definition(command, 'r2', { ...metricBased, template: undefined, threshold: 10 }));
  expect(w.refused(({ update }) => update('riskDefinition', 'r2', { state: 'published' })).details.rule).toBe('BR-32');
});

test('BR-33 a definition over records needs an active mapper from them to engagements', () => {
  const w = world();
  const publish = (command: TestCommand) => definition(command, 'r1', { ...tableBased, state: 'published' });
  expect(w.refused(publish).details).toMatchObject({ rule: 'BR-33', field: 'sourceTable' });
  w.run(({ create }) => create('dataSourceContext', 'x1', { source: 'd1', mapper: 'contract', active: false }));
  expect(w.refused(publish).message).toContain('no active context says how contracts lead to engagements');
  w.run(({ update }) => update('dataSourceContext', 'x1', { active: true }));
  w.run(publish);
});

test('BR-33 engagements and touchpoints need no mapper', () => {
  const w = world();
  const sourceCondition = { field: 'state', op: 'is', value: 'new' };
  w.run((command) => definition(command, 'r1', { ...tableBased, sourceTable: 'engagement', sourceCondition, state: 'published' }));
  w.run((command) => definition(command, 'r2', { ...tableBased, sourceTable: 'touchpoint', sourceCondition, state: 'published' }));
});

test.each([
  [{ ...metricBased, source: undefined }, 'RSK-01', 'needs “Data source”'],
  [{ ...metricBased, threshold: undefined }, 'RSK-01', 'needs “Threshold”'],
  [{ ...tableBased, sourceCondition: undefined }, 'RSK-02', 'needs “Records that match”'],
])('RSK-01 RSK-02 a published definition says what it looks for: %j', (values, rule, message) => {
  const error = world().refused((command) => definition(command, 'r1', { ...values, state: 'published' }));
  expect(error.details.rule).toBe(rule);
  expect(error.message).toContain(message);
});

test('RSK-02 a condition fits the table it is asked of', () => {
  const w = world();
  const bad = { ...tableBased, sourceCondition: { field: 'subject', op: 'contains', value: 'x' } };
  expect(w.refused((command) => definition(command, 'r1', bad)).details).toMatchObject({ rule: 'RSK-02', field: 'sourceCondition' });
  w.run((command) => definition(command, 'r1', { ...bad, sourceTable: 'supportTicket' }));
});

test.each([
  ['asOf', '2024-12-31', '31.12.2024'],
  ['timeZone', 'Europe/Vienna', 'Vienna'],
  ['currency', 'EUR', 'Euro'],
  ['onboardingMandatory', true, 'yes'],
  ['workspaceName', 'North', ' '],
  ['currentUser', 'u1', 'u9'],
])('REC-44 the setting %s takes %j and refuses %j', (key, good, bad) => {
  const w = world();
  expect(w.refused(({ create }) => create('setting', 'g1', { key, value: bad })).details).toMatchObject({ rule: 'REC-44', field: 'value' });
  w.run(({ create }) => create('setting', 'g1', { key, value: good }));
  w.run(({ update }) => update('setting', 'g1', { value: null }));
});

test('REC-44 an unknown setting is refused', () => {
  expect(world().refused(({ create }) => create('setting', 'g1', { key: '__proto__', value: 1 })).message).toContain(
    'There is no setting “__proto__”',
  );
});
