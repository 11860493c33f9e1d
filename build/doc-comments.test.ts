import { expect, test } from 'vitest';
import { undocumented } from './doc-comments.ts';

test.each([
  ['export function score(): number {', ['score']],
  ['/** The score. */\nexport function score(): number {', []],
  ['/**\n * The score.\n */\nexport async function score(): Promise<number> {', []],
  ['// The score.\nexport function score(): number {', ['score']],
  ['/** The score. */\n\nexport function score(): number {', ['score']],
  ['export const score = (value: number) => value;', ['score']],
  ['export const score = (\n  value: number,\n) => value;', ['score']],
  ['export const score = value => value;', ['score']],
  ['export const score = (1 + 2) * 3;', []],
  ['export const scores = [1, 2];', []],
  ['/** One. */\nexport function score(a: string): string;\nexport function score(a: number): number;', []],
  ['function score(): number {', []],
])('%j misses %j', (source, names) => {
  expect(undocumented(source)).toEqual(names);
});
