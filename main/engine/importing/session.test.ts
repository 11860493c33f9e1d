import { describe, expect, test } from 'vitest';
import { openEngine, type Engine } from '#engine/engine.ts';
import { call } from '../../../test/support/call-engine.ts';
import { countsOf, importTexts, openTexts, problemsOf } from '../../../test/support/import-texts.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';

const open = (): Promise<Engine> => openEngine(memoryHost());
const accounts = 'account_id,name,employees\nA1,Alpha,10\nA2,Beta,20\n';

describe('ONB-04 good rows go in, bad ones are held back', () => {
  test('every problem stands at its row and cell, and only its row waits', async () => {
    const engine = await open();
    const state = await openTexts(engine, {
      'accounts.csv':
        'account_id,name,employees,customer since,cadence tier\nA1,Alpha,ten,2024-01-01,core\nA2,Beta,20,2024-13-01,core\nA3,Gamma,30,2024-01-03,gold plated\nA4,Delta,40,2024-01-04,core\n',
    });
    expect(await problemsOf(engine, state)).toEqual([
      '2 employees error: “ten” is not a number.',
      '3 customer since error: “2024-13-01” is not a date as the column writes them (2024-12-31).',
      '4 cadence tier error: “gold plated” is none of: Strategic, Growth, Core, Nurture.',
    ]);
    expect(countsOf(state)).toEqual({ account: [1, 0, 0, 3] });
    const { rows } = await call(engine, 'import.preview', { sessionId: state.sessionId, sheetId: '1', offset: 0, limit: 10 });
    expect(rows.map(({ line, status }) => `${line} ${status}`)).toEqual(['2 held', '3 held', '4 held', '5 create']);
    expect(await call(engine, 'import.commit', { sessionId: state.sessionId })).toMatchObject({ created: 1, held: 3 });
    expect([...engine.context.view.all('heldRow')].map(({ line }) => line)).toEqual([2, 3, 4]);
    await engine.close();
  });

  test('a cell is repaired in place before the rows go in', async () => {
    const engine = await open();
    const { sessionId } = await openTexts(engine, { 'accounts.csv': 'account_id,name,employees\nA1,Alpha,ten\nA2,Beta,20\n' });
    const repaired = await call(engine, 'import.change', { sessionId, sheetId: '1', repair: { line: 2, column: 2, value: '10' } });
    expect(countsOf(repaired)).toEqual({ account: [2, 0, 0, 0] });
    await call(engine, 'import.commit', { sessionId });
    expect([...engine.context.view.all('account')].map(({ employees }) => employees)).toEqual([10, 20]);
    await engine.close();
  });

  test('a held-back row is repaired later and then goes in', async () => {
    const engine = await open();
    const { view } = engine.context;
    await importTexts(engine, { 'accounts.csv': 'account_id,name,employees\nA1,Alpha,ten\nA2,Beta,20\n' });
    const [held] = view.all('heldRow');
    expect(held).toMatchObject({ file: 'accounts.csv', line: 2, intoTable: 'account' });
    const id = held?.id ?? '';
    expect(await call(engine, 'import.repairHeld', { id, cells: { '2': 'eleven' } })).toMatchObject({ takenIn: false });
    expect(view.get('heldRow', id)?.problems).toEqual([{ column: 'employees', message: '“eleven” is not a number.' }]);
    expect(await call(engine, 'import.repairHeld', { id, cells: { '2': '11' } })).toMatchObject({ takenIn: true });
    expect(view.count('heldRow')).toBe(0);
    expect([...view.all('account')].find(({ name }) => name === 'Alpha')).toMatchObject({ employees: 11, externalId: 'A1' });
    await engine.close();
  });

  test('bringing the file in again keeps held-back rows once, and lets them go when they are good', async () => {
    const engine = await open();
    const { view } = engine.context;
    const bad = { 'accounts.csv': 'account_id,name,employees\nA1,Alpha,ten\nA2,Beta,20\n' };
    await importTexts(engine, bad);
    await importTexts(engine, bad);
    expect(view.count('heldRow')).toBe(1);
    await importTexts(engine, { 'accounts.csv': 'account_id,name,employees\nA1,Alpha,10\nA2,Beta,20\n' });
    expect([view.count('heldRow'), view.count('account')]).toEqual([0, 2]);
    await engine.close();
  });

  test('a row that needs a held-back one waits too; one that can do without goes in without', async () => {
    const engine = await open();
    const state = await openTexts(engine, {
      'accounts.csv': 'account_id,name,employees,parent id\nA1,Alpha,ten,\nA2,Beta,20,A1\n',
      'contacts.csv': 'contact_id,name,account_id\nC1,Kim,A1\nC2,Lee,A2\n',
    });
    expect(countsOf(state)).toEqual({ account: [1, 0, 0, 1], contact: [1, 0, 0, 1] });
    expect(await problemsOf(engine, state)).toEqual([
      '2 employees error: “ten” is not a number.',
      '3 parent id warning: Parent account is held back; the field stays empty.',
      '2 account_id error: Account is held back, so this row waits too.',
    ]);
    await engine.close();
  });

  test('what a business rule refuses is seen before, and held back alone', async () => {
    const engine = await open();
    const state = await openTexts(engine, {
      'accounts.csv': accounts,
      'contracts.csv': 'contract_id,account_id,start date,end date\nK1,A1,2024-05-01,2024-01-01\nK2,A2,2024-01-01,2024-12-31\n',
    });
    expect((await problemsOf(engine, state)).join()).toContain('2 end date error');
    expect(countsOf(state)).toMatchObject({ contract: [1, 0, 0, 1] });
    expect(await call(engine, 'import.commit', { sessionId: state.sessionId })).toMatchObject({ held: 1 });
    await engine.close();
  });
});

describe('ONB-04 a second import updates', () => {
  test('changed cells change the record, the others stay, and one undo takes updates back too', async () => {
    const engine = await open();
    const { view } = engine.context;
    await importTexts(engine, { 'accounts.csv': accounts });
    const next = { 'accounts.csv': 'account_id,name,employees\nA1,Alpha,11\nA2,Beta,20\nA3,Gamma,30\n' };
    const state = await openTexts(engine, next);
    expect(countsOf(state)).toEqual({ account: [1, 1, 1, 0] });
    await call(engine, 'import.commit', { sessionId: state.sessionId });
    expect([...view.all('account')].map(({ name, employees, rev }) => [name, employees, rev])).toEqual([
      ['Alpha', 11, 2],
      ['Beta', 20, 1],
      ['Gamma', 30, 1],
    ]);
    await call(engine, 'records.undo', {});
    expect([...view.all('account')].map(({ name, employees }) => [name, employees])).toEqual([
      ['Alpha', 10],
      ['Beta', 20],
    ]);
    await engine.close();
  });

  test('values of a day are replaced, rows of one day are summed, and undo restores the old ones', async () => {
    const engine = await open();
    const { view, series } = engine.context;
    const file = (rows: string) => ({
      'accounts.csv': accounts,
      'product_usage.csv': `account_id,usage_date,feature,usage_count\n${rows}`,
    });
    await importTexts(engine, file('A1,2024-01-01,search,5\nA1,2024-01-01,search,2\nA1,2024-01-02,search,3\n'));
    const [own] = view.all('dataPointSeries');
    const points = () => [...(series.points(own?.id ?? '')?.value ?? [])];
    expect(points()).toEqual([7, 3]);
    const state = await openTexts(engine, file('A1,2024-01-02,search,4\nA1,2024-01-03,search,1\n'));
    expect(countsOf(state)).toMatchObject({ series: [2, 0, 0, 0] });
    await call(engine, 'import.commit', { sessionId: state.sessionId });
    expect(points()).toEqual([7, 4, 1]);
    await call(engine, 'records.undo', {});
    expect(points()).toEqual([7, 3]);
    const same = await openTexts(engine, file('A1,2024-01-01,search,7\nA1,2024-01-02,search,3\n'));
    expect(countsOf(same)).toMatchObject({ series: [0, 0, 2, 0] });
    await engine.close();
  });

  test('rows without any key are known by their content', async () => {
    const engine = await open();
    const file = {
      'accounts.csv': accounts,
      'tickets.csv': 'account_id,subject,created at\nA1,Broken,2024-01-01\nA1,Broken,2024-01-01\nA2,Slow,2024-01-02\n',
    };
    expect(await importTexts(engine, file)).toMatchObject({ created: 5 });
    expect(await importTexts(engine, file)).toMatchObject({ created: 0, updated: 0 });
    await engine.close();
  });

  test('a record known by its name alone takes over the key that a later file brings', async () => {
    const engine = await open();
    await importTexts(engine, { 'accounts.csv': 'name,industry\nAlpha,Shipping\n' });
    const state = await openTexts(engine, { 'accounts.csv': accounts });
    expect(countsOf(state)).toEqual({ account: [1, 1, 0, 0] });
    await call(engine, 'import.commit', { sessionId: state.sessionId });
    expect([...engine.context.view.all('account')][0]).toMatchObject({
      name: 'Alpha',
      industry: 'Shipping',
      externalId: 'A1',
      employees: 10,
    });
    await engine.close();
  });

  test('the same key twice in a file is a problem where the rows differ, and no second record where they do not', async () => {
    const engine = await open();
    const state = await openTexts(engine, { 'accounts.csv': 'account_id,name\nA1,Alpha\nA1,Alpha\nA1,Other\n' });
    expect(await problemsOf(engine, state)).toEqual([
      '4 account_id error: It is the same record as line 2, with other values. Keep one of the two.',
    ]);
    expect(countsOf(state)).toEqual({ account: [1, 0, 0, 1] });
    await engine.close();
  });
});

describe('ONB-04 references', () => {
  const products = 'product,series\nGTX Pro,GTX\nGTX Basic,GTX\n';
  const pipeline = 'opportunity_id,product,account,deal_stage,close_value\nO1,GTXPro,Alpha,Won,100\nO2,GTX Basic,alpha,Lost,0\n';
  const set = { 'accounts.csv': accounts, 'products.csv': products, 'sales_pipeline.csv': pipeline };

  test('a near-miss is asked about, never guessed; the answer settles all its rows', async () => {
    const engine = await open();
    const state = await openTexts(engine, set);
    expect(state.questions).toMatchObject([
      { column: 'product', value: 'GTXPro', rows: 1, candidates: [{ label: 'GTX Pro', similarity: 0.98 }] },
    ]);
    expect(countsOf(state)).toMatchObject({ opportunity: [1, 0, 0, 1] });
    const [question] = state.questions;
    const { sessionId } = state;
    const answered = await call(engine, 'import.change', {
      sessionId,
      answer: { questionId: question?.questionId ?? '', answer: question?.candidates[0]?.key ?? '' },
    });
    expect(countsOf(answered)).toMatchObject({ opportunity: [2, 0, 0, 0], product: [2, 0, 0, 0] });
    const asNew = await call(engine, 'import.change', { sessionId, answer: { questionId: question?.questionId ?? '', answer: 'new' } });
    expect(countsOf(asNew)).toMatchObject({ opportunity: [2, 0, 0, 0], product: [3, 0, 0, 0] });
    const held = await call(engine, 'import.change', { sessionId, answer: { questionId: question?.questionId ?? '', answer: 'hold' } });
    expect(countsOf(held)).toMatchObject({ opportunity: [1, 0, 0, 1] });
    await engine.close();
  });

  test('names that are like nothing known are asked about once for the whole column', async () => {
    const engine = await open();
    const { sessionId, ...state } = await openTexts(engine, {
      'contacts.csv': 'name,email,company\nKim,kim@a.io,Alpha\nLee,lee@b.io,Beta Inc\n',
    });
    expect(state.questions).toMatchObject([{ questionId: 'account:*', rows: 2 }]);
    expect(countsOf({ sessionId, ...state })).toEqual({ contact: [0, 0, 0, 2] });
    const made = await call(engine, 'import.change', { sessionId, answer: { questionId: 'account:*', answer: 'new' } });
    expect(countsOf(made)).toEqual({ account: [2, 0, 0, 0], contact: [2, 0, 0, 0] });
    await call(engine, 'import.commit', { sessionId });
    expect([...engine.context.view.all('account')].map(({ name }) => name)).toEqual(['Alpha', 'Beta Inc']);
    await engine.close();
  });

  test('parents may stand below their children, circles are problems', async () => {
    const engine = await open();
    const state = await openTexts(engine, {
      'accounts.csv': 'account,subsidiary_of\nChild,Parent\nParent,\nOne,Two\nTwo,One\n',
    });
    expect(countsOf(state)).toEqual({ account: [2, 0, 0, 2] });
    expect((await problemsOf(engine, state)).every((problem) => problem.includes('circle'))).toBe(true);
    await call(engine, 'import.commit', { sessionId: state.sessionId });
    const all = [...engine.context.view.all('account')];
    expect(all.find(({ name }) => name === 'Child')?.parent).toBe(all.find(({ name }) => name === 'Parent')?.id);
    await engine.close();
  });

  test('people who are only named as managers become users', async () => {
    const engine = await open();
    await importTexts(engine, { 'sales_teams.csv': 'sales_agent,manager,regional_office\nAnna,Dustin,Central\nCecily,Dustin,Central\n' });
    const users = [...engine.context.view.all('user')];
    const manager = users.find(({ name }) => name === 'Dustin');
    expect(users).toHaveLength(3);
    expect(users.filter((user) => user.manager === manager?.id).map(({ name }) => name)).toEqual(['Anna', 'Cecily']);
    await engine.close();
  });

  test('a file of two keys fills in the records of another file', async () => {
    const engine = await open();
    const state = await openTexts(engine, {
      'company.csv': 'id,property_name\n7,Alpha\n',
      'ticket.csv': 'id,property_subject,property_createdate\n1,Broken,2024-01-01\n2,Slow,2024-01-02\n',
      'ticket_company.csv': 'ticket_id,company_id\n1,7\n2,7\n',
    });
    expect(state.problems.errors).toBe(0);
    await call(engine, 'import.commit', { sessionId: state.sessionId });
    const [account] = engine.context.view.all('account');
    expect([...engine.context.view.all('supportTicket')].map(({ subject, account: of }) => [subject, of])).toEqual([
      ['Broken', account?.id],
      ['Slow', account?.id],
    ]);
    await engine.close();
  });
});

describe('ONB-04 dates', () => {
  test('a column that leaves the order open is asked about, shown with the order in use, and changed as a whole', async () => {
    const engine = await open();
    const state = await openTexts(engine, { 'accounts.csv': 'account_id,name,signup_date\nA1,Alpha,03/04/2024\nA2,Beta,05/06/2024\n' });
    expect(state.questions).toMatchObject([
      { column: 'signup_date', value: '03/04/2024', answer: 'dmy', candidates: [{ key: 'dmy' }, { key: 'mdy' }] },
    ]);
    expect(state.sheets[0]?.columns[2]).toMatchObject({ dateOrder: 'dmy', dateOrders: ['dmy', 'mdy'] });
    const { sessionId } = state;
    await call(engine, 'import.change', { sessionId, sheetId: '1', column: 2, dateOrder: 'mdy' });
    await call(engine, 'import.commit', { sessionId });
    expect([...engine.context.view.all('account')].map(({ customerSince }) => customerSince)).toEqual(['2024-03-04', '2024-05-06']);
    await engine.close();
  });

  test('another column of the set that leaves no doubt decides the default', async () => {
    const engine = await open();
    const state = await openTexts(engine, {
      'accounts.csv': 'account_id,name,signup_date\nA1,Alpha,03/04/2024\n',
      'contracts.csv': 'contract_id,account_id,start date\nK1,A1,12/31/2023\n',
    });
    expect(state.sheets[0]?.columns[2]).toMatchObject({ dateOrder: 'mdy' });
    await engine.close();
  });
});
