import { describe, expect, test } from 'vitest';
import { formatFigure } from './format.ts';

describe('UX-04 a figure is rounded as its kind of field is read', () => {
  test.each([
    [57.777_777_8, 'percent', '57.8'],
    [100, 'percent', '100'],
    [0.04, 'percent', '0.04'],
    [0.041_27, 'percent', '0.041'],
    [0, 'percent', '0'],
    [-12.345, 'percent', '−12.3'],
    [12_345.678_9, 'number', '12,345.68'],
    [0.006_543, 'number', '0.0065'],
    [3, 'integer', '3'],
    [1_234, 'integer', '1,234'],
  ] as const)('%d as %s is %s', (value, kind, text) => {
    expect(formatFigure(value, kind, 'en-US')).toBe(text);
  });
});
