import { describe, expect, test } from 'vitest';
import type { Input } from '#shared/contract/engine-contract.ts';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { add, change } from '../../../test/support/portfolio-engine.ts';
import { openEngine, type Engine } from '../engine.ts';

async function withTouchpoints(count: number): Promise<Engine> {
  const engine = await openEngine(memoryHost());
  const account = await add(engine, 'account', { name: 'Alpha' });
  const engagement = await add(engine, 'engagement', { title: 'Alpha', account });
  await change(engine, (draft) => {
    for (let at = 0; at < count; at += 1)
      draft.create('touchpoint', { subject: `Call ${at}`, engagement, priority: at % 2 === 0 ? 'high' : 'low' });
  });
  return engine;
}

const touchpoints = (engine: Engine) => [...engine.context.view.all('touchpoint')];
const counted = (engine: Engine, field: 'priority' | 'state') =>
  Object.fromEntries([...Map.groupBy(touchpoints(engine), (row) => row[field])].map(([value, rows]) => [value, rows.length]));

describe('REC-37 many records are changed at once', () => {
  test('all that match: one change set with its reason, one undo', async () => {
    const engine = await withTouchpoints(600);
    const input = {
      table: 'touchpoint',
      target: { condition: { field: 'priority', op: 'is', value: 'low' } },
      change: { action: 'set', patch: { priority: 'critical' } },
      reason: 'New quarter',
    } as const;
    const steps: string[] = [];
    const done = await call(engine, 'records.bulk', input, { progress: ({ step }) => void steps.push(step) });
    expect(done).toMatchObject({ changed: 300, unchanged: 0, refusedCount: 0 });
    expect(steps).toContain('Changing records');
    expect(counted(engine, 'priority')).toEqual({ high: 300, critical: 300 });
    const { undo } = await call(engine, 'records.undoable', {});
    expect(undo).toBe('Change 300 touchpoints: New quarter');
    await call(engine, 'records.undo', {});
    expect(counted(engine, 'priority')).toEqual({ high: 300, low: 300 });
    expect((await call(engine, 'records.undoable', {})).undo).not.toContain('touchpoints: New');
    await engine.close();
  });

  test('the preview says how many change, which are so already, what they become, and changes nothing', async () => {
    const engine = await withTouchpoints(20);
    const before = touchpoints(engine);
    const seen = await call(engine, 'records.bulkPreview', {
      table: 'touchpoint',
      target: {},
      change: { action: 'set', patch: { priority: 'high' } },
    });
    expect(seen).toMatchObject({ total: 20, changing: 10, unchanged: 10, refusedCount: 0, also: [] });
    expect(seen.sample[0]).toMatchObject({ record: { label: 'Call 1' }, changes: [{ field: 'priority', before: 'low', after: 'high' }] });
    expect(touchpoints(engine)).toEqual(before);
    await engine.close();
  });

  test('records that a rule refuses are named with the reason and left out; the others change', async () => {
    const engine = await withTouchpoints(10);
    const [first, second] = touchpoints(engine);
    for (const row of [first, second])
      await call(engine, 'records.close', { table: 'touchpoint', id: row?.id ?? '', closureCode: 'addressed', closeNotes: 'Done' });
    const input = {
      table: 'touchpoint',
      target: {},
      change: { action: 'close', closureCode: 'addressed', closeNotes: 'All done' },
    } as const;
    const seen = await call(engine, 'records.bulkPreview', input);
    expect(seen).toMatchObject({ total: 10, changing: 8, refusedCount: 2 });
    expect(seen.refused.flatMap((reason) => reason.first.map(({ label }) => label))).toEqual(['Call 0', 'Call 1']);
    const done = await call(engine, 'records.bulk', input);
    expect(done).toMatchObject({ changed: 8, refusedCount: 2 });
    expect(counted(engine, 'state')).toEqual({ closed: 10 });
    await call(engine, 'records.undo', {});
    expect(counted(engine, 'state')).toEqual({ closed: 2, new: 8 });
    await engine.close();
  });

  test('what only two together would break is found: a name that must be unique', async () => {
    const engine = await openEngine(memoryHost());
    for (const key of ['a', 'b']) await add(engine, 'importProfile', { name: key, profile: {} });
    const input = { table: 'importProfile', target: {}, change: { action: 'set', patch: { name: 'same' } } } as const;
    expect(await call(engine, 'records.bulkPreview', input)).toMatchObject({ changing: 1, refusedCount: 1 });
    expect(await call(engine, 'records.bulk', input)).toMatchObject({ changed: 1, refusedCount: 1 });
    await engine.close();
  });

  test('deleting says what goes with it, and is one undo', async () => {
    const engine = await withTouchpoints(3);
    const except = [touchpoints(engine)[0]?.id ?? ''];
    const input: Input<'records.bulk'> = { table: 'touchpoint', target: { except }, change: { action: 'delete' } };
    expect(await call(engine, 'records.bulkPreview', input)).toMatchObject({ total: 2, changing: 2 });
    expect(await call(engine, 'records.bulk', input)).toMatchObject({ changed: 2 });
    expect(touchpoints(engine)).toHaveLength(1);
    await call(engine, 'records.undo', {});
    expect(touchpoints(engine)).toHaveLength(3);
    await engine.close();
  });

  test('UX-05 a cancel leaves everything as it was', async () => {
    const engine = await withTouchpoints(600);
    const controller = new AbortController();
    const running = call(
      engine,
      'records.bulk',
      { table: 'touchpoint', target: {}, change: { action: 'set', patch: { priority: 'critical' } } },
      { signal: controller.signal, progress: ({ done }) => done >= 250 && controller.abort() },
    );
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(counted(engine, 'priority')).toEqual({ high: 300, low: 300 });
    await engine.close();
  });

  test('REC-37 10,000 records tell their progress, are cancelled without a trace, changed as one step and taken back as one', async () => {
    const engine = await withTouchpoints(10_000);
    const input = { table: 'touchpoint', target: {}, change: { action: 'set', patch: { priority: 'critical' } } } as const;
    const controller = new AbortController();
    await expect(
      call(engine, 'records.bulk', input, {
        signal: controller.signal,
        progress: ({ done }) => done >= 5_000 && controller.abort(),
      }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(counted(engine, 'priority')).toEqual({ high: 5_000, low: 5_000 });
    const told: number[] = [];
    const { changed } = await call(engine, 'records.bulk', input, {
      progress: ({ step, done, total }) => step === 'Changing records' && total === 10_000 && told.push(done),
    });
    expect(changed).toBe(10_000);
    expect(told.length).toBeGreaterThanOrEqual(40);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(counted(engine, 'priority')).toEqual({ critical: 10_000 });
    await call(engine, 'records.undo', {});
    expect(counted(engine, 'priority')).toEqual({ high: 5_000, low: 5_000 });
    await engine.close();
  });

  test('a value that fits no record is refused with its reason', async () => {
    const engine = await withTouchpoints(4);
    const input = { table: 'touchpoint', target: {}, change: { action: 'set', patch: { priority: 'nonsense' } } } as const;
    const seen = await call(engine, 'records.bulkPreview', input);
    expect(seen).toMatchObject({ changing: 0, refusedCount: 4 });
    expect(seen.refused[0]?.message).toContain('Priority');
    expect(await call(engine, 'records.bulk', input)).toMatchObject({ changed: 0, refusedCount: 4 });
    await engine.close();
  });
});
