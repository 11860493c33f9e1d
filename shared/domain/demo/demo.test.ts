import { expect, test } from 'vitest';
import { tableOf } from '../../model/dictionary.ts';
import { dayOf } from '../../util/calendar-days.ts';
import { demoPortfolio } from './demo-portfolio.ts';
import type { DemoData } from './demo-row.ts';
import { decidingMood, leaves, moodOver } from './mood.ts';
import { chance } from './random.ts';

const ASOF = '2025-06-11';

function demo(seed: number, engagements = 60, asOf = ASOF): DemoData {
  let ids = 0;
  return demoPortfolio({ seed, engagements, asOf, currency: 'EUR', usage: 'usage', nps: 'nps', newId: () => `id-${(ids += 1)}` });
}

test('UX-06 the same seed gives the same portfolio, another one another', () => {
  expect(demo(1)).toEqual(demo(1));
  expect(demo(2).rows).not.toEqual(demo(1).rows);
});

test('UX-06 every record comes after those that it refers to', () => {
  const known = new Set(['usage', 'nps']);
  for (const { table, id, values } of demo(3).rows) {
    for (const [name, field] of Object.entries(tableOf(table).fields)) {
      const value: unknown = Object.entries(values).find(([key]) => key === name)?.[1];
      if (field.kind === 'reference' && value !== undefined) expect(known, `${table}.${name}`).toContain(value);
    }
    known.add(id);
  }
});

test('UX-06 three years end with today: nothing but plans and renewals lies after it', () => {
  const { rows, series } = demo(4);
  const after = (date: string | undefined): boolean => date !== undefined && date.slice(0, 10) > ASOF;
  for (const row of rows) {
    if (row.table === 'supportTicket') expect(after(row.values.submittedAt) || after(row.values.closedAt)).toBe(false);
    if (row.table === 'outcomeEvent') expect(after(row.values.date)).toBe(false);
    if (row.table === 'contract') expect(after(row.values.startDate)).toBe(false);
    if (row.table === 'touchpoint' && row.closes) expect(after(row.values.heldOn)).toBe(false);
  }
  const ends = series.flatMap(({ points }) => [...points.end]);
  expect(Math.max(...ends)).toBeLessThanOrEqual(dayOf(ASOF));
  expect(Math.min(...ends)).toBeGreaterThan(dayOf('2022-06-01'));
});

test('UX-06 a customer who left has an ended contract, a closed engagement and an outcome event; nobody else has', () => {
  const { rows } = demo(5, 200);
  const left = rows.flatMap((row) => (row.table === 'outcomeEvent' && row.values.kind === 'churned' ? [row.values.account] : []));
  const closed = rows.flatMap((row) => (row.table === 'engagement' && row.closes ? [row.values.account] : []));
  const running = rows.flatMap((row) => (row.table === 'contract' && row.values.state === 'active' ? [row.values.account] : []));
  expect(left.length).toBeGreaterThan(10);
  expect(new Set(closed)).toEqual(new Set(left));
  expect(closed).toHaveLength(left.length);
  expect(running.filter((account) => left.includes(account))).toEqual([]);
});

test('UX-06 the churn mechanism is the one written down: a low mood before the renewal makes customers leave', () => {
  expect(leaves(0.42)).toBe(0.5);
  expect(leaves(0.7)).toBeLessThan(0.01);
  expect(leaves(0.25)).toBeGreaterThan(0.9);
  const by = chance(9);
  const moods = Array.from({ length: 2000 }, () => decidingMood(moodOver(52, by), 52));
  const rate = (of: readonly number[]): number => of.reduce((sum, mood) => sum + leaves(mood), 0) / of.length;
  const sorted = moods.toSorted((a, b) => a - b);
  expect(rate(sorted.slice(0, 400))).toBeGreaterThan(10 * rate(sorted.slice(1000)));
  expect(rate(moods)).toBeGreaterThan(0.1);
  expect(rate(moods)).toBeLessThan(0.3);
});

test('UX-06 companies and people have invented names, and no company the name of another', () => {
  const { rows } = demo(6, 300);
  const companies = rows.flatMap((row) => (row.table === 'account' ? [row.values.name] : []));
  expect(new Set(companies).size).toBe(companies.length);
});

test('chance is the same everywhere and within its bounds', () => {
  const by = chance(42);
  expect([by.uniform(), by.uniform(), by.uniform()]).toEqual([0.6011037519201636, 0.44829055899754167, 0.8524657934904099]);
  const wholes = Array.from({ length: 1000 }, () => by.whole(2, 4));
  expect([Math.min(...wholes), Math.max(...wholes)]).toEqual([2, 4]);
  const normals = Array.from({ length: 5000 }, () => by.normal(10, 2));
  expect(normals.reduce((sum, each) => sum + each, 0) / normals.length).toBeCloseTo(10, 0);
});
