// Search over 100,000 records with notes, in the vocabulary of a language: few words that are everywhere, many that are rare.
import type { EngineContext } from '#engine/context.ts';
import { withWhole } from '#engine/people/with-whole.ts';
import { searchHandlers } from '#engine/search/handlers.ts';
import { searchIndexOf } from '#engine/search/record-search.ts';
import { createWorkingSet } from '#engine/store/working-set.ts';
import { chance } from '#shared/domain/demo/random.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { defineBench, timed } from './define.ts';
import { benchContext } from './scoring-records.ts';

const WORDS = 20_000;
const SYLLABLES =
  'ba be bi co ca de di do fa fe ga go ha he la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si so ta te ti to va ve vi'.split(
    ' ',
  );
const ROUNDS = 5;
const KINDS: readonly (readonly [table: TableName, share: number, field: string, words: number])[] = [
  ['touchpoint', 0.6, 'subject', 4],
  ['contact', 0.15, 'name', 2],
  ['engagement', 0.1, 'title', 3],
  ['account', 0.1, 'name', 2],
  ['supportTicket', 0.05, 'subject', 5],
];

function records(count: number): { readonly rows: ReadonlyMap<TableName, readonly AnyRow[]>; readonly vocabulary: readonly string[] } {
  const random = chance(11);
  const pick = <T>(from: readonly T[], share: number): T => from[Math.floor(share * from.length)] as T; // share is below 1
  const vocabulary = Array.from({ length: WORDS }, () =>
    Array.from({ length: 2 + Math.floor(random.uniform() * 3) }, () => pick(SYLLABLES, random.uniform())).join(''),
  );
  const text = (words: number) => Array.from({ length: words }, () => pick(vocabulary, random.uniform() ** 3)).join(' ');
  const at = '2025-01-01T00:00:00.000Z';
  const system = { createdAt: at, createdBy: 'u', updatedAt: at, updatedBy: 'u', rev: 1 };
  const rows = new Map(
    KINDS.map(([table, share, field, words]) => [
      table,
      Array.from({ length: Math.round(count * share) }, (_, index): AnyRow => ({
        id: `${table}-${index}`,
        ...system,
        [field]: text(words),
        ...(table === 'touchpoint' || table === 'supportTicket' ? { description: text(30) } : {}),
      })),
    ]),
  );
  return { rows, vocabulary };
}

const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_000_000;
};

export const bench = defineBench({
  name: 'search',
  where: 'node',
  limits: { search: { value: 50 }, 'search-slice': { value: 50 }, 'search-index': { value: 10_000 }, 'search-memory': { value: 80 } },
  run: async ({ size, say }) => {
    const { rows, vocabulary } = records(size === 'full' ? 100_000 : 2_000);
    const { view } = createWorkingSet((table) => rows.get(table) ?? []);
    let before = performance.now();
    let slice = 0;
    const parts = benchContext(0);
    const host: EngineContext['host'] = {
      ...parts.host,
      later: (milliseconds, run) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
      yieldTurn: async () => {
        slice = Math.max(slice, performance.now() - before);
        await new Promise((resolve) => void setImmediate(resolve));
        before = performance.now();
      },
    };
    const context = withWhole({ ...parts, view, host });
    // rows in memory before anything is measured
    for (const [table] of KINDS) view.count(table);
    const memory = heap();
    const index = searchIndexOf(context);
    before = performance.now();
    const built = await timed(async () => {
      while (!(await index.ready(60_000)));
    });
    const grown = heap() - memory;
    const call = { commandId: '', actor: 'u', signal: new AbortController().signal, progress: () => undefined };
    const common = vocabulary[3] ?? '';
    const questions = {
      'two letters': common.slice(0, 2),
      'four letters': common.slice(0, 4),
      'a common word': common,
      'a rare word': vocabulary[15_000] ?? '',
      mistyped: `${(vocabulary[9_000] ?? '').slice(0, -1)}x`,
      'two words': `${vocabulary[50]} ${(vocabulary[200] ?? '').slice(0, 3)}`,
      'three common words': `${common} ${vocabulary[5]} ${vocabulary[7]}`,
      nothing: 'xyzzyx',
    };
    let worst = 0;
    for (const [name, text] of Object.entries(questions)) {
      const times: number[] = [];
      let total = 0;
      for (let round = 0; round < ROUNDS; round += 1)
        times.push(
          await timed(async () => {
            total = (await searchHandlers['search.find'](context, { text, limit: 50 }, call)).total;
          }),
        );
      say(`${name} (${text}): ${total} found in ${Math.min(...times).toFixed(1)} ms`);
      worst = Math.max(worst, Math.min(...times));
    }
    const { documents, words } = index.size();
    say(`${documents} records, ${words} words`);
    return [
      { name: 'search', value: worst, unit: 'ms' },
      { name: 'search-index', value: built, unit: 'ms' },
      { name: 'search-slice', value: slice, unit: 'ms' },
      { name: 'search-memory', value: grown, unit: 'MB' },
    ];
  },
});
