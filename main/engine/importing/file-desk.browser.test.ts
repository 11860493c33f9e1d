import { expect, test } from 'vitest';
import { cellAt } from '#shared/domain/importing/cells.ts';
import type { Host } from '../host/host.ts';
import { readDropped, writeInWorker } from './file-desk.ts';

// only what reading needs
const host = {
  kind: 'browser',
  log: () => undefined,
  later: (milliseconds: number, run: () => void) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
} as unknown as Host;
const quiet = () => ({ signal: new AbortController().signal, progress: () => undefined });
const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

test('ONB-04 files are read in a worker, whose tables arrive whole', async () => {
  const rows = Array.from({ length: 150_000 }, (_, index) => `id-${index},${index % 90_000},${index % 3}`);
  const steps: string[] = [];
  const sheets = await readDropped(host, [file('a.csv', `id,many,few\n${rows.join('\n')}`), file('b.csv', 'x;y\n1,5;"two\nlines"\n')], {
    ...quiet(),
    progress: ({ step, done, total }) => steps.push(`${step} ${done}/${total}`),
  });
  const [a, b] = sheets;
  expect(a?.columns.map(({ cells }) => cells.kind)).toEqual(['plain', 'plain', 'coded']);
  expect(Array.from(a?.lines ?? [], (_, row) => (a?.columns ?? []).map(({ cells }) => cellAt(cells, row)).join(','))).toEqual(rows);
  expect([...(b?.headings ?? []), ...(b?.columns.map(({ cells }) => cellAt(cells, 0)) ?? [])]).toEqual(['x', 'y', '1,5', 'two\nlines']);
  expect(steps).toEqual(['Reading 1/2', 'Reading 2/2']);
});

test('ONB-04 a refusal in the worker arrives with its code, file and way out', async () => {
  const reading = readDropped(host, [file('page.xls', '<html></html>')], quiet());
  await expect(reading).rejects.toMatchObject({ code: 'file', details: { file: 'page.xls', wayOut: expect.stringContaining('XLSX') } });
});

test('UX-05 reading is cancelled at any time', async () => {
  const stop = new AbortController();
  const rows = 'a,b,c\n'.repeat(2_000_00);
  const reading = readDropped(host, [file('a.csv', rows)], { signal: stop.signal, progress: () => undefined });
  stop.abort();
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  await expect(readDropped(host, [file('a.csv', rows)], { signal: stop.signal, progress: () => undefined })).rejects.toMatchObject({
    code: 'cancelled',
  });
});

test('a workbook is written in the worker and read back', async () => {
  const rows = Array.from({ length: 5_000 }, (_, index) => [`=name ${index}`, index, { day: '2024-02-29' }, index % 2 === 0]);
  const bytes = await writeInWorker(host, [{ name: 'Rows', headings: ['name', 'number', 'day', 'even'], rows }], () => Promise.resolve());
  const [sheet] = await readDropped(host, [{ name: 'x.xlsx', bytes }], quiet());
  expect(sheet?.lines).toHaveLength(5_000);
  expect(sheet?.columns.map(({ cells }) => cellAt(cells, 4_999))).toEqual(['=name 4999', '4999', '2024-02-29', 'false']);
});

test('UX-05 a worker that takes too long is ended with a reason, and the next one works', async () => {
  const impatient: Host = {
    ...host,
    later: (_milliseconds, run) => {
      queueMicrotask(run);
      return () => undefined;
    },
  };
  const files = [file('a.csv', 'a,b\n1,2\n')];
  await expect(readDropped(impatient, files, quiet())).rejects.toMatchObject({ code: 'limit', details: { file: 'a.csv' } });
  expect(await readDropped(host, files, quiet())).toHaveLength(1);
});
