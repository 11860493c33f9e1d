import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentOf } from '../../../test/support/engine-content.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { SYSTEM_FIELDS, tableNames, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { CommandMeta, Draft } from '../context.ts';
import { openEngine, type Engine } from '../engine.ts';
import type { Host } from '../host/host.ts';

/** What a person can do; numbers choose among the records that are there. */
type Step =
  | { readonly do: 'account'; readonly name: string }
  | { readonly do: 'contact'; readonly account: number; readonly name: string }
  | { readonly do: 'engagement'; readonly account: number }
  | { readonly do: 'contract'; readonly account: number; readonly engagement: number }
  | { readonly do: 'edit'; readonly record: number; readonly city: string | null; readonly note: string }
  | { readonly do: 'close'; readonly engagement: number }
  | { readonly do: 'delete'; readonly record: number }
  | { readonly do: 'series'; readonly days: readonly number[] }
  | { readonly do: 'points'; readonly series: number; readonly days: readonly number[]; readonly value: number }
  | { readonly do: 'import'; readonly count: number }
  | { readonly do: 'refused'; readonly record: number }
  | { readonly do: 'undo' | 'redo' | 'restart' | 'image' };

const nat = fc.nat(20);
const name = fc.constantFrom('Ann', 'Bob', 'Cid', 'Dora');
const days = fc.array(fc.integer({ min: 19_990, max: 20_010 }), { minLength: 1, maxLength: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('account' as const), name }),
  fc.record({ do: fc.constant('contact' as const), account: nat, name }),
  fc.record({ do: fc.constant('engagement' as const), account: nat }),
  fc.record({ do: fc.constant('contract' as const), account: nat, engagement: nat }),
  fc.record({ do: fc.constant('edit' as const), record: nat, city: fc.option(name), note: name }),
  fc.record({ do: fc.constant('close' as const), engagement: nat }),
  fc.record({ do: fc.constant('delete' as const), record: nat }),
  fc.record({ do: fc.constant('series' as const), days }),
  fc.record({ do: fc.constant('points' as const), series: nat, days, value: fc.integer({ min: -5, max: 5 }) }),
  fc.record({ do: fc.constant('import' as const), count: fc.integer({ min: 150, max: 260 }) }),
  fc.record({ do: fc.constant('refused' as const), record: nat }),
  fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const, 'undo' as const, 'restart' as const, 'image' as const) }),
);

/** What the records say, without what the store keeps about them: undo brings exactly this back. */
type Facts = Readonly<Record<string, unknown>>;

function factsOf({ context }: Engine): Facts {
  const facts: Record<string, unknown> = {};
  const system: readonly string[] = SYSTEM_FIELDS;
  for (const table of tableNames)
    for (const row of context.view.all(table) as Iterable<AnyRow>)
      facts[`${table}:${row.number ?? row.id}`] = Object.fromEntries(Object.entries(row).filter(([field]) => !system.includes(field)));
  for (const { id } of context.view.all('dataPointSeries')) {
    const points = context.series.points(id);
    facts[`points:${id}`] = points === undefined ? [] : Array.from(points.end, (end, at) => [points.start[at], end, points.value[at]]);
  }
  return facts;
}

const pick = (draft: Draft, table: TableName, at: number): string | undefined => {
  const rows = [...(draft.view.all(table) as Iterable<AnyRow>)];
  return rows[at % Math.max(1, rows.length)]?.id;
};
const packed = (ends: readonly number[], value: number) => ({
  start: Int32Array.from(ends, (day) => day - 7),
  end: Int32Array.from(ends),
  value: Float64Array.from(ends, (day) => day * value),
});

function work(draft: Draft, one: Step): void {
  switch (one.do) {
    case 'account':
      draft.create('account', { name: one.name });
      return;
    case 'contact': {
      const account = pick(draft, 'account', one.account);
      if (account !== undefined) draft.create('contact', { name: one.name, account });
      return;
    }
    case 'engagement': {
      const account = pick(draft, 'account', one.account);
      if (account !== undefined) draft.create('engagement', { title: 'E', account });
      return;
    }
    case 'contract': {
      const engagement = pick(draft, 'engagement', one.engagement);
      const account = engagement === undefined ? undefined : draft.view.get('engagement', engagement)?.account;
      if (engagement === undefined || account === undefined) return;
      const contract = draft.create('contract', { name: 'C', account, renewalDate: '2027-01-01' });
      draft.create('engagementContract', { engagement, contract });
      return;
    }
    case 'edit': {
      const account = pick(draft, 'account', one.record);
      if (account !== undefined) draft.update('account', account, { city: one.city, workNotes: one.note });
      return;
    }
    case 'close': {
      const engagement = pick(draft, 'engagement', one.engagement);
      if (engagement !== undefined) draft.close('engagement', engagement, 'completed', 'done');
      return;
    }
    case 'delete': {
      const table = (['engagement', 'contact', 'contract', 'account'] as const)[one.record % 4] ?? 'contact';
      const id = pick(draft, table, one.record);
      if (id !== undefined) draft.remove(table, id);
      return;
    }
    case 'series': {
      const source = draft.create('dataSource', { name: `S${draft.view.count('dataSource')}`, kind: 'external', breakdown: 'account' });
      const sourceRecord = draft.create('account', { name: 'Measured' });
      const series = draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord });
      draft.putPoints(series, packed(one.days, 1));
      return;
    }
    case 'points': {
      const series = pick(draft, 'dataPointSeries', one.series);
      if (series !== undefined) draft.putPoints(series, packed(one.days, one.value));
      return;
    }
    case 'import': {
      const account = draft.create('account', { name: 'Import' });
      for (let at = 0; at < one.count; at += 1) draft.create('contact', { name: `P${at}`, account });
      return;
    }
    case 'refused': {
      const account = pick(draft, 'account', one.record);
      if (account !== undefined) draft.update('account', account, { city: 'never' });
      draft.create('contact', { name: 'never', account: 'nobody' });
      return;
    }
    case 'undo':
    case 'redo':
    case 'restart':
    case 'image':
  }
}

/** A refusal that a person may meet; anything else is a fault. */
const isRefusal = (thrown: unknown) => thrown instanceof AppError && ['rule', 'validation', 'not-found'].includes(thrown.code);

async function restart(engine: Engine, host: Host): Promise<Engine> {
  await engine.close();
  return openEngine(memoryHost({ indexedDB: host.indexedDB }));
}

async function runAll(steps: readonly Step[]): Promise<void> {
  const host = memoryHost();
  let engine = await openEngine(host);
  const undos: Facts[] = [];
  const redos: Facts[] = [];
  let commands = 0;
  const by = (label: string): CommandMeta => {
    commands += 1;
    return { commandId: `model-${commands}`, actor: 'user-1', label };
  };
  for (const one of steps) {
    const before = factsOf(engine);
    if (one.do === 'restart') engine = await restart(engine, host);
    else if (one.do === 'image') await engine.makeImage();
    else if (one.do === 'undo' || one.do === 'redo') {
      const [from, to] = one.do === 'undo' ? [undos, redos] : [redos, undos];
      const expected = from.pop();
      const done = engine.context.undo[one.do](by(''));
      if (expected === undefined) await expect(done).rejects.toMatchObject({ code: 'not-found' });
      else {
        await done;
        to.push(before);
        expect(factsOf(engine)).toEqual(expected);
      }
      continue;
    } else {
      try {
        await engine.context.records.run(by(one.do), (draft) => work(draft, one));
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown;
        expect(factsOf(engine)).toEqual(before);
        continue;
      }
      const after = factsOf(engine);
      if (JSON.stringify(after) !== JSON.stringify(before)) {
        undos.push(before);
        redos.splice(0);
      }
      continue;
    }
    expect(factsOf(engine)).toEqual(before);
  }
  const content = await contentOf(engine);
  const fromDisk = await restart(engine, host);
  expect(await contentOf(fromDisk)).toEqual(content);
  await fromDisk.makeImage();
  const fromImage = await restart(fromDisk, host);
  expect(await contentOf(fromImage)).toEqual(content);
  await fromImage.close();
}

test('commands, undo, redo and restarts in any order leave what a simple model says, in memory, on disk and in the image', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), runAll), { numRuns: 60 });
}, 300_000);
