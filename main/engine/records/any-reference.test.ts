import { expect, test } from 'vitest';
import { refTo } from '#shared/model/any-reference.ts';
import { parseWhere } from '#shared/domain/condition/parse-where.ts';
import { call } from '../../../test/support/call-engine.ts';
import { countsOf, importTexts } from '../../../test/support/import-texts.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { openEngine, type Engine } from '../engine.ts';

/** An engagement with two touchpoints, and a risk signal that hangs on the first of them. */
async function withSignal() {
  const engine = await openEngine(memoryHost());
  const { id: account } = await call(engine, 'records.create', { table: 'account', values: { name: 'Acme' } });
  const { id: engagement } = await call(engine, 'records.create', { table: 'engagement', values: { title: 'Acme – Core', account } });
  const touchpoint = (name: string) =>
    call(engine, 'records.create', {
      table: 'touchpoint',
      values: { subject: name, engagement, heldOn: '2026-01-04' },
    });
  const first = await touchpoint('Kick-off');
  const second = await touchpoint('Review');
  const about = refTo('touchpoint', first.id);
  const values = { shortDescription: 'Sponsor left', engagement, about };
  const { id: signal } = await call(engine, 'records.create', { table: 'riskSignal', values });
  return { engine, engagement, first, second, signal, about };
}

const listed = async (engine: Engine, where: string) => {
  const { rows } = await call(engine, 'records.list', {
    table: 'riskSignal',
    condition: parseWhere(where, 'riskSignal'),
    window: { offset: 0, limit: 10 },
  });
  return rows.length;
};

test('REC-21 a risk signal hangs on a record of another type, which names it and lists it as related', async () => {
  const { engine, signal, first, about } = await withSignal();
  const read = await call(engine, 'records.get', { table: 'riskSignal', id: signal });
  expect(read.row['about']).toBe(about);
  expect(read.refs[first.id]).toMatchObject({ table: 'touchpoint', label: 'Kick-off', number: first.number });
  const { lists } = await call(engine, 'records.related', { table: 'touchpoint', id: first.id });
  expect(lists).toMatchObject([{ table: 'riskSignal', field: 'about', count: 1, first: [{ id: signal }] }]);
  await engine.close();
});

test('REC-21 what it hangs on must exist and be of a type that is allowed, and the message says which', async () => {
  const { engine, signal, engagement } = await withSignal();
  const change = (about: unknown) => call(engine, 'records.update', { table: 'riskSignal', id: signal, patch: { about } });
  await expect(change('touchpoint/nobody')).rejects.toMatchObject({ code: 'validation', message: expect.stringContaining('touchpoint') });
  await expect(change('user/u1')).rejects.toMatchObject({
    code: 'validation',
    message: expect.stringContaining('cannot be a record of type user'),
  });
  await expect(change('Kick-off')).rejects.toMatchObject({ code: 'validation' });
  await change(refTo('engagement', engagement));
  await change(null);
  expect(engine.context.view.get('riskSignal', signal)?.about).toBeUndefined();
  await engine.close();
});

test('REC-21 deleting what it hangs on empties the field, and undo fills it again', async () => {
  const { engine, signal, first, about } = await withSignal();
  await call(engine, 'records.delete', { table: 'touchpoint', id: first.id });
  expect(engine.context.view.get('riskSignal', signal)?.about).toBeUndefined();
  await call(engine, 'records.undo', {});
  expect(engine.context.view.get('riskSignal', signal)?.about).toBe(about);
  await engine.close();
});

test('REC-36 conditions find it by record, number, name and emptiness; lists put it in order by name', async () => {
  const { engine, engagement, first, second, about } = await withSignal();
  const more = { shortDescription: 'Slow', engagement, about: refTo('touchpoint', second.id) };
  await call(engine, 'records.create', { table: 'riskSignal', values: more });
  await call(engine, 'records.create', { table: 'riskSignal', values: { shortDescription: 'None', engagement } });
  for (const [where, count] of [
    [`about = ${about}`, 1],
    [`about = ${first.number}`, 1],
    ['about = "kick-off"', 1],
    ['about contains "e"', 1],
    [`about in (${first.number}, ${second.number})`, 2],
    ['about is empty', 1],
    ['about is not empty', 2],
    [`about != ${first.number}`, 2],
  ] as const)
    expect([where, await listed(engine, where)]).toEqual([where, count]);
  const { rows } = await call(engine, 'records.list', {
    table: 'riskSignal',
    sort: [{ field: 'about', direction: 'down' }],
    window: { offset: 0, limit: 10 },
  });
  expect(rows.map(({ row }) => row['shortDescription'])).toEqual(['Slow', 'Sponsor left', 'None']);
  await engine.close();
});

test('ONB-04 files name it by number, by type with external ID or name, or by what only one record is called', async () => {
  const { engine, engagement, first } = await withSignal();
  await call(engine, 'records.update', { table: 'touchpoint', id: first.id, patch: { externalId: 'T-1' } });
  const number = engine.context.view.get('engagement', engagement)?.number;
  const rows = [first.number, 'Touchpoint: T-1', 'touchpoint: Review', `touchpoint/${first.id}`, number, 'Review', 'Nothing'];
  const lines = rows.map((about, at) => `R${at},Risk ${at},${number},${about}`);
  await importTexts(engine, { 'risk signals.csv': `external id,short description,engagement,about\n${lines.join('\n')}\n` });
  const abouts = [...engine.context.view.all('riskSignal')].filter(({ externalId }) => externalId !== undefined).map(({ about }) => about);
  const review = [...engine.context.view.all('touchpoint')].find(({ subject }) => subject === 'Review')?.id ?? '';
  const kickOff = refTo('touchpoint', first.id);
  expect(abouts).toEqual([
    kickOff,
    kickOff,
    refTo('touchpoint', review),
    kickOff,
    refTo('engagement', engagement),
    refTo('touchpoint', review),
    undefined,
  ]);
  await engine.close();
});

test('an export names it by type, name and number, and brought in again it changes nothing', async () => {
  const { engine, first } = await withSignal();
  const { bytes, fileName } = await call(engine, 'export.table', { table: 'riskSignal', format: 'csv' });
  const text = new TextDecoder().decode(bytes);
  expect(text).toContain('About,About number');
  expect(text).toContain(`Touchpoint: Kick-off,${first.number}`);
  const state = await call(engine, 'import.open', { files: [{ name: fileName, bytes }] });
  expect([state.problems, state.questions]).toEqual([{ errors: 0, warnings: 0 }, []]);
  expect(countsOf(state)['riskSignal']).toEqual([0, 0, 1, 0]);
  await engine.close();
});
