import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allotBlock, openNumbering, type NumberState } from './numbering.ts';

const empty: NumberState = { blocks: {}, counters: {} };

test('the founding device numbers from one with the prefix of the record type', () => {
  const state = allotBlock(empty, 'one');
  const numbering = openNumbering(state, 'one');
  expect([numbering.next('engagement'), numbering.next('engagement'), numbering.next('account')]).toEqual([
    'ENG0000001',
    'ENG0000002',
    'ACC0000001',
  ]);
  expect(numbering.next('setting')).toBeUndefined();
  expect(openNumbering(numbering.state(), 'one').next('engagement')).toBe('ENG0000003');
  expect(openNumbering(state, 'one').next('engagement')).toBe('ENG0000001');
});

test('devices never give the same number, whatever they are called', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 40 }), (devices) => {
      const state = devices.reduce(allotBlock, empty);
      const numbers = devices.map((device) => openNumbering(state, device).next('account'));
      expect(new Set(numbers).size).toBe(devices.length);
    }),
  );
});
