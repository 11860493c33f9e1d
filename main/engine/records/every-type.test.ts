import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableOf, type NewValues, type TableName } from '#shared/model/dictionary.ts';
import { call } from '../../../test/support/call-engine.ts';
import { FORM_VALUES } from '../../../test/support/form-values.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { change } from '../../../test/support/portfolio-engine.ts';
import { openEngine, type Engine } from '../engine.ts';

const host = memoryHost();
let engine: Engine;
/** IDs of the records around, by their names here. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  engine = await openEngine(host);
  await call(engine, 'workspace.set', { key: 'asOf', value: '2025-06-15' });
  const add = async <T extends TableName>(name: string, table: T, values: NewValues<T>) => {
    ids[name] = await change(engine, (draft) => draft.create(table, values));
  };
  await add('user', 'user', { name: 'Kim' });
  await add('account', 'account', { name: 'Acme' });
  await add('product', 'product', { name: 'GTX Pro' });
  await add('contact', 'contact', { name: 'Ann', account: ids['account'] });
  await add('capability', 'capability', { name: 'Search', product: ids['product'] });
  await add('contract', 'contract', { name: 'Gold', account: ids['account'] });
  await add('soldProduct', 'soldProduct', { account: ids['account'], product: ids['product'] });
  await add('engagement', 'engagement', { title: 'Care', account: ids['account'], csm: ids['user'] });
  await add('touchpoint', 'touchpoint', { subject: 'Review', engagement: ids['engagement'] });
  await add('riskSignal', 'riskSignal', { shortDescription: 'Sponsor left', about: `engagement/${ids['engagement']}` });
  await add('location', 'location', { name: 'Vienna', account: ids['account'] });
  await add('item', 'installBaseItem', { name: 'Gateway', account: ids['account'] });
  await add('entitlement', 'entitlement', { name: 'Gold support', account: ids['account'] });
  await add('responsibility', 'responsibility', { name: 'Sponsor' });
  await add('usage', 'productUsage', { soldProduct: ids['soldProduct'] });
  await add('meeting', 'meeting', {
    subject: 'QBR',
    touchpoint: ids['touchpoint'],
    startsAt: '2025-07-01T09:00:00.000Z',
    endsAt: '2025-07-01T10:00:00.000Z',
  });
});
afterAll(() => engine.close());

/** `@name` stands for the ID of a record around, `table/@name` for it as a record of any type. */
const filledIn = (value: unknown): unknown => {
  if (typeof value === 'string')
    return value.replace(/^(\w+\/)?@(\w+)$/, (_all, of: string | undefined, name: string) => (of ?? '') + (ids[name] ?? name));
  return Array.isArray(value) ? value.map(filledIn) : value;
};

const made = new Map<string, string>();
const keyOf = (table: TableName, values: object) => `${table} ${JSON.stringify(values)}`;

describe.each(FORM_VALUES)('%s %s', (row, table, values, text) => {
  const wanted = () => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, filledIn(value)]));

  test(`${row} a ${table} keeps every field of its form, with its number, label, list and page`, async () => {
    const created = await call(engine, 'records.create', { table, values: wanted() });
    made.set(keyOf(table, values), created.id);
    const { prefix, plural } = tableOf(table);
    if (prefix === undefined) expect(created.number).toBeUndefined();
    else expect(created.number).toMatch(new RegExp(`^${prefix}\\d{7}$`));
    const page = await call(engine, 'records.get', { table, id: created.id });
    expect(page.row).toMatchObject(wanted());
    expect(page.label).not.toBe('');
    const list = await call(engine, 'records.list', { table, window: { offset: 0, limit: 100 } });
    expect(
      list.rows.map((one) => one.row.id),
      plural,
    ).toContain(created.id);
  });

  test(`${row} ${table} is exported with the labels of what it refers to, and has an import template where files bring it`, async () => {
    const { bytes } = await call(engine, 'export.table', { table, format: 'csv' });
    const [headings = ''] = new TextDecoder().decode(bytes).split(/\r?\n/);
    for (const [key, field] of Object.entries(tableOf(table).fields))
      if (Object.hasOwn(values, key) && !['references', 'json'].includes(field.kind)) expect(headings, key).toContain(field.label);
    if (tableOf(table).importable !== true) return;
    const template = await call(engine, 'export.template', { table, format: 'csv' });
    const first = new TextDecoder().decode(template.bytes).split(/\r?\n/)[0] ?? '';
    for (const field of Object.values(tableOf(table).fields)) if (field.isMandatory) expect(first, table).toContain(field.label);
  });

  // a few types are made of references alone
  if (text === '') return;
  test(`${row} a change of a ${table} is in its activity with old and new value, and undo takes it back`, async () => {
    const id = made.get(keyOf(table, values)) ?? '';
    const before = engine.context.view.get(table, id) as Readonly<Record<string, unknown>> | undefined;
    const { changeSetId } = await call(engine, 'records.update', { table, id, patch: { [text]: 'Other words' } });
    const { entries } = await call(engine, 'records.activity', { table, id, limit: 10 });
    const [changed] = entries.flatMap(({ changes }) => changes.filter((one) => one.field === text));
    expect(changed).toMatchObject({ before: before?.[text] ?? null, after: 'Other words' });
    await call(engine, 'records.undo', { changeSetId });
    expect(engine.context.view.get(table, id)).toMatchObject(wanted());
  });
});

test('REC-01 REC-10 everything is there again after a restart', async () => {
  await engine.close();
  engine = await openEngine(host);
  for (const [, table, values] of FORM_VALUES) {
    const wanted = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, filledIn(value)]));
    expect(engine.context.view.get(table, made.get(keyOf(table, values)) ?? '')).toMatchObject(wanted);
  }
});
