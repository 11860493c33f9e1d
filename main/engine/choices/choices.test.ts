import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from '#engine/engine.ts';
import { call } from '../../../test/support/call-engine.ts';
import { addCustomer, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import { valueFor } from './save-list.ts';

let engine: Engine;
beforeEach(async () => {
  engine = await engineAsOf('2025-06-15');
});
afterEach(() => engine.close());

const LIST = 'touchpoint.category';
const labels = async () =>
  (await call(engine, 'choices.list', { list: LIST })).choices.map(({ label, active }) => (active ? label : `(${label})`));

test('REC-35 a list is extended, renamed, put in order and retired in one step that undo takes back', async () => {
  const shipped = await labels();
  const { choices } = await call(engine, 'choices.list', { list: LIST });
  const wanted = choices.map(({ value, label, active }) => ({ value, label, active })).toReversed();
  const [first, ...rest] = wanted;
  const { changeSetId } = await call(engine, 'choices.save', {
    list: LIST,
    choices: [{ label: 'Mid-market advice', active: true }, { ...first, label: 'Renewal', active: false }, ...rest].map((one) => ({
      ...one,
      label: one.label ?? '',
      active: one.active ?? true,
    })),
  });
  expect(await labels()).toEqual(['Mid-market advice', '(Renewal)', ...shipped.slice(0, -1).toReversed()]);
  const { lists } = await call(engine, 'choices.changed', {});
  expect(lists[LIST]?.[0]).toEqual({ value: 'midMarketAdvice', label: 'Mid-market advice', active: true });
  await call(engine, 'records.undo', { changeSetId });
  expect(await labels()).toEqual(shipped);
  expect(await call(engine, 'choices.changed', {})).toEqual({ lists: {} });
});

test('REC-35 lists, sorting, search and exports call an added choice by its label', async () => {
  const { engagement } = await addCustomer(engine, 'Acme');
  const { choices } = await call(engine, 'choices.list', { list: LIST });
  await call(engine, 'choices.save', {
    list: LIST,
    choices: [{ label: 'Advice', active: true }, ...choices.map(({ value, label, active }) => ({ value, label, active }))],
  });
  for (const category of ['general', 'advice'])
    await call(engine, 'records.create', { table: 'touchpoint', values: { subject: category, engagement, category } });
  const { rows } = await call(engine, 'records.list', {
    table: 'touchpoint',
    sort: [{ field: 'category', direction: 'up' }],
    window: { offset: 0, limit: 10 },
  });
  expect(rows.map(({ row }) => row['category'])).toEqual(['advice', 'general']);
  const { bytes } = await call(engine, 'export.table', { table: 'touchpoint', format: 'csv' });
  expect(new TextDecoder().decode(bytes)).toContain('Advice');
  const template = await call(engine, 'export.template', { table: 'touchpoint', format: 'csv' });
  expect(new TextDecoder().decode(template.bytes)).toContain('Advice');
  const { choices: counted } = await call(engine, 'choices.list', { list: LIST });
  expect(counted.find(({ value }) => value === 'advice')).toMatchObject({ uses: 1, shipped: false });
});

test('REC-35 an import reads added choices by their labels and holds rows back whose choice is retired', async () => {
  await addCustomer(engine, 'Acme');
  const { choices } = await call(engine, 'choices.list', { list: LIST });
  await call(engine, 'choices.save', {
    list: LIST,
    choices: [
      ...choices.map(({ value, label, active }) => ({ value, label, active: active && value !== 'expansion' })),
      { label: 'Advice', active: true },
    ],
  });
  const csv = 'Subject,Engagement,Category\nOne,Acme,advice\nTwo,Acme,Expansion opportunities\n';
  const session = await call(engine, 'import.open', { files: [{ name: 'touchpoints.csv', bytes: new TextEncoder().encode(csv) }] });
  const { problems } = await call(engine, 'import.problems', { sessionId: session.sessionId, offset: 0, limit: 10 });
  expect(problems.map(({ message }) => message).join()).toContain('“Expansion opportunities” is none of: General conversation');
  await call(engine, 'import.commit', { sessionId: session.sessionId });
  expect([...engine.context.view.all('touchpoint')].map(({ subject, category }) => [subject, category])).toEqual([['One', 'advice']]);
});

test('REC-35 values of added choices are made of their labels and never taken twice', () => {
  expect(valueFor('Mid-market advice', new Set())).toBe('midMarketAdvice');
  expect(valueFor('Ärger & Co', new Set())).toBe('argerAndCo');
  expect(valueFor('24 hours', new Set())).toBe('choice24Hours');
  expect(valueFor('日本', new Set(['choice']))).toBe('choice2');
  expect(valueFor('Web', new Set(['web']))).toBe('web2');
});

test('REC-35 a list that does not exist is refused by name', async () => {
  await expect(call(engine, 'choices.list', { list: 'touchpoint.state' })).rejects.toThrow('There is no list “touchpoint.state”');
});
