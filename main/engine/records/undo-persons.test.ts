import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { JournalEntry } from '#shared/model/field.ts';
import { openEngine, type Engine } from '../engine.ts';

const PERSONS = ['ada', 'bob', 'cid'] as const;
type Person = (typeof PERSONS)[number];
const FIELDS = ['city', 'country', 'externalId'] as const;
const RECORDS = 3;

type Step =
  | { readonly do: 'write'; readonly by: Person; readonly record: number; readonly values: Readonly<Record<string, string>> }
  | { readonly do: 'note'; readonly by: Person; readonly record: number }
  | { readonly do: 'undo' | 'rest' | 'redo'; readonly by: Person; readonly nth: number }
  | { readonly do: 'restart' };

const by = fc.constantFrom(...PERSONS);
const record = fc.nat(RECORDS - 1);
const value = fc.constantFrom('a', 'b', 'c', 'd');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      by,
      record,
      values: fc.dictionary(fc.constantFrom(...FIELDS), value, { minKeys: 1 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('note' as const), by, record }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const, 'undo' as const, 'rest' as const), by, nth: fc.nat(5) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

/** One command of the model: the cells (`record.field`) that its last step has written, and what lay on top of each before it. */
type Command = {
  readonly id: string;
  readonly by: Person;
  state: 'done' | 'undone' | 'gone';
  cells: string[];
  note?: string;
  /** Of an undone command: what was on top of its cells afterwards. */
  tops: Map<string, string | undefined>;
  /** Others' later work was left alone when it was undone. */
  partial: boolean;
};

/**
 * The model: each cell is a pile of values, each with the command that wrote it. A command can be undone when it is on top of every cell that it
 * wrote (or, with "the rest", of some), and done again when these piles are as they were then. Notes come and go by themselves.
 */
function createModel() {
  const piles = new Map<string, { readonly command: string; readonly value: string }[]>();
  const commands: Command[] = [];
  const notes = new Map<string, string>();
  const pile = (cell: string) => piles.get(cell) ?? piles.set(cell, []).get(cell) ?? [];
  const top = (cell: string) => pile(cell).at(-1);
  const written = new Map<string, Map<string, string>>();
  const reach = (person: Person, state: Command['state']) => commands.filter((one) => one.by === person && one.state === state);
  return { pile, top, commands, notes, written, reach };
}

async function run(steps: readonly Step[]): Promise<void> {
  const host = memoryHost();
  let engine: Engine = await openEngine(host);
  const ids: string[] = [];
  for (let at = 0; at < RECORDS; at += 1) {
    const { result } = await engine.context.records.run(
      { commandId: `seed-${at}`, actor: 'system:seed', label: 'Seed', notUndoable: true },
      (draft) => draft.create('account', { name: `Account ${at}` }),
    );
    ids.push(result);
  }
  const model = createModel();
  let count = 0;
  const meta = (actor: string) => ({ commandId: `c-${(count += 1)}`, actor, label: `Step ${count}` });
  const idOf = (at: number) => ids[at] ?? '';

  for (const one of steps) {
    if (one.do === 'restart') {
      await engine.close();
      engine = await openEngine(memoryHost({ indexedDB: host.indexedDB, newId: host.newId, now: host.now }));
    } else if (one.do === 'write') {
      const differing = Object.entries(one.values).filter(([field, to]) => model.top(`${one.record}.${field}`)?.value !== to);
      const { changeSetId } = await engine.context.records.run(meta(one.by), (draft) =>
        draft.update('account', idOf(one.record), one.values),
      );
      if (differing.length > 0) {
        for (const gone of model.reach(one.by, 'undone')) gone.state = 'gone';
        const cells = differing.map(([field]) => `${one.record}.${field}`);
        model.commands.push({ id: changeSetId, by: one.by, state: 'done', cells, tops: new Map(), partial: false });
        model.written.set(changeSetId, new Map(differing.map(([field, to]) => [`${one.record}.${field}`, to])));
        for (const [field, to] of differing) model.pile(`${one.record}.${field}`).push({ command: changeSetId, value: to });
      }
    } else if (one.do === 'note') {
      const text = `note ${count}`;
      const { changeSetId } = await engine.context.records.run(meta(one.by), (draft) =>
        draft.update('account', idOf(one.record), { workNotes: text }),
      );
      for (const gone of model.reach(one.by, 'undone')) gone.state = 'gone';
      model.commands.push({
        id: changeSetId,
        by: one.by,
        state: 'done',
        cells: [],
        note: `${one.record} ${text}`,
        tops: new Map(),
        partial: false,
      });
      model.notes.set(`${one.record} ${text}`, changeSetId);
    } else {
      const direction = one.do === 'redo' ? 'redo' : 'undo';
      const reachable = model.reach(one.by, direction === 'undo' ? 'done' : 'undone');
      const command = reachable[one.nth % Math.max(1, reachable.length)];
      if (command === undefined) {
        await expect(engine.context.undo[direction](meta(one.by))).rejects.toMatchObject({ code: 'not-found' });
        continue;
      }
      const free = command.cells.filter((cell) =>
        direction === 'undo' ? model.top(cell)?.command === command.id : model.top(cell)?.command === command.tops.get(cell),
      );
      const allowed = free.length === command.cells.length || (one.do === 'rest' && (free.length > 0 || command.note !== undefined));
      const done = engine.context.undo[direction]({ ...meta(one.by), rest: one.do === 'rest' }, command.id);
      const refused = await done.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (refused !== undefined) {
        // only what has been changed since is refused, and where a part was left alone Satchel may refuse more than it must
        expect(refused).toBeInstanceOf(AppError);
        expect(refused).toMatchObject({ code: 'conflict' });
        if (allowed) expect(model.commands.some(({ partial }) => partial)).toBe(true);
        continue;
      }
      expect(allowed).toBe(true);
      const values = model.written.get(command.id);
      if (direction === 'undo') {
        command.partial ||= free.length < command.cells.length;
        for (const cell of free) {
          model.pile(cell).pop();
          command.tops.set(cell, model.top(cell)?.command);
        }
        command.cells = free;
        if (command.note !== undefined) model.notes.delete(command.note);
        command.state = 'undone';
      } else {
        for (const cell of free) model.pile(cell).push({ command: command.id, value: values?.get(cell) ?? '' });
        if (command.note !== undefined) model.notes.set(command.note, command.id);
        command.state = 'done';
      }
    }
    for (let at = 0; at < RECORDS; at += 1) {
      const row = engine.context.view.get('account', idOf(at));
      const expected = Object.fromEntries(FIELDS.map((field) => [field, model.top(`${at}.${field}`)?.value]));
      expect(Object.fromEntries(FIELDS.map((field) => [field, row?.[field]]))).toEqual(expected);
      const notes = (row?.workNotes ?? []).map((entry: JournalEntry) => `${at} ${entry.text}`);
      expect(notes.toSorted()).toEqual([...model.notes.keys()].filter((note) => note.startsWith(`${at} `)).toSorted());
    }
  }
  await engine.close();
}

test('undo and redo of any step by several persons, in any order and across restarts, leave what a model of piles says', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), run), { numRuns: 150 });
}, 300_000);

describe('an undo that others stand in the way of', () => {
  async function twoPersons() {
    const engine = await openEngine(memoryHost());
    const { id: ada } = await call(engine, 'records.create', { table: 'user', values: { name: 'Ada Petrova' } }, { actor: 'system:seed' });
    const { id: bob } = await call(engine, 'records.create', { table: 'user', values: { name: 'Bob Lin' } }, { actor: 'system:seed' });
    const { id } = await call(engine, 'records.create', { table: 'account', values: { name: 'Acme' } }, { actor: 'system:seed' });
    const change = (actor: string, patch: Record<string, unknown>) =>
      call(engine, 'records.update', { table: 'account', id, patch }, { actor });
    return { engine, ada, bob, id, change, row: () => engine.context.view.get('account', id) };
  }

  test('says which record, which field, who and when, and leaves everything as it is', async () => {
    const { engine, ada, bob, id, change, row } = await twoPersons();
    await change(ada, { city: 'Oslo', country: 'Norway' });
    await change(bob, { city: 'Bergen' });
    await expect(call(engine, 'records.undo', {}, { actor: ada })).rejects.toMatchObject({
      code: 'conflict',
      message:
        'This cannot be undone: City of account Acme (ACC0000001) was changed since by Bob Lin on 5 Jan 2026 at 09:00 (“Change account”).',
      details: { table: 'account', recordId: id, field: 'city' },
    });
    expect(row()).toMatchObject({ city: 'Bergen', country: 'Norway' });
  });

  test('can be done for the rest: the own fields go back, those of others stay', async () => {
    const { engine, ada, bob, change, row } = await twoPersons();
    const { changeSetId } = await change(ada, { city: 'Oslo', country: 'Norway' });
    await change(bob, { city: 'Bergen' });
    const look = await call(engine, 'undo.step', { id: changeSetId }, { actor: ada });
    expect(look).toMatchObject({
      possible: 'rest',
      records: 1,
      obstacles: [{ table: 'account', words: expect.stringContaining('Bob Lin') }],
    });
    expect(await call(engine, 'undo.take', { direction: 'undo', id: changeSetId, rest: true }, { actor: ada })).toMatchObject({ left: 1 });
    expect(row()).toMatchObject({ city: 'Bergen' });
    expect(row()?.country).toBeUndefined();
    const [step] = (await call(engine, 'undo.steps', {}, { actor: ada })).steps;
    expect(step).toMatchObject({ id: changeSetId, state: 'undone', label: 'Change account', record: 'Acme' });
    await call(engine, 'undo.take', { direction: 'redo', id: changeSetId }, { actor: ada });
    expect(row()).toMatchObject({ city: 'Bergen', country: 'Norway' });
  });

  test('is not needed for notes and lists of people: each takes back their own', async () => {
    const { engine, ada, bob, change, row } = await twoPersons();
    await change(ada, { workNotes: 'mine', watchList: [ada] });
    await change(bob, { workNotes: 'theirs', watchList: [ada, bob] });
    await call(engine, 'records.undo', {}, { actor: ada });
    expect(row()?.workNotes?.map(({ text }) => text)).toEqual(['theirs']);
    expect(row()?.watchList).toEqual([bob]);
  });

  test('names what was deleted, and what hangs on a new record', async () => {
    const { engine, ada, bob, id, change } = await twoPersons();
    await change(ada, { city: 'Oslo' });
    await call(engine, 'records.delete', { table: 'account', id }, { actor: bob });
    await expect(call(engine, 'records.undo', {}, { actor: ada })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('was deleted since by Bob Lin'),
    });
    const { id: other } = await call(engine, 'records.create', { table: 'account', values: { name: 'Bolt' } }, { actor: ada });
    await call(engine, 'records.create', { table: 'contact', values: { name: 'Cleo', account: other } }, { actor: bob });
    await expect(call(engine, 'records.undo', {}, { actor: ada })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Contact Cleo (CON0000001) has come to depend on it'),
    });
  });

  test('is never about what someone else did', async () => {
    const { engine, ada, bob, change } = await twoPersons();
    const { changeSetId } = await change(bob, { city: 'Bergen' });
    await expect(call(engine, 'undo.take', { direction: 'undo', id: changeSetId }, { actor: ada })).rejects.toMatchObject({
      code: 'permission',
    });
    await expect(call(engine, 'undo.step', { id: changeSetId }, { actor: ada })).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('a hundred steps are within reach after a restart, although jobs have committed a thousand times since', async () => {
  const host = memoryHost();
  const engine = await openEngine(host);
  const { id } = await call(engine, 'records.create', { table: 'account', values: { name: 'A' } });
  for (let at = 0; at < 105; at += 1) await call(engine, 'records.update', { table: 'account', id, patch: { city: `C${at}` } });
  for (let at = 0; at < 1_000; at += 1)
    await engine.context.records.run({ commandId: `job-${at}`, actor: 'system:job', label: 'Job', notUndoable: true }, (draft) =>
      draft.update('account', id, { employees: at + 1 }),
    );
  await engine.close();
  const again = await openEngine(memoryHost({ indexedDB: host.indexedDB }));
  expect((await call(again, 'undo.steps', {})).steps).toHaveLength(100);
  for (let at = 0; at < 100; at += 1) await call(again, 'records.undo', {}, { commandId: `undo-${at}` });
  expect(again.context.view.get('account', id)?.city).toBe('C4');
  await again.close();
}, 120_000);
