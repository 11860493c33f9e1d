import { describe, expect, test } from 'vitest';
import { portfolioWorld, type RuleWorld, type TestCommand } from '../../../test/support/rule-harness.ts';

function world(): RuleWorld {
  const w = portfolioWorld();
  w.run(({ create }) => {
    create('dataSource', 'd1', { name: 'CSAT', kind: 'external' });
    create('dataSource', 'd2', { name: 'NPS', kind: 'external' });
  });
  return w;
}
const definition = ({ create }: TestCommand, id: string, values: object) =>
  create('healthDefinition', id, { name: `Definition ${id}`, ...values });
const metric = ({ create }: TestCommand, id: string, of: string, source: string, weight: number) =>
  create('healthMetric', id, { definition: of, source, target: 80, weight });
const adoption = { field: 'stage', op: 'is', value: 'adoption' };

function published(): RuleWorld {
  const w = world();
  w.run((command) => {
    definition(command, 'h1', { global: true, state: 'published' });
    metric(command, 'm1', 'h1', 'd1', 60);
    metric(command, 'm2', 'h1', 'd2', 40);
  });
  return w;
}

test('BR-35 there is at most one definition for all engagements', () => {
  const w = world();
  w.run((command) => definition(command, 'h1', { global: true }));
  const error = w.refused((command) => definition(command, 'h2', { global: true }));
  expect(error.details).toMatchObject({ rule: 'BR-35', blocking: [{ id: 'h1' }] });
  w.run((command) => definition(command, 'h2', { filter: adoption }));
  expect(w.refused(({ update }) => update('healthDefinition', 'h2', { global: true })).details.rule).toBe('BR-35');
  w.run(({ update }) => update('healthDefinition', 'h1', { state: 'retired' }));
  w.run(({ update }) => update('healthDefinition', 'h2', { global: true }));
});

test('BR-36 no two definitions have one name or one filter', () => {
  const w = world();
  w.run((command) => definition(command, 'h1', { name: 'Adoption', filter: adoption }));
  expect(w.refused((command) => definition(command, 'h2', { name: 'ADOPTION' })).details).toMatchObject({ rule: 'BR-36', field: 'name' });
  expect(w.refused((command) => definition(command, 'h2', { filter: { ...adoption } })).details).toMatchObject({
    rule: 'BR-36',
    field: 'filter',
  });
  w.run((command) => definition(command, 'h2', { filter: { ...adoption, value: 'renew' } }));
});

describe('BR-37 metric weights of a published definition sum to 100', () => {
  test('BR-37 publishing needs metrics that sum to 100', () => {
    const w = world();
    w.run((command) => definition(command, 'h1', { global: true }));
    const publish = ({ update }: TestCommand) => update('healthDefinition', 'h1', { state: 'published' });
    expect(w.refused(publish).message).toContain('has no metric yet');
    w.run((command) => metric(command, 'm1', 'h1', 'd1', 60));
    expect(w.refused(publish).message).toContain('the weights of its metrics add up to 60 %, not 100 %');
    w.run((command) => metric(command, 'm2', 'h1', 'd2', 40));
    w.run(publish);
  });

  test('BR-37 weights of a published definition change together or not at all', () => {
    const w = published();
    expect(w.refused(({ update }) => update('healthMetric', 'm1', { weight: 50 })).details).toMatchObject({
      rule: 'BR-37',
      recordId: 'h1',
    });
    expect(w.refused(({ remove }) => remove('healthMetric', 'm2')).details.rule).toBe('BR-37');
    w.run(({ update }) => {
      update('healthMetric', 'm1', { weight: 33.3 });
      update('healthMetric', 'm2', { weight: 66.7 });
    });
  });
});

test('BR-38 a published definition takes no new metric', () => {
  const w = published();
  const add = (command: TestCommand) => {
    command.create('dataSource', 'd3', { name: 'Usage', kind: 'external' });
    command.update('healthMetric', 'm1', { weight: 50 });
    metric(command, 'm3', 'h1', 'd3', 10);
  };
  expect(w.refused(add).details).toMatchObject({ rule: 'BR-38', field: 'definition' });
  w.run(({ update }) => update('healthDefinition', 'h1', { state: 'retired' }));
  w.run(({ update }) => update('healthDefinition', 'h1', { state: 'draft' }));
  w.run(add);
  w.run(({ update }) => update('healthDefinition', 'h1', { state: 'published' }));
});

test('BR-39 a data source is a metric of a definition once', () => {
  const w = world();
  w.run((command) => {
    definition(command, 'h1', {});
    metric(command, 'm1', 'h1', 'd1', 50);
  });
  const error = w.refused((command) => metric(command, 'm2', 'h1', 'd1', 50));
  expect(error.details).toMatchObject({ rule: 'BR-39', blocking: [{ id: 'm1', label: 'CSAT' }] });
  expect(error.message).toBe('“CSAT” is a metric of “Definition h1” already. Change its weight or target instead.');
});

test('HLT-01 a published definition applies to someone', () => {
  const w = world();
  const nobody = w.refused((command) => {
    definition(command, 'h1', { state: 'published' });
    metric(command, 'm1', 'h1', 'd1', 100);
  });
  expect(nobody.details.rule).toBe('HLT-01');
});

test('HLT-01 the filter of a definition fits engagements', () => {
  const w = world();
  const error = w.refused((command) => definition(command, 'h1', { filter: { field: 'account.industri', op: 'is', value: 'SaaS' } }));
  expect(error.details).toMatchObject({ rule: 'HLT-01', table: 'healthDefinition', field: 'filter' });
  expect(error.message).toContain('Account has no field “industri”. Did you mean “industry”?');
  w.run((command) => definition(command, 'h1', { filter: { field: 'account.industry', op: 'is', value: 'SaaS' } }));
});

describe('BR-34 colour bands', () => {
  const band = (values: object) => ({ min: 0, max: 40, colour: 'red', category: 'poor', ...values });
  const withBand = () => {
    const w = world();
    w.run(({ create }) => create('colourBand', 'b1', band({})));
    return w;
  };

  test.each([
    [{ min: 50, max: 40, colour: 'blue' }, 'ends below where it begins'],
    [{ min: 80, max: 101, colour: 'blue' }, 'stay between 0 and 100'],
    [{ min: -1, max: 0, colour: 'blue' }, 'stay between 0 and 100'],
    [{ min: 39, max: 60, colour: 'blue' }, 'overlaps with poor (red, 0 to 40)'],
    [{ min: 10, max: 20, colour: 'blue' }, 'overlaps with'],
    [{ min: 40, max: 60, colour: 'red' }, 'has the same colour as'],
    [{ type: 'metric', min: 40, max: 60, colour: 'red' }, 'needs that data source'],
  ])('BR-34 %j is refused', (values, message) => {
    const error = withBand().refused(({ create }) => create('colourBand', 'b2', band(values)));
    expect(error.details.rule).toBe('BR-34');
    expect(error.message).toContain(message);
  });

  test('BR-34 bands that touch, and bands of another scale, go together', () => {
    const w = withBand();
    w.run(({ create }) => {
      create('colourBand', 'b2', band({ min: 40, max: 100, colour: 'green', category: 'good' }));
      create('colourBand', 'b3', band({ type: 'metric', source: 'd1', min: -50, max: 500 }));
      create('colourBand', 'b4', band({ type: 'metric', source: 'd2', min: -50, max: 500 }));
    });
    expect(w.refused(({ update }) => update('colourBand', 'b2', { min: 30 })).details.rule).toBe('BR-34');
  });

  test('BR-34 a band of the health score belongs to no data source', () => {
    const w = world();
    w.run(({ create }) => create('colourBand', 'b1', band({ source: 'd1' })));
    expect(w.row('colourBand', 'b1')).not.toHaveProperty('source');
  });
});
