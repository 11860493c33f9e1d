import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ErrorShape } from '#shared/errors/app-error.ts';
import { ENGINE_LIMITS, supervise, supervisionAtRest, type Act, type Observation, type Supervision } from './supervision.ts';

const TICK = 2000;
const error = (retryable: boolean): ErrorShape => ({ code: 'storage', message: 'no', details: {}, retryable });

/** Plays observations at their times and collects what was to be done. */
function play(seen: readonly (readonly [at: number, observation: Observation])[]) {
  let state: Supervision = supervisionAtRest;
  const acts: [number, Act][] = [];
  for (const [at, observation] of seen) {
    const [next, done] = supervise(state, observation, at, ENGINE_LIMITS);
    state = next;
    for (const act of done) acts.push([at, act]);
  }
  return { state, acts };
}

const ticks = (from: number, to: number): [number, Observation][] =>
  Array.from({ length: Math.floor((to - from) / TICK) }, (_, i) => [from + (i + 1) * TICK, { saw: 'tick' }]);

test('it is launched once, and runs when it says so', () => {
  const { state, acts } = play([
    [0, { saw: 'start' }],
    [1, { saw: 'start' }],
    [500, { saw: 'ready' }],
  ]);
  expect(acts).toEqual([[0, 'launch']]);
  expect(state.phase).toBe('running');
});

test('DSK-01 after a crash it is launched at once, with longer waits each time it fails again', () => {
  const seen: [number, Observation][] = [[0, { saw: 'start' }]];
  for (const at of [1000, 2000]) seen.push([at, { saw: 'gone' }]);
  const { acts } = play([...seen, ...ticks(2000, 6000), [6500, { saw: 'gone' }], ...ticks(6500, 12_500)]);
  expect(acts).toEqual([
    [0, 'launch'],
    [1000, 'end'],
    [1000, 'launch'],
    [2000, 'end'],
    [4000, 'launch'],
    [6500, 'end'],
    [8500, 'launch'],
  ]);
});

test('DSK-01 silence is a hang; any sign of life is none', () => {
  const start: [number, Observation][] = [
    [0, { saw: 'start' }],
    [100, { saw: 'ready' }],
  ];
  const alive = ticks(100, 40_000).flatMap(([at, seen]): [number, Observation][] => [
    [at, seen],
    [at + 1, { saw: 'heard' }],
  ]);
  expect(play([...start, ...alive]).acts).toEqual([[0, 'launch']]);
  const silent = play([...start, ...ticks(100, 40_000)]);
  expect(silent.acts.slice(1)).toEqual([
    [32_100, 'end'],
    [32_100, 'launch'],
  ]);
  expect(silent.state.restarts).toBe(1);
});

test('a start may be silent for longer, but not for ever, and may not last for ever either', () => {
  expect(play([[0, { saw: 'start' }], ...ticks(0, 60_000)]).acts).toEqual([[0, 'launch']]);
  expect(play([[0, { saw: 'start' }], ...ticks(0, 64_000)]).acts.length).toBe(3);
  const talking = ticks(0, 606_000).flatMap(([at, seen]): [number, Observation][] => [
    [at, { saw: 'heard' }],
    [at, seen],
  ]);
  expect(play([[0, { saw: 'start' }], ...talking]).acts.slice(1)).toEqual([
    [602_000, 'end'],
    [602_000, 'launch'],
  ]);
});

test('a computer that slept is no hang', () => {
  const { acts } = play([
    [0, { saw: 'start' }],
    [1, { saw: 'ready' }],
    [3_600_000, { saw: 'tick' }],
    [3_602_000, { saw: 'tick' }],
  ]);
  expect(acts).toEqual([[0, 'launch']]);
});

test('DSK-01 a crash loop ends in giving up, and in another attempt when the user wants it', () => {
  const loop: [number, Observation][] = [[0, { saw: 'start' }]];
  for (let at = 0; at < 60_000; at += TICK) loop.push([at, { saw: 'gone' }], [at + 1, { saw: 'tick' }]);
  const { state, acts } = play(loop);
  expect(acts.filter(([, act]) => act === 'launch').length).toBe(ENGINE_LIMITS.failures);
  expect(acts.at(-1)?.[1]).toEqual({ giveUp: undefined });
  expect(state.phase).toBe('given-up');
  const [again, done] = supervise(state, { saw: 'retry' }, 90_000, ENGINE_LIMITS);
  expect([again.phase, done]).toEqual(['starting', ['launch']]);
  expect(supervise(again, { saw: 'gone' }, 90_001, ENGINE_LIMITS)[1]).toEqual(['end', 'launch']);
});

test('failures far apart are no loop', () => {
  let state = supervise(supervisionAtRest, { saw: 'start' }, 0, ENGINE_LIMITS)[0];
  for (let i = 1; i < 20; i += 1) {
    const [next, acts] = supervise(state, { saw: 'gone' }, i * 130_000, ENGINE_LIMITS);
    expect(acts).toEqual(['end', 'launch']);
    state = next;
  }
});

test('what says itself that it cannot serve is started again only where that may help', () => {
  const start: [number, Observation] = [0, { saw: 'start' }];
  expect(play([start, [10, { saw: 'fatal', error: error(true) }]]).acts.slice(1)).toEqual([
    [10, 'end'],
    [10, 'launch'],
  ]);
  const final = play([start, [10, { saw: 'fatal', error: error(false) }], [11, { saw: 'gone' }]]);
  expect(final.acts.slice(1)).toEqual([
    [10, 'end'],
    [10, { giveUp: error(false) }],
  ]);
});

test('after stopping nothing is launched, whatever is seen', () => {
  const { acts } = play([
    [0, { saw: 'start' }],
    [5, { saw: 'stop' }],
    [6, { saw: 'gone' }],
    [7, { saw: 'tick' }],
    [8, { saw: 'retry' }],
  ]);
  expect(acts).toEqual([
    [0, 'launch'],
    [5, 'end'],
  ]);
});

test('whatever is seen in whatever order: never two at once, never a launch while waiting or given up, failures bounded', () => {
  const observation = fc.constantFrom<Observation>(
    { saw: 'start' },
    { saw: 'heard' },
    { saw: 'ready' },
    { saw: 'gone' },
    { saw: 'fatal', error: error(true) },
    { saw: 'fatal', error: error(false) },
    { saw: 'tick' },
    { saw: 'retry' },
    { saw: 'stop' },
  );
  const history = fc.array(fc.tuple(fc.integer({ min: 0, max: 9000 }), observation), { maxLength: 80 });
  fc.assert(
    fc.property(history, (steps) => {
      let state: Supervision = supervisionAtRest;
      let now = 0;
      let running = 0;
      for (const [wait, seen] of steps) {
        now += wait;
        const [next, acts] = supervise(state, seen, now, ENGINE_LIMITS);
        for (const act of acts) {
          if (act === 'launch') running += 1;
          if (act === 'end') running -= 1;
          expect(running === 0 || running === 1).toBe(true);
        }
        expect(running === 1).toBe(next.phase === 'starting' || next.phase === 'running');
        expect(next.failures.length).toBeLessThanOrEqual(ENGINE_LIMITS.failures);
        state = next;
      }
    }),
  );
});
