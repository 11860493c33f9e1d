import { describe, expect, test } from 'vitest';
import { openEngine, type Engine } from '#engine/engine.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { filesIn } from '../../../test/support/read-set.ts';
import { dataSet } from '../../../test/support/shared-data.ts';

type Session = Output<'import.session'>;

const setAsOf = (engine: Engine, asOf: string) => call(engine, 'workspace.set', { key: 'asOf', value: asOf });
const counts = (session: Session) =>
  Object.fromEntries(session.counts.map(({ table, create, update, unchanged, held }) => [table, [create, update, unchanged, held]]));

describe('ONB-10 RavenStack from files to records', () => {
  test('everything goes in as one change, counts as known, comes back out with one undo, and a second import changes nothing', async () => {
    const engine = await openEngine(memoryHost());
    const { view, series } = engine.context;
    await setAsOf(engine, '2024-12-31');
    const files = [...filesIn(dataSet('ravenstack'))];
    const session = await call(engine, 'import.open', { files });
    expect(session.problems).toEqual({ errors: 0, warnings: 0 });
    expect(session.questions).toEqual([]);
    const offered = await call(engine, 'import.change', { sessionId: session.sessionId, engagements: 'perAccount' });
    expect(counts(offered)).toEqual({
      account: [500, 0, 0, 0],
      product: [3, 0, 0, 0],
      contract: [5000, 0, 0, 0],
      soldProduct: [5000, 0, 0, 0],
      engagement: [500, 0, 0, 0],
      engagementContract: [5000, 0, 0, 0],
      engagementSoldProduct: [5000, 0, 0, 0],
      supportTicket: [2000, 0, 0, 0],
      outcomeEvent: [600, 0, 0, 0],
      series: [24_997, 0, 0, 0],
    });
    const { changeSetId, ...done } = await call(engine, 'import.commit', { sessionId: session.sessionId });
    expect(done).toEqual({ created: 23_603, updated: 0, held: 0, points: 24_997 });
    expect([view.count('account'), view.count('contract'), view.count('supportTicket'), view.count('outcomeEvent')]).toEqual([
      500, 5000, 2000, 600,
    ]);

    const source = [...view.all('dataSource')].find(({ name }) => name === 'Product usage');
    expect(source).toMatchObject({ name: 'Product usage', kind: 'external', breakdown: 'contract', state: 'published', rollUp: 'sum' });
    let usage = 0;
    for (const { id } of view.all('dataPointSeries')) for (const value of series.points(id)?.value ?? []) usage += value;
    const rows = filesIn(dataSet('ravenstack')).find(({ name }) => name.includes('usage'));
    const lines = new TextDecoder().decode(rows?.bytes).trim().split('\n').slice(1);
    expect(lines).toHaveLength(25_000);
    expect(usage).toBe(lines.reduce((sum, line) => sum + Number(line.split(',')[4]), 0));

    const again = await call(engine, 'import.open', { files });
    const second = await call(engine, 'import.change', { sessionId: again.sessionId, engagements: 'perAccount' });
    expect(second.counts.every(({ create, update, held }) => create === 0 && update === 0 && held === 0)).toBe(true);
    expect(await call(engine, 'import.commit', { sessionId: again.sessionId })).toMatchObject({
      created: 0,
      updated: 0,
      held: 0,
      points: 0,
    });

    expect(await call(engine, 'records.undo', {})).toMatchObject({
      label: expect.stringContaining('Import of ravenstack_accounts.csv and 4 more'),
    });
    for (const table of [
      'account',
      'contract',
      'soldProduct',
      'product',
      'engagement',
      'engagementContract',
      'supportTicket',
      'outcomeEvent',
      'dataSource',
      'dataPointSeries',
    ] as const)
      expect([table, view.count(table)]).toEqual([table, 0]);
    expect(changeSetId).not.toBe('');
    await engine.close();
  }, 180_000);
});

test('BR-02 a row that says its record has ended comes in ended, with a code and notes', async () => {
  const engine = await openEngine(memoryHost());
  const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
  const files = [
    file('accounts.csv', 'Account Name,External ID\nAcme,A1\n'),
    file('engagements.csv', 'Engagement,Account\nAcme,Acme\n'),
    file(
      'touchpoints.csv',
      'Subject,Engagement,Account,Date,Status\nCall,Acme,Acme,2025-01-05,Closed\nVisit,Acme,Acme,2025-01-07,Cancelled\nMail,Acme,Acme,2025-02-05,New\n',
    ),
  ];
  const session = await call(engine, 'import.open', { files });
  expect(session.problems).toEqual({ errors: 0, warnings: 0 });
  expect(await call(engine, 'import.commit', { sessionId: session.sessionId })).toMatchObject({ created: 5, held: 0 });
  const ends = [...engine.context.view.all('touchpoint')].map(({ subject, state, active, closureCode, closeNotes }) => [
    subject,
    state,
    active,
    closureCode,
    closeNotes,
  ]);
  expect(ends.toSorted(([a = ''], [b = '']) => String(a).localeCompare(String(b)))).toEqual([
    ['Call', 'closed', false, 'addressed', 'Closed in the imported file.'],
    ['Mail', 'new', true, undefined, undefined],
    ['Visit', 'cancelled', false, 'cancelled', 'Closed in the imported file.'],
  ]);
  await engine.close();
});

test('ONB-04 a row whose contact belongs to another account is held back while planning, the others go in', async () => {
  const engine = await openEngine(memoryHost());
  const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
  const files = [
    file('accounts.csv', 'Account Name,External ID\nAcme,A1\nZeta,A2\n'),
    file('contacts.csv', 'Full Name,Email,Account\nAnn,ann@example.com,Acme\nZoe,zoe@example.com,Zeta\n'),
    file('engagements.csv', 'Engagement,Account\nAcme,Acme\n'),
    file('touchpoints.csv', 'Subject,Engagement,Contact,Date\nCall,Acme,Ann,2025-01-05\nVisit,Acme,Zoe,2025-01-07\n'),
  ];
  const session = await call(engine, 'import.open', { files });
  const { problems } = await call(engine, 'import.problems', { sessionId: session.sessionId, offset: 0, limit: 10 });
  expect(problems).toMatchObject([
    { line: 3, severity: 'error', message: expect.stringContaining('Contact is contact “Zoe”, which belongs to another account') },
  ]);
  expect(await call(engine, 'import.commit', { sessionId: session.sessionId })).toMatchObject({ created: 6, held: 1 });
  await engine.close();
});
