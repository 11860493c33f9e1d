import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { add, change } from '../../../test/support/portfolio-engine.ts';
import { openEngine, type Engine } from '../engine.ts';
import { linesOf, type Group } from './group-rows.ts';

const window = { offset: 0, limit: 100 };
const nothing = { columns: [], sums: [] };

async function withContracts(): Promise<Engine> {
  const engine = await openEngine(memoryHost());
  const alpha = await add(engine, 'account', { name: 'Alpha', industry: 'Retail' });
  const beta = await add(engine, 'account', { name: 'Beta', industry: 'Energy' });
  await change(engine, (draft) => {
    draft.create('contract', {
      name: 'One',
      account: alpha,
      startDate: '2025-01-10',
      seats: 5,
      value: { amount: 100_50, currency: 'USD' },
    });
    draft.create('contract', { name: 'Two', account: beta, startDate: '2025-01-20', seats: 7, value: { amount: 20_00, currency: 'EUR' } });
    draft.create('contract', { name: 'Three', account: alpha, startDate: '2025-03-01', value: { amount: 1_00, currency: 'USD' } });
    draft.create('contract', { name: 'Four', account: beta });
  });
  return engine;
}

type Lines = Awaited<ReturnType<typeof linesIn>>;
const linesIn = (engine: Engine, more: object) => call(engine, 'records.lines', { table: 'contract', ...nothing, window, ...more });
const said = ({ rows }: Lines) =>
  rows.map((line) => (line.kind === 'row' ? line.label : `[${line.label ?? 'empty'} ${line.count}${line.closed ? ' closed' : ''}]`));

describe('REC-36 a list as it is shown', () => {
  test('rows are grouped by a field, sorted within, and groups are closed', async () => {
    const engine = await withContracts();
    const sort = [{ field: 'name', direction: 'up' as const }];
    const open = await linesIn(engine, { group: 'account', sort });
    expect(said(open)).toEqual(['[Alpha 2]', 'One', 'Three', '[Beta 2]', 'Four', 'Two']);
    expect([open.total, open.count, open.groups]).toEqual([6, 4, 2]);
    const [head] = open.rows;
    const key = head?.kind === 'group' ? head.key : '';
    expect(said(await linesIn(engine, { group: 'account', sort, closed: { all: false, except: [key] } }))).toEqual([
      '[Alpha 2 closed]',
      '[Beta 2]',
      'Four',
      'Two',
    ]);
    expect(said(await linesIn(engine, { group: 'account', sort, closed: { all: true, except: [key] } }))).toEqual([
      '[Alpha 2]',
      'One',
      'Three',
      '[Beta 2 closed]',
    ]);
    expect((await call(engine, 'records.groupIds', { table: 'contract', group: 'account', key })).ids).toHaveLength(2);
    await engine.close();
  });

  test('days are grouped by month, empty ones last; the direction of the sort is the direction of the groups', async () => {
    const engine = await withContracts();
    const by = async (direction: 'up' | 'down') =>
      said(await linesIn(engine, { group: 'startDate', sort: [{ field: 'startDate', direction }] }));
    expect(await by('up')).toEqual(['[2025-01 2]', 'One', 'Two', '[2025-03 1]', 'Three', '[empty 1]', 'Four']);
    expect(await by('down')).toEqual(['[2025-03 1]', 'Three', '[2025-01 2]', 'Two', 'One', '[empty 1]', 'Four']);
    await engine.close();
  });

  test('columns are counted and added up over all rows and per group, money by currency', async () => {
    const engine = await withContracts();
    const { sums, rows } = await linesIn(engine, {
      group: 'account',
      sums: ['seats', 'value', 'startDate'],
      window: { offset: 0, limit: 1 },
    });
    expect(sums).toEqual([
      { field: 'seats', filled: 2, sum: 12, least: 5, most: 7 },
      {
        field: 'value',
        filled: 3,
        money: [
          { amount: 20_00, currency: 'EUR' },
          { amount: 101_50, currency: 'USD' },
        ],
      },
      { field: 'startDate', filled: 3 },
    ]);
    expect(rows[0]).toMatchObject({ sums: [{ sum: 5 }, { money: [{ amount: 101_50, currency: 'USD' }] }, { filled: 2 }] });
    await engine.close();
  });

  test('UX-04 several currencies come to one in the workspace’s by its rates, and the day of the rates is said', async () => {
    const engine = await withContracts();
    await call(engine, 'workspace.set', { key: 'exchangeRates', value: { EUR: 1.5 } });
    const window = { offset: 0, limit: 1 };
    const value = async () => (await linesIn(engine, { sums: ['value'], window })).sums[0];
    const total = { amount: 101_50 + 30_00, currency: 'USD' };
    expect(await value()).toMatchObject({ converted: { total, without: [], ratesOf: '2026-01-05' } });
    await call(engine, 'workspace.set', { key: 'exchangeRates', value: { CHF: 1.1 } });
    // no rate for any of the others: as before, by currency
    expect(await value()).not.toHaveProperty('converted');
    await engine.close();
  });

  test('columns may lie beyond references, with the names of what they refer to', async () => {
    const engine = await withContracts();
    const owner = await add(engine, 'user', { name: 'Kim' });
    const [account] = engine.context.view.all('account');
    await change(engine, (draft) => draft.update('account', account?.id ?? '', { owner }));
    const answer = await linesIn(engine, {
      columns: ['account.industry', 'account.owner', 'name'],
      sort: [{ field: 'account.industry', direction: 'down' }],
    });
    expect(answer.rows[0]).toMatchObject({ label: 'One', derived: { 'account.industry': 'Retail', 'account.owner': owner } });
    expect(answer.refs[owner]?.label).toBe('Kim');
    await expect(linesIn(engine, { columns: ['account.nothing'] })).rejects.toMatchObject({ code: 'validation' });
    await engine.close();
  });

  test('a stretch of lines is a list of IDs, without the heads of groups', async () => {
    const engine = await withContracts();
    const sort = [{ field: 'name', direction: 'up' as const }];
    const { ids } = await call(engine, 'records.ids', { table: 'contract', sort, group: 'account', from: 2, to: 4 });
    const names = ids.map((id) => engine.context.view.get('contract', id)?.name);
    expect(names).toEqual(['Three', 'Four']);
    await engine.close();
  });

  test('the order holds over several columns, stable, with empty values last both ways', async () => {
    const engine = await withContracts();
    const order = async (...sort: { field: string; direction: 'up' | 'down' }[]) => said(await linesIn(engine, { sort }));
    expect(await order({ field: 'account', direction: 'down' }, { field: 'seats', direction: 'up' })).toEqual([
      'Two',
      'Four',
      'One',
      'Three',
    ]);
    expect(await order({ field: 'seats', direction: 'down' })).toEqual(['Two', 'One', 'Three', 'Four']);
    await engine.close();
  });
});

describe('REC-36 lists leave the application', () => {
  test('as texts for the clipboard: amounts apart from currencies, plain days', async () => {
    const engine = await withContracts();
    const sort = [{ field: 'name', direction: 'up' as const }];
    const cells = await call(engine, 'records.cells', {
      table: 'contract',
      target: {},
      sort,
      columns: ['label', 'account', 'startDate', 'value'],
    });
    expect(cells.headings).toEqual(['Contract', 'Account', 'Start', 'Value', 'Value currency']);
    expect(cells.rows[1]).toEqual(['One', 'Alpha', '2025-01-10', '100.5', 'USD']);
    expect(cells.total).toBe(4);
    await engine.close();
  });

  test.each(['csv', 'xlsx'] as const)('DSH-11 as %s: the rows, the columns and the order that are shown', async (format) => {
    const engine = await withContracts();
    const { bytes, fileName } = await call(engine, 'records.export', {
      table: 'contract',
      target: { condition: { field: 'seats', op: 'isNotEmpty' } },
      sort: [{ field: 'seats', direction: 'down' }],
      columns: ['label', 'account.industry', 'seats'],
      format,
    });
    expect(fileName).toBe(`contracts.${format}`);
    expect(bytes.byteLength).toBeGreaterThan(20);
    if (format === 'csv')
      expect(new TextDecoder().decode(bytes).split('\r\n')).toEqual([
        'Contract,Account › Industry,Seats',
        'Two,Energy,7',
        'One,Retail,5',
        '',
      ]);
    await engine.close();
  });
});

test('REC-36 windows over grouped lines are cut out of the whole, whatever is closed', () => {
  const groups = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 6 }).map((sizes) =>
    sizes.map((size, at): Group => ({
      key: `g${at}`,
      label: `g${at}`,
      rows: Array.from({ length: size }, (_, row) => ({ id: `${at}-${row}` }) as never),
    })),
  );
  fc.assert(
    fc.property(groups, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), fc.nat(30), fc.nat(12), (all, shut, offset, limit) => {
      const isClosed = (key: string) => shut[Number(key.slice(1))] === true;
      const whole = linesOf(all, isClosed, { offset: 0, limit: 1_000 });
      expect(whole.lines).toHaveLength(whole.total);
      expect(linesOf(all, isClosed, { offset, limit })).toEqual({ total: whole.total, lines: whole.lines.slice(offset, offset + limit) });
    }),
  );
});
