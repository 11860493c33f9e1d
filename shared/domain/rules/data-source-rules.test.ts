import { describe, expect, test } from 'vitest';
import { portfolioWorld, type TestCommand } from '../../../test/support/rule-harness.ts';

const tickets = { table: 'supportTicket', fn: 'count', time: { kind: 'during', field: 'submittedAt', days: 30 } };
const source = ({ create }: TestCommand, id: string, values: object = {}) =>
  create('dataSource', id, { name: `Source ${id}`, kind: 'external', ...values });
const context = ({ create }: TestCommand, id: string, of: string, values: object = {}) =>
  create('dataSourceContext', id, { source: of, ...values });

test('BR-25 publishing needs an active context with a mapper that leads to engagements', () => {
  const w = portfolioWorld();
  w.run((command) => source(command, 'd1'));
  const publish = ({ update }: TestCommand) => update('dataSource', 'd1', { state: 'published' });
  expect(w.refused(publish).details).toMatchObject({ rule: 'BR-25', recordId: 'd1' });
  w.run((command) => context(command, 'x1', 'd1', { mapper: 'product' }));
  expect(w.refused(publish).message).toContain('is broken down by account, which none of its contexts can lead to engagements');
  w.run(({ update }) => update('dataSourceContext', 'x1', { mapper: 'account', active: false }));
  expect(w.refused(publish).message).toContain('needs at least one active context');
  w.run(({ update }) => update('dataSourceContext', 'x1', { active: true }));
  w.run(publish);
});

test('BR-25 the last context of a published source stays, unless the source goes too', () => {
  const w = portfolioWorld();
  w.run((command) => {
    source(command, 'd1', { state: 'published' });
    context(command, 'x1', 'd1');
  });
  expect(w.refused(({ remove }) => remove('dataSourceContext', 'x1')).details.rule).toBe('BR-25');
  expect(w.refused(({ update }) => update('dataSourceContext', 'x1', { active: false })).details.rule).toBe('BR-25');
  expect(w.refused(({ update }) => update('dataSource', 'd1', { breakdown: 'product' })).details.rule).toBe('BR-25');
  w.run(({ remove }) => {
    remove('dataSourceContext', 'x1');
    remove('dataSource', 'd1');
  });
});

test('BR-26 two sources of the same name, or counting the same in the same way, are refused', () => {
  const w = portfolioWorld();
  w.run((command) => source(command, 'd1', { name: 'Open tickets', kind: 'indicator', indicator: tickets }));
  const twin = w.refused((command) => source(command, 'd2', { kind: 'indicator', indicator: { ...tickets } }));
  expect(twin.details).toMatchObject({ rule: 'BR-26', field: 'indicator', blocking: [{ id: 'd1' }] });
  expect(w.refused((command) => source(command, 'd2', { name: 'open  Tickets' })).details).toMatchObject({ rule: 'BR-26', field: 'name' });
  w.run((command) => source(command, 'd2', { kind: 'indicator', indicator: tickets, frequency: 'monthly' }));
  w.run(({ update }) => update('dataSource', 'd1', { state: 'retired' }));
  w.run((command) => source(command, 'd3', { name: 'Open tickets' }));
});

test.each([
  [tickets, 'support tickets'],
  [{ table: 'contract', fn: 'min', field: 'daysToRenewal' }, 'days'],
  [{ table: 'contract', fn: 'sum', field: 'value' }, 'EUR'],
  [{ table: 'supportTicket', fn: 'average', field: 'resolutionHours' }, 'h'],
  [{ table: 'soldProduct', fn: 'average', field: 'licenceUtilisation' }, '%'],
  [{ table: 'soldProduct', fn: 'ratio', field: 'licencesUsed', per: 'licencesSold' }, '%'],
  [{ table: 'supportTicket', fn: 'npsScore', field: 'satisfaction' }, 'points'],
  [{ table: 'supportTicket', fn: 'average', field: 'satisfaction' }, undefined],
])('BR-27 the unit fills itself from the indicator: %j → %s', (indicator, unit) => {
  const w = portfolioWorld({ currency: 'EUR' });
  w.run((command) => source(command, 'd1', { kind: 'indicator', indicator }));
  expect(w.row('dataSource', 'd1').unit).toBe(unit);
});

test('BR-27 the unit follows the indicator until a person writes another one', () => {
  const w = portfolioWorld();
  w.run((command) => source(command, 'd1', { kind: 'indicator', indicator: tickets }));
  w.run(({ update }) => update('dataSource', 'd1', { indicator: { table: 'contract', fn: 'count' } }));
  expect(w.row('dataSource', 'd1').unit).toBe('contracts');
  w.run(({ update }) => update('dataSource', 'd1', { unit: 'pieces' }));
  w.run(({ update }) => update('dataSource', 'd1', { indicator: tickets }));
  expect(w.row('dataSource', 'd1').unit).toBe('pieces');
});

test('BR-28 the last run is never after the next one', () => {
  const w = portfolioWorld();
  w.run((command) => source(command, 'd1', { lastRun: '2025-06-01', nextRun: '2025-06-01' }));
  expect(w.refused(({ update }) => update('dataSource', 'd1', { lastRun: '2025-06-02' })).details.rule).toBe('BR-28');
});

test('BR-29 a source has one active mapper for a context', () => {
  const w = portfolioWorld();
  w.run((command) => {
    source(command, 'd1', { breakdown: 'contract' });
    context(command, 'x1', 'd1', { mapper: 'contract' });
  });
  expect(w.refused((command) => context(command, 'x2', 'd1', { mapper: 'account' })).details.rule).toBe('BR-29');
  w.run((command) => context(command, 'x2', 'd1', { mapper: 'account', active: false }));
  w.run(({ update }) => {
    update('dataSourceContext', 'x1', { active: false });
    update('dataSourceContext', 'x2', { active: true });
  });
});

test('BR-45 a context of a source has each mapper once', () => {
  const w = portfolioWorld();
  w.run((command) => {
    source(command, 'd1');
    source(command, 'd2');
    context(command, 'x1', 'd1', { active: false });
    context(command, 'x2', 'd2');
  });
  expect(w.refused((command) => context(command, 'x3', 'd1', { active: false })).details.rule).toBe('BR-45');
});

describe('BR-30 values from outside', () => {
  const fed = () => {
    const w = portfolioWorld();
    w.run((command) => source(command, 'd1', { frequency: 'monthly' }));
    return w;
  };
  const series = (values: object) => ({ source: 'd1', sourceTable: 'account', sourceRecord: 'a1', ...values });

  test('BR-30 are complete: an existing record of the breakdown', () => {
    const w = fed();
    expect(
      w.refused(({ create }) => create('dataPointSeries', 's1', series({ sourceTable: 'contract', sourceRecord: 'c1' }))).details,
    ).toMatchObject({
      rule: 'BR-30',
      field: 'sourceTable',
    });
    expect(w.refused(({ create }) => create('dataPointSeries', 's1', series({ sourceRecord: 'a99' }))).details).toMatchObject({
      rule: 'BR-30',
      field: 'sourceRecord',
    });
    expect(w.refused(({ create }) => create('dataPointSeries', 's1', series({ sourceRecord: undefined }))).details.rule).toBe('BR-01');
    w.run(({ create }) => create('dataPointSeries', 's1', series({})));
  });

  test('BR-30 move the source’s last run to the newest value and the next run after it', () => {
    const w = fed();
    w.run(({ create }) => {
      create('dataPointSeries', 's1', series({ lastEnd: '2025-01-31' }));
      create('dataPointSeries', 's2', series({ sourceRecord: 'a2', lastEnd: '2024-12-31' }));
    });
    expect(w.row('dataSource', 'd1')).toMatchObject({ lastRun: '2025-01-31', nextRun: '2025-02-01' });
    w.run(({ remove }) => remove('dataPointSeries', 's1'));
    expect(w.row('dataSource', 'd1')).toMatchObject({ lastRun: '2024-12-31', nextRun: '2025-01-01' });
  });

  test('a record has one series of a source for each part', () => {
    const w = fed();
    w.run(({ create }) => {
      create('dataPointSeries', 's1', series({ part: 'reports' }));
      create('dataPointSeries', 's2', series({ part: 'alerts' }));
    });
    expect(w.refused(({ create }) => create('dataPointSeries', 's3', series({ part: 'alerts' }))).details.rule).toBe('DCE-03');
  });
});

test('BR-43 a source is no finer than its indicator', () => {
  const w = portfolioWorld();
  const monthly = { table: 'contract', fn: 'count', every: 'monthly' };
  expect(
    w.refused((command) => source(command, 'd1', { kind: 'indicator', indicator: monthly, frequency: 'weekly' })).details,
  ).toMatchObject({
    rule: 'BR-43',
    field: 'frequency',
  });
  w.run((command) => source(command, 'd1', { kind: 'indicator', indicator: monthly, frequency: 'monthly' }));
  w.run((command) => source(command, 'd2', { kind: 'indicator', indicator: monthly, frequency: 'quarterly' }));
});

test('DCE-01 an indicator that cannot be understood is refused, a missing one only when publishing', () => {
  const w = portfolioWorld();
  w.run((command) => source(command, 'd1', { kind: 'indicator' }));
  const publish = w.refused((command) => {
    context(command, 'x1', 'd1');
    command.update('dataSource', 'd1', { state: 'published' });
  });
  expect(publish.details).toMatchObject({ rule: 'DCE-01', field: 'indicator' });
  for (const indicator of [
    { fn: 'count' },
    { table: 'contract', fn: 'toString' },
    { table: 'contract', fn: 'count', time: { kind: 'during', field: 'x', days: 0 } },
  ])
    expect(w.refused(({ update }) => update('dataSource', 'd1', { indicator })).details.rule).toBe('DCE-01');
  const filter = { field: 'colour', op: 'is', value: 'red' };
  expect(
    w.refused(({ update }) => update('dataSource', 'd1', { indicator: { table: 'contract', fn: 'count', filter } })).message,
  ).toContain('Contract has no field “colour”');
  expect(
    w.refused(({ update }) => update('dataSource', 'd1', { indicator: { table: 'contact', fn: 'sum', field: 'name' } })).message,
  ).toContain('“Name” is not a number');
});

test('DCE-05 draft → published → retired, and from there only back to draft', () => {
  const w = portfolioWorld();
  w.run((command) => {
    source(command, 'd1');
    context(command, 'x1', 'd1');
  });
  const to = (state: string) => (command: TestCommand) => command.update('dataSource', 'd1', { state });
  w.run(to('published'));
  expect(w.refused(to('draft')).message).toContain('is published and can only become retired');
  w.run(to('retired'));
  expect(w.refused(to('published')).details.rule).toBe('DCE-05');
  w.run(to('draft'));
  expect(w.refused((command) => source(command, 'd9', { state: 'retired' })).details.rule).toBe('DCE-05');
});
