import { expect, test } from '@playwright/test';
import { killAgainAndAgain } from './kill-harness.ts';

const CHAINS = 2;
const KILLS = 100;

/** Numbers between 0 and 1 that follow from a seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('Chromium killed 200 times while commands run: no acknowledged command is lost, none is half applied', async () => {
  test.setTimeout(30 * 60_000);
  const seed = Date.now() % 1_000_000;
  test.info().annotations.push({ type: 'seed', description: String(seed) });
  const outcomes = await Promise.all(Array.from({ length: CHAINS }, (_, chain) => killAgainAndAgain(KILLS, randomFrom(seed + chain))));
  const told = outcomes.map(({ kills, underWay, commands }) => `${kills} kills, ${underWay} of them amid ${commands} commands`).join('; ');
  test.info().annotations.push({ type: 'outcome', description: told });
  for (const { faults, underWay, commands } of outcomes) {
    expect(faults).toEqual([]);
    expect(underWay).toBeGreaterThan(KILLS / 2);
    expect(commands).toBeGreaterThan(KILLS);
  }
});
