// A record type that does not exist in the product, declared in one place: everything else of it must follow from that.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type * as Dictionary from '#shared/model/dictionary.ts';
import { isTableName, type TableName } from '#shared/model/dictionary.ts';
import { choicesOf } from '#shared/domain/choices.ts';
import { importTables } from '#shared/domain/importing/import-fields.ts';
import { roleMay } from '#shared/domain/permission/rights.ts';
import { fieldSections } from '../../../renderer/ui/record-form/field-order.ts';
import { fieldOptions } from '../../../renderer/ui/condition-builder/field-options.ts';
import { run } from '../../../main/cli/run.ts';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { openEngine, type Engine } from '../engine.ts';

// the one seam: the list of record types, with one line more
vi.mock('#shared/model/dictionary.ts', async (original) => {
  const real = await original<typeof Dictionary>();
  const { defineTable } = await import('#shared/model/define-table.ts');
  const { f } = await import('#shared/model/field.ts');
  const { described, external } = await import('#shared/model/mixins.ts');
  const workshop = defineTable({
    name: 'workshop',
    label: 'Workshop',
    plural: 'Workshops',
    prefix: 'WSH',
    title: ['title'],
    accountPath: 'account',
    importable: true,
    importKeys: ['externalId', 'title'],
    synonyms: ['seminar'],
    fields: {
      title: f.text('Title', { mandatory: true, search: 4, column: 1 }),
      account: f.reference('Account', 'account', { mandatory: true, column: 2 }),
      form: f.choice('Form', { onSite: 'On site', remote: 'Remote' }, { default: 'onSite', extensible: true, column: 3 }),
      seats: f.integer('Seats', { min: 1, column: 4 }),
      dueDate: f.date('Due date', { column: 5 }),
      ...described,
      ...external,
    },
  });
  const dictionary = { ...real.dictionary, workshop };
  const tableNames = Object.keys(dictionary);
  return {
    ...real,
    dictionary,
    tableNames,
    tableOf: (name: string) => (dictionary as Readonly<Record<string, unknown>>)[name],
    isTableName: (name: string) => Object.hasOwn(dictionary, name),
  };
});

const table = 'workshop' as TableName; // only in this test
let engine: Engine;
let account = '';
let id = '';
const window = { offset: 0, limit: 10 };

beforeAll(async () => {
  engine = await openEngine(memoryHost());
  await call(engine, 'workspace.set', { key: 'asOf', value: '2025-06-15' });
  account = (await call(engine, 'records.create', { table: 'account', values: { name: 'Acme' } })).id;
  const values = { title: 'Reading figures', account, form: 'remote', seats: 12, dueDate: '2025-06-10' };
  const created = await call(engine, 'records.create', { table, values });
  expect(created.number).toBe('WSH0000001');
  id = created.id;
});
afterAll(() => engine.close());

test('one dictionary file: the store keeps it, its rules hold, and undo takes it back', async () => {
  await expect(call(engine, 'records.create', { table, values: { seats: 3 } })).rejects.toThrow(
    'Workshop needs Title and Account. Fill them in.',
  );
  await expect(call(engine, 'records.update', { table, id, patch: { form: 'hybrid' } })).rejects.toThrow(
    'is not on its list. Choose one of: On site, Remote.',
  );
  const { changeSetId } = await call(engine, 'records.update', { table, id, patch: { seats: 20 } });
  const { entries } = await call(engine, 'records.activity', { table, id, limit: 5 });
  expect(entries[0]?.changes[0]).toMatchObject({ field: 'seats', before: 12, after: 20 });
  await call(engine, 'records.undo', { changeSetId });
  expect((await call(engine, 'records.get', { table, id })).row).toMatchObject({ seats: 12 });
});

test('one dictionary file: the list filters, sorts and derives, also over its references', async () => {
  const condition = {
    all: [
      { field: 'account.name', op: 'is' as const, value: 'Acme' },
      { field: 'daysRemaining', op: 'below' as const, value: 0 },
    ],
  };
  const found = await call(engine, 'records.list', { table, condition, sort: [{ field: 'form', direction: 'up' }], window });
  expect(found.rows).toHaveLength(1);
  expect(found.rows[0]).toMatchObject({ label: 'Reading figures', derived: { daysRemaining: -5 } });
});

test('one dictionary file: form, filter builder, choice lists and related records know it', async () => {
  const sections = fieldSections(table);
  expect(sections[0]?.fields.map(({ name }) => name)).toEqual(['title', 'account', 'form', 'seats', 'dueDate']);
  expect(fieldOptions(table).map(({ path }) => path)).toEqual(expect.arrayContaining(['seats', 'daysRemaining', 'account.industry']));
  expect(choicesOf(engine.context.view, table, 'form').map(({ label }) => label)).toEqual(['On site', 'Remote']);
  const { choices } = await call(engine, 'choices.list', { list: 'workshop.form' });
  expect(choices).toMatchObject([
    { value: 'onSite', uses: 0 },
    { value: 'remote', uses: 1 },
  ]);
  const { lists } = await call(engine, 'records.related', { table: 'account', id: account });
  expect(lists).toMatchObject([{ table, label: 'Workshops', count: 1 }]);
});

test('one dictionary file: search finds it by words and by number', async () => {
  expect((await call(engine, 'records.find', { text: 'figures', limit: 5 })).found).toMatchObject([{ table, id }]);
  expect((await call(engine, 'records.find', { text: 'wsh1', limit: 5 })).found).toMatchObject([{ table, id }]);
});

test('one dictionary file: files bring it in by its template, and it is exported so that they can', async () => {
  expect(importTables).toContain(table);
  const template = await call(engine, 'export.template', { table, format: 'csv' });
  const [headings = ''] = new TextDecoder()
    .decode(template.bytes)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  expect(headings).toBe('Title,Account,Form,Seats,Due date,Description,External ID');
  const csv = `${headings}\nWriting letters,Acme,Remote,8,2025-07-01,,W-2\n`;
  const session = await call(engine, 'import.open', { files: [{ name: 'workshops.csv', bytes: new TextEncoder().encode(csv) }] });
  expect(session.sheets[0]).toMatchObject({ into: table });
  await call(engine, 'import.commit', { sessionId: session.sessionId });
  const { bytes } = await call(engine, 'export.table', { table, format: 'csv' });
  expect(new TextDecoder().decode(bytes)).toContain('WSH0000002,Writing letters,Acme,ACC0000001,Remote,8,2025-07-01');
});

test('one dictionary file: roles may do with it what its profile says', () => {
  expect(isTableName(table)).toBe(true);
  const may = (['read', 'create', 'delete'] as const).map((action) => [
    roleMay('viewer', table, action),
    roleMay('successAgent', table, action),
    roleMay('administrator', table, action),
  ]);
  expect(may).toEqual([
    [true, true, true],
    [false, true, true],
    [false, false, true],
  ]);
  expect(roleMay('customer', table, 'read')).toBe(false);
});

test('one dictionary file: the command line explains, brings in, asks and exports it', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'satchel-invented-'));
  const at = (name: string) => join(folder, name);
  const satchel = async (...line: readonly string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const exit = await run(line, { out: (text) => out.push(text), err: (text) => err.push(text) });
    expect({ exit, err }).toEqual({ exit: 0, err: [] });
    return out.join('\n');
  };
  try {
    expect(await satchel('help', 'workshop')).toContain('Title *');
    await writeFile(at('accounts.csv'), 'Account name,Industry\nAcme,Research\n');
    await writeFile(at('workshops.csv'), 'Title,Account,Form\nReading figures,Acme,Remote\n');
    await satchel('import', at('accounts.csv'), at('workshops.csv'), '--out', at('p.satchel'));
    expect(
      await satchel('query', 'workshop', '--where', 'form = Remote and account.industry = Research', '--file', at('p.satchel')),
    ).toContain('Reading figures');
    await satchel('export', 'workshop', '--to', at('out.csv'), '--file', at('p.satchel'));
    expect(await readFile(at('out.csv'), 'utf8')).toContain('Reading figures');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
