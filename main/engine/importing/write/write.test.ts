import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import readXlsxFile from 'read-excel-file/universal';
import { describe, expect, test } from 'vitest';
import type { Call } from '#engine/context.ts';
import { openEngine, type Engine } from '#engine/engine.ts';
import { cellAt, type ReadSheet } from '#shared/domain/importing/cells.ts';
import { importTables } from '#shared/domain/importing/import-fields.ts';
import { call } from '../../../../test/support/call-engine.ts';
import { countsOf, importTexts } from '../../../../test/support/import-texts.ts';
import { memoryHost } from '../../../../test/support/memory-host.ts';
import { readSet } from '../../../../test/support/read-set.ts';
import { sharedPath } from '../../../../test/support/shared-data.ts';
import { neutralised, writeCsv } from './csv.ts';
import type { ExportCell } from './export-columns.ts';
import { writeWorkbook } from './xlsx.ts';

const texts = (sheet: ReadSheet | undefined) =>
  Array.from(sheet?.lines ?? [], (_, row) => (sheet?.columns ?? []).map(({ cells }) => cellAt(cells, row)));

const HOSTILE = [
  '=1+1',
  ' =cmd',
  '\t@SUM(A1)',
  '\r\n+1',
  '-2+3',
  "'=quoted",
  "''@x",
  '"',
  'a"b',
  'a,b',
  'a;b',
  'line\nend',
  'ümlaut',
  '',
  ' ',
  '\u0000',
  '\uFEFFmark',
  '__proto__',
  'constructor',
  '-5',
  '+5',
  '-',
  '=',
  '😀',
  '\u202Ereversed',
];
const blns = sharedPath('data', 'csv_hostile', 'blns', 'blns.json');
const naughty: readonly string[] = blns === undefined ? [] : (JSON.parse(readFileSync(blns, 'utf8')) as string[]);

async function roundTrip(rows: readonly (readonly string[])[]): Promise<string[][]> {
  const bytes = await writeCsv(['first heading', 'second heading', 'third heading'], rows);
  return texts((await readSet([{ name: 'x.csv', bytes }]))[0]);
}

describe('CSV written is read back as it was', () => {
  test('hostile strings', async () => {
    const rows = [...HOSTILE, ...naughty].map((text) => ['x', text, 'y']);
    expect(await roundTrip(rows)).toEqual(rows);
  });

  test('any text', async () => {
    const unit = fc.constantFrom('a', '=', '+', '-', '@', "'", '"', ',', ';', '\t', '\r', '\n', ' ', '1', 'é');
    const cell = fc.oneof(fc.string({ unit }), fc.string({ unit: 'grapheme' }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 6 }), async (rows) => {
        expect(await roundTrip(rows)).toEqual(rows);
      }),
    );
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['  =1+1', "'  =1+1"],
    ['\t@x', "'\t@x"],
    ['\r=x', "'\r=x"],
    ['+49 1', "'+49 1"],
    ['-5', '-5'],
    ['-5.25', '-5.25'],
    ['a=b', 'a=b'],
    ["'=x", "''=x"],
  ])('%j is written as %j, so that no spreadsheet works it out', (text, written) => {
    expect(neutralised(text)).toBe(written);
  });

  test('a byte order mark is written unless told otherwise', async () => {
    expect([...(await writeCsv(['a'], []))].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
    expect([...(await writeCsv(['a'], [], { bom: false }))][0]).toBe(97);
  });
});

describe('workbooks', () => {
  test('texts, numbers, days and yes/no are read back; formulas stay text', async () => {
    const bytes = await writeWorkbook([
      {
        name: 'A/B: [1]',
        headings: ['text', 'number', 'day', 'flag'],
        rows: [
          ['=1+1', 1.5, { day: '2024-02-29' }, true],
          ['\u0001x', -2, { day: '1850-01-01' }, false],
          ['', undefined, undefined, undefined],
          ['last', 0, undefined, undefined],
        ],
      },
    ]);
    const [sheet] = await readSet([{ name: 'x.xlsx', bytes }]);
    expect(sheet?.sheet).toBe('A B   1 ');
    expect(texts(sheet)).toEqual([
      ['=1+1', '1.5', '2024-02-29', 'true'],
      [' x', '-2', '1850-01-01', 'false'],
      ['last', '0', '', ''],
    ]);
  });
});

describe('another library reads our workbooks alike', () => {
  const read = async (bytes: Uint8Array<ArrayBuffer>) => (await readXlsxFile(new Blob([bytes]))).map(({ data }) => data);

  test('values of each kind, and text that looks like markup, an escape or a formula', async () => {
    const rows: ExportCell[][] = [
      ['<b> & "x"', '_x0041_', '=1+1', 'two  spaces', 'two\r\nlines', '😀', 'é'],
      [1.5, -2, 0, true, false, { day: '2024-02-29' }, { day: '1850-01-01' }],
    ];
    const headings = rows[0]?.map((_, at) => `Column ${at}`) ?? [];
    expect(await read(await writeWorkbook([{ name: 'One', headings, rows }]))).toEqual([
      [headings, rows[0], [1.5, -2, 0, true, false, new Date(Date.UTC(2024, 1, 29)), '1850-01-01']],
    ]);
  });

  test('more than 26 columns, several sheets, more rows than one piece', async () => {
    const wide = Array.from({ length: 30 }, (_, at) => `C${at}`);
    const rows = Array.from({ length: 1700 }, (_, row) => wide.map((_name, column) => row * 100 + column));
    const [first, second] = await read(
      await writeWorkbook([
        { name: 'Wide', headings: wide, rows },
        { name: 'Narrow', headings: ['a'], rows: [] },
      ]),
    );
    expect(first).toEqual([wide, ...rows]);
    expect(second).toEqual([['a']]);
  });

  test('too many rows for a workbook are refused with the way out', async () => {
    const rows = (function* endless(): Generator<readonly ExportCell[]> {
      for (;;) yield [1];
    })();
    await expect(writeWorkbook([{ name: 'x', headings: ['a'], rows }])).rejects.toMatchObject({
      code: 'limit',
      details: { wayOut: 'Export as CSV.' },
    });
  });
});

const engineWithRecords = async (): Promise<Engine> => {
  const engine = await openEngine(memoryHost());
  await importTexts(engine, {
    'users.csv': 'name,email\nKim,kim@x.io\n',
    'accounts.csv':
      'account_id,name,industry,signup_date,annual revenue,owner,parent id,churned,description\nA1,Alpha,"=Ship, ping",2024-01-31,1234.50 EUR,Kim,,yes,"two\nlines"\nA2,Alpha,NULL Ltd,,-7,,A1,no,\n',
    'subscriptions.csv': 'subscription_id,account_id,plan,start date,mrr\nS1,A1,Pro,2024-01-01,10\nS2,A2,Basic,2024-02-01,20\n',
    'tickets.csv': 'ticket_id,account_id,priority,created_at,satisfaction\nT1,A1,urgent,2024-01-01 10:30,4\n',
    'opportunities.csv': 'opportunity_id,name,account_id,stage,probability,amount,owner\nO1,Big deal,A2,Won,75,99.99,Kim\n',
  });
  return engine;
};

describe('ONB-04 an export can be brought in again and changes nothing', () => {
  test.each(['csv', 'xlsx'] as const)('%s', async (format) => {
    const engine = await engineWithRecords();
    for (const table of ['user', 'account', 'product', 'contract', 'soldProduct', 'supportTicket', 'opportunity'] as const) {
      const { fileName, bytes } = await call(engine, 'export.table', { table, format });
      const state = await call(engine, 'import.open', { files: [{ name: fileName, bytes }] });
      expect([table, state.sheets[0]?.into, state.problems, state.questions]).toEqual([table, table, { errors: 0, warnings: 0 }, []]);
      expect(countsOf(state)[table]).toEqual([0, 0, engine.context.view.count(table), 0]);
      expect(state.counts.every(({ create, update, held }) => create + update + held === 0)).toBe(true);
    }
    await engine.close();
  });

  test('only the chosen records, with references by name and number', async () => {
    const engine = await engineWithRecords();
    const [first] = engine.context.view.all('contract');
    const { bytes, fileName } = await call(engine, 'export.table', { table: 'contract', format: 'csv', ids: [first?.id ?? ''] });
    expect(fileName).toBe('contracts.csv');
    const lines = new TextDecoder().decode(bytes).split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('Account,Account number,');
    expect(lines[1]).toContain('Alpha,ACC0000001,');
    await engine.close();
  });
});

describe('T10 an export of many rows', () => {
  const many = async (): Promise<Engine> => {
    const engine = await openEngine(memoryHost());
    const rows = Array.from({ length: 1200 }, (_, at) => `A${at},Company ${at}`);
    await importTexts(engine, { 'accounts.csv': `account_id,name\n${rows.join('\n')}\n` });
    return engine;
  };

  test('tells how far it is', async () => {
    const engine = await many();
    const told: string[] = [];
    const progress: Call['progress'] = ({ step, done, total }) => void told.push(`${step} ${done}/${total}`);
    await call(engine, 'export.table', { table: 'account', format: 'xlsx' }, { progress });
    expect(told).toEqual(['Writing rows 0/1200', 'Writing rows 500/1200', 'Writing rows 1000/1200', 'Packing the workbook 0/0']);
    await engine.close();
  });

  test('stops when it is cancelled, and says so', async () => {
    const engine = await many();
    const controller = new AbortController();
    const progress: Call['progress'] = ({ done }) => void (done === 500 && controller.abort());
    const exported = call(engine, 'export.table', { table: 'account', format: 'csv' }, { progress, signal: controller.signal });
    await expect(exported).rejects.toMatchObject({ code: 'cancelled', message: 'The export was cancelled.' });
    await engine.close();
  });
});

describe('ONB-06 templates', () => {
  test.each(importTables.flatMap((table) => [[table, 'csv'] as const, [table, 'xlsx'] as const]))(
    'the template of %s as %s brings nothing in, and every column is known',
    async (table, format) => {
      const engine = await openEngine(memoryHost());
      const { fileName, bytes } = await call(engine, 'export.template', { table, format });
      const state = await call(engine, 'import.open', { files: [{ name: fileName, bytes }] });
      const main = await call(engine, 'import.change', { sessionId: state.sessionId, sheetId: '1', into: table });
      expect(main.sheets[0]?.columns.filter(({ field }) => field === undefined).map(({ heading }) => heading)).toEqual([]);
      expect(main.counts.every(({ create, update, held }) => create + update + held === 0)).toBe(true);
      expect(main.sheets[1]?.into).toBeUndefined();
      await engine.close();
    },
  );
});
