import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openEngine, type Engine } from '#engine/engine.ts';
import { majorUnits } from '#shared/util/money.ts';
import { call } from '../../../test/support/call-engine.ts';
import { countsOf, openTexts } from '../../../test/support/import-texts.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { filesIn, type NamedFile } from '../../../test/support/read-set.ts';
import { dataSet, sharedPath } from '../../../test/support/shared-data.ts';
import { writeWorkbook } from './write/xlsx.ts';

const decode = (file: NamedFile) => new TextDecoder().decode(file.bytes);
const ravenstack = (...names: string[]) =>
  filesIn(dataSet('ravenstack')).filter(({ name }) => names.some((wanted) => name.includes(wanted)));

/** The records of an import without what differs from run to run. */
async function imported(files: readonly NamedFile[]): Promise<readonly unknown[]> {
  const engine = await openEngine(memoryHost());
  await call(engine, 'workspace.set', { key: 'asOf', value: '2024-12-31' });
  const { sessionId, problems } = await call(engine, 'import.open', { files: [...files] });
  expect(problems).toEqual({ errors: 0, warnings: 0 });
  await call(engine, 'import.commit', { sessionId });
  const { view } = engine.context;
  const key = (table: 'account', id: string) => view.get(table, id)?.externalId;
  const accounts = [...view.all('account')].map(({ externalId, name, customerSince, seats, trial, plan }) => [
    externalId,
    name,
    customerSince,
    seats,
    trial,
    plan,
  ]);
  const events = [...view.all('outcomeEvent')].map(({ externalId, account, date, refund, reactivation }) => [
    externalId,
    key('account', account),
    date,
    refund,
    reactivation,
  ]);
  await engine.close();
  return [accounts, events];
}

describe('ONB-10 the same data saved by other people', () => {
  const files = ravenstack('accounts', 'churn_events');
  const reference = imported(files);
  const DATE = /\b(\d{4})-(\d{2})-(\d{2})\b/g;
  const rewritten = (change: (text: string) => string, name = (old: string) => old) =>
    files.map((file) => ({ name: name(file.name), bytes: new TextEncoder().encode(change(decode(file))) }));

  test.each<[string, readonly NamedFile[]]>([
    [
      'day-month-year with dashes, byte order mark and CRLF',
      rewritten((text) => `\uFEFF${text.replaceAll(DATE, '$3-$2-$1').replaceAll('\n', '\r\n')}`),
    ],
    ['day/month/year without zeros', rewritten((text) => text.replaceAll(DATE, (_, y, m, d) => `${Number(d)}/${Number(m)}/${y}`))],
    [
      'month/day/year, TRUE and FALSE',
      rewritten((text) => text.replaceAll(DATE, '$2/$3/$1').replaceAll('True', 'TRUE').replaceAll('False', 'FALSE')),
    ],
    ['semicolons and decimal commas', rewritten((text) => text.replaceAll(',', ';').replaceAll(/;(\d+)\.(\d+);/g, ';$1,$2;'))],
    [
      'tabs, under names that say nothing',
      rewritten(
        (text) => text.replaceAll(',', '\t'),
        (old) => `${old.includes('churn') ? 'b' : 'a'}.tsv`,
      ),
    ],
  ])('%s', async (_, variant) => {
    expect(await imported(variant)).toEqual(await reference);
  });

  test('the sheets of one workbook', async () => {
    const sheets = files.map((file) => {
      const [headings = [], ...rows] = decode(file)
        .trim()
        .split('\n')
        .map((line) => line.split(','));
      const cells = rows.map((row) =>
        row.map((text) => {
          if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { day: text };
          if (text === 'True' || text === 'False') return text === 'True';
          return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text === '' ? undefined : text;
        }),
      );
      return { name: file.name.includes('churn') ? 'Churn events' : 'Accounts', headings, rows: cells };
    });
    expect(await imported([{ name: 'portfolio.xlsx', bytes: await writeWorkbook(sheets) }])).toEqual(await reference);
  });
});

const maven = sharedPath('data', 'maven_crm');

describe.runIf(maven !== undefined)('ONB-10 Maven from files to records', () => {
  const open = async (engine: Engine, files: readonly NamedFile[]) => {
    const state = await call(engine, 'import.open', { files: [...files] });
    const [question] = state.questions;
    expect(state.questions.map(({ value, candidates }) => [value, candidates.map(({ label }) => label)])).toEqual([
      ['GTXPro', ['GTX Pro']],
    ]);
    return call(engine, 'import.change', {
      sessionId: state.sessionId,
      answer: { questionId: question?.questionId ?? '', answer: question?.candidates[0]?.key ?? '' },
    });
  };

  test('won and lost deals, their value, managers and parents are as known', async () => {
    const engine = await openEngine(memoryHost());
    const { sessionId, problems } = await open(engine, filesIn(maven ?? ''));
    expect(problems).toEqual({ errors: 0, warnings: 0 });
    await call(engine, 'import.commit', { sessionId });
    const { view } = engine.context;
    const deals = [...view.all('opportunity')];
    const won = deals.filter(({ stage }) => stage === 'won');
    expect([won.length, deals.filter(({ stage }) => stage === 'lost').length]).toEqual([4238, 2473]);
    expect(won.reduce((sum, { amount }) => sum + (amount === undefined ? 0 : majorUnits(amount)), 0)).toBe(10_005_534);
    expect(deals.filter(({ account }) => account === undefined)).toHaveLength(1425);
    expect([view.count('product'), view.count('account')]).toEqual([7, 85]);
    expect([...view.all('user')].filter(({ manager }) => manager !== undefined)).toHaveLength(35);
    expect([...view.all('account')].filter(({ parent }) => parent !== undefined).length).toBeGreaterThan(10);
    await engine.close();
  });

  test('NULL and −1 for what is not known change nothing', async () => {
    const engine = await openEngine(memoryHost());
    const files = filesIn(maven ?? '');
    const first = await open(engine, files);
    await call(engine, 'import.commit', { sessionId: first.sessionId });
    const filled = files.map((file) => {
      if (!file.name.includes('pipeline') && !file.name.includes('accounts')) return file;
      const lines = decode(file).trim().split(/\r?\n/);
      const text = lines.map((line) =>
        line
          .split(',')
          .map((cell, column) => (cell !== '' ? cell : column === 7 ? '-1' : 'NULL'))
          .join(','),
      );
      return { name: file.name, bytes: new TextEncoder().encode(text.join('\n')) };
    });
    const again = await open(engine, filled);
    expect(again.problems).toEqual({ errors: 0, warnings: 0 });
    expect(again.counts.every(({ create, update, held }) => create + update + held === 0)).toBe(true);
    await engine.close();
  });
});

test('ONB-04 whatever goes in, the same files brought in again change nothing', async () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .&'-]{0,12}$/);
  const account = fc.record({
    name,
    employees: fc.oneof(fc.constant(''), fc.nat(5000).map(String), fc.constant('many')),
    since: fc.oneof(
      fc.constant(''),
      fc
        .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
    ),
    churned: fc.constantFrom('yes', 'no', '', 'True'),
    owner: fc.constantFrom('Kim', 'Lee', ''),
  });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(fc.array(account, { minLength: 1, maxLength: 12 }), fc.boolean(), async (rows, keyed) => {
      const lines = rows.map((row, index) =>
        [...(keyed ? [`K${index}`] : []), row.name, row.employees, row.since, row.churned, row.owner].map(quoted).join(','),
      );
      const texts = { 'accounts.csv': `${keyed ? 'account_id,' : ''}name,employees,customer since,churned,owner\n${lines.join('\n')}\n` };
      const engine = await openEngine(memoryHost());
      const first = await openTexts(engine, texts);
      await call(engine, 'import.commit', { sessionId: first.sessionId });
      const held = engine.context.view.count('heldRow');
      const second = await openTexts(engine, texts);
      for (const [created = 0, updated = 0] of Object.values(countsOf(second))) expect(created + updated).toBe(0);
      expect(await call(engine, 'import.commit', { sessionId: second.sessionId })).toMatchObject({ created: 0, updated: 0, points: 0 });
      expect(engine.context.view.count('heldRow')).toBe(held);
      await engine.close();
    }),
    { numRuns: 40 },
  );
}, 120_000);
