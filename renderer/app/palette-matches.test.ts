import { describe, expect, test } from 'vitest';
import { matchingActions } from './palette-matches.ts';

const action = (label: string, words = '') => ({ label, words, group: 'Go to' as const });
const actions = [
  action('Portfolio', 'engagements dashboard'),
  action('Risks', 'signals issues'),
  action('Log a touchpoint', 'call meeting'),
];

describe('UX-01 the palette finds actions', () => {
  test.each([
    ['port', ['Portfolio']],
    ['go ri', ['Risks']],
    ['call', ['Log a touchpoint']],
    ['touch log', ['Log a touchpoint']],
    ['PÓRT', ['Portfolio']],
    ['xyz', []],
  ])('%s', (typed, labels) => {
    expect(matchingActions(actions, typed, 5).map(({ label }) => label)).toEqual(labels);
  });
  test('nothing typed offers all, in their order', () => {
    expect(matchingActions(actions, '', 2)).toHaveLength(2);
  });
});
