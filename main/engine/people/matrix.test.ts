import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, becomes } from '../../../test/support/call-as.ts';
import { add, change, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import { sampleRecords } from '../../../test/support/sample-records.ts';
import { refTo, tablesOfField } from '#shared/model/any-reference.ts';
import { recordActions, type RecordAction } from '#shared/model/access.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { roleNames, type RoleName } from '#shared/model/roles.ts';
import { isScoped, rootOf } from '#shared/domain/permission/follow.ts';
import { accessOf, roleMay } from '#shared/domain/permission/rights.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Draft } from '../context.ts';
import type { Engine } from '../engine.ts';
import { callersOf } from './callers.ts';

/** The permission matrix, generated: every role × record type × action is tried on the real engine, and has to come out as the data says. */
let engine: Engine;
let ids: ReadonlyMap<TableName, string>;
let person: string;
let contact: string;

beforeAll(async () => {
  engine = await engineAsOf('2025-06-15');
  await add(engine, 'user', { name: 'Root', roles: ['administrator'] });
  person = await add(engine, 'user', { name: 'Ann', roles: ['viewer'] });
  // she is on everything: what is refused is refused for her role
  const account = await add(engine, 'account', { name: 'Acme', owner: person });
  contact = await add(engine, 'contact', { name: 'Ann', account });
  const engagement = await add(engine, 'engagement', { title: 'Acme Care', account, csm: person, keyContact: contact });
  const samples = await sampleRecords(engine, {
    mark: 'Sample',
    known: { user: [person], account: [account], contact: [contact], engagement: [engagement] },
    only: (table) => !['account', 'contact', 'engagement'].includes(table),
    fixed: (table) => ({
      ...Object.fromEntries(
        Object.entries(tableOf(table).fields).flatMap(([name, field]) =>
          field.kind === 'anyReference' && tablesOfField(field).includes('engagement') ? [[name, refTo('engagement', engagement)]] : [],
        ),
      ),
      // where a record may stand by itself it is tied to the person all the same
      ...(tableOf(table).fields['owner']?.to === 'user' && tableOf(table).fields['owner']?.readOnly !== true ? { owner: person } : {}),
      ...(tableOf(table).fields['account']?.readOnly === undefined && tableOf(table).fields['account']?.to === 'account'
        ? { account }
        : {}),
    }),
  });
  ids = new Map([...samples.ids, ['account', account], ['contact', contact], ['engagement', engagement], ['user', person]] as const);
}, 60_000);
afterAll(() => engine.close());

async function becomesRole(role: RoleName): Promise<void> {
  await change(engine, (draft) => {
    draft.update('user', person, { roles: [role] });
    draft.update('contact', contact, { user: role === 'customer' ? person : null });
  });
  await becomes(engine, person);
}

/** Tries an action; nothing of it is kept. Answers whether it was refused for want of permission. */
async function isRefused(work: (draft: Draft) => void): Promise<boolean> {
  const { context } = callersOf(engine.context).now();
  const signal = new AbortController().signal;
  try {
    await context.records.rehearse({ actor: person, signal }, work);
    return false;
  } catch (thrown) {
    // whatever else is wrong with it came after the question of permission
    return thrown instanceof AppError && thrown.code === 'permission';
  }
}

/** A field that a change may name; the value stays as it is. */
function someField(table: TableName, role: RoleName): string | undefined {
  const { fields, customer } = tableOf(table);
  const names = role === 'customer' && accessOf(table) !== 'private' ? (customer?.update ?? []) : Object.keys(fields);
  return names.find((name) => fields[name]?.readOnly !== true && fields[name]?.kind === 'text');
}

type Attempt = (table: TableName, id: string, role: RoleName) => ((draft: Draft) => void) | undefined;
const ATTEMPTS: { readonly [A in RecordAction]?: Attempt } = {
  create: (table) => (draft) => void draft.create(table, {}),
  update: (table, id, role) => {
    const field = someField(table, role) ?? 'none';
    return (draft) => draft.update(table, id, { [field]: 'Sample' });
  },
  comment: (table, id, role) => {
    const journal =
      role === 'customer' ? 'comments' : Object.keys(tableOf(table).fields).find((name) => tableOf(table).fields[name]?.kind === 'journal');
    if (journal === undefined || tableOf(table).fields[journal] === undefined) return undefined;
    return (draft) => draft.update(table, id, { [journal]: 'Sample' });
  },
  publish: (table, id) => {
    if (!Object.hasOwn(tableOf(table).fields['state']?.choices ?? {}, 'published')) return undefined;
    return (draft) => draft.update(table, id, { state: 'retired' });
  },
  close: (table, id) => (tableOf(table).lifecycle === undefined ? undefined : (draft) => draft.close(table, id, 'none', '')),
  cancel: (table, id) => (tableOf(table).lifecycle === undefined ? undefined : (draft) => draft.cancel(table, id, '')),
  reopen: (table, id) => (tableOf(table).lifecycle === undefined ? undefined : (draft) => draft.reopen(table, id)),
  delete: (table, id) => (draft) => draft.remove(table, id),
};

/** Whether the sample belongs to her engagement or account in the end, or to no customer by its nature. */
function isTied(table: TableName, id: string): boolean {
  const { view } = engine.context;
  const row: AnyRow | undefined = view.get(table, id);
  return row !== undefined && (!isScoped(table) || rootOf(table, row, view) !== undefined);
}

/** Whether the role sees the sample at all: a customer's also depends on the record. */
async function sees(table: TableName, id: string): Promise<boolean> {
  return callersOf(engine.context).now().context.view.get(table, id) !== undefined;
}

describe.each(roleNames)('REC-32 the role %s', (role) => {
  beforeAll(() => becomesRole(role));

  test.each(tableNames.map((table) => [table] as const))('%s: as the matrix says', async (table) => {
    const id = ids.get(table);
    if (id === undefined) return;
    const seen = await sees(table, id);
    if (!roleMay(role, table, 'read')) expect(seen).toBe(false);
    else if (role !== 'customer' && accessOf(table) !== 'staging' && isTied(table, id)) expect(seen, 'is seen').toBe(true);
    const wrong: string[] = [];
    for (const action of recordActions) {
      const attempt = ATTEMPTS[action]?.(table, id, role);
      if (attempt === undefined || (!seen && action !== 'create')) continue;
      const refused = await isRefused(attempt);
      if (refused === roleMay(role, table, action)) wrong.push(`${action} is ${refused ? 'refused' : 'allowed'}`);
    }
    expect(wrong).toEqual([]);
    const exported = ask(engine, 'export.table', { table, format: 'csv' });
    if (roleMay(role, table, 'export')) await expect(exported).resolves.toBeDefined();
    else await expect(exported).rejects.toMatchObject({ code: 'permission' });
  });
});

test('REC-32 the matrix was tried on nearly every record type', () => {
  expect(tableNames.filter((table) => isScoped(table) && !ids.has(table))).toEqual(['dataPointSeries', 'attachment']);
});
