import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvents } from './event-stream.ts';

function heard(pieces: readonly string[]): string[] {
  const events: string[] = [];
  const read = readEvents((data) => events.push(data));
  for (const piece of pieces) if (!read(piece)) throw new Error('too long');
  return events;
}

test.each([
  ['one', ['data: {"head":1}\n\n'], ['{"head":1}']],
  ['comments, other fields and an unfinished one are nothing', ['retry: 2000\n\n:\n\nid: 4\n\ndata: half'], []],
  ['several lines are one event', ['data: a\ndata:b\ndata\n\n'], ['a\nb\n']],
  ['every kind of line end', ['data: a\r\n\r\ndata: b\r\rdata: c\n\n'], ['a', 'b', 'c']],
  ['a line end in two pieces', ['data: a\r', '\n\r', '\ndata: b\n\n'], ['a', 'b']],
])('S17 %s', (_what, pieces, expected) => {
  expect(heard(pieces)).toEqual(expected);
});

test('S17 it does not matter where the network cuts', () => {
  const text = 'data: one\n\n:\r\n\r\ndata: two\r\ndata: more\r\n\r\ndata: three\r\r';
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
      expect(heard(pieces)).toEqual(['one', 'two\nmore', 'three']);
    }),
  );
});

test('S17 an event without an end is not read for ever', () => {
  const read = readEvents(() => undefined);
  expect(read(`data: ${'x'.repeat(1_000)}`)).toBe(true);
  expect(read('x'.repeat(100_000))).toBe(false);
  const many = readEvents(() => undefined);
  expect(Array.from({ length: 100 }, () => many(`data: ${'x'.repeat(1_000)}\n`)).includes(false)).toBe(true);
});
