import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attach } from '../../../test/support/attach.ts';
import { ask, becomes } from '../../../test/support/call-as.ts';
import { change, engineAsOf } from '../../../test/support/portfolio-engine.ts';
import { conditionInWords } from '#shared/domain/condition/condition-in-words.ts';
import type { Engine } from '../engine.ts';
import { callersOf } from './callers.ts';

let engine: Engine;
const ids: Record<string, string> = {};
const id = (name: string): string => ids[name] ?? name;
const window = { offset: 0, limit: 100 };

/** Ann works for Acme, Zoe for Zeta; Cus is Acme's contact and signs in. */
beforeEach(async () => {
  engine = await engineAsOf('2025-06-15');
  await change(engine, (draft) => {
    const user = (name: string, roles: readonly string[]) => {
      ids[name] = draft.create('user', { name, roles });
    };
    user('Root', ['administrator']);
    user('Ann', ['successAgent']);
    user('Zoe', ['successAgent']);
    user('Eve', ['viewer']);
    user('Cus', ['customer']);
    ids['acme'] = draft.create('account', { name: 'Acme' });
    ids['zeta'] = draft.create('account', { name: 'Zeta', owner: id('Zoe') });
    ids['contact'] = draft.create('contact', { name: 'Cus Tomer', account: id('acme'), user: id('Cus') });
    ids['care'] = draft.create('engagement', { title: 'Acme Care', account: id('acme'), csm: id('Ann'), keyContact: id('contact') });
    ids['risk'] = draft.create('riskSignal', { shortDescription: 'Sponsor left', engagement: id('care'), category: 'other' });
    ids['objective'] = draft.create('successObjective', { title: 'Grow', engagement: id('care'), description: 'More sites' });
  });
});
afterEach(() => engine.close());

describe('REC-34 an approval', () => {
  const requested = async (approver: string): Promise<string> =>
    (
      await ask(engine, 'records.create', {
        table: 'approval',
        values: { about: `successObjective/${id('objective')}`, approver, requestedBy: id('Ann') },
      })
    ).id;
  const decide = (approval: string, patch: Record<string, unknown>) =>
    ask(engine, 'records.update', { table: 'approval', id: approval, patch });

  test('is not decided by whoever asks for it, nor by naming oneself', async () => {
    await becomes(engine, id('Ann'));
    const approval = await requested(id('Eve'));
    for (const state of ['approved', 'rejected'])
      await expect(decide(approval, { state, reason: 'Fine' })).rejects.toMatchObject({
        code: 'permission',
        message: 'Only the approver decides on an approval. Ask Eve or an administrator.',
        details: { rule: 'REC-34', field: 'state' },
      });
    await expect(decide(approval, { approver: id('Ann') })).rejects.toMatchObject({ details: { rule: 'REC-34', field: 'approver' } });
    await expect(
      ask(engine, 'records.create', {
        table: 'approval',
        values: { about: `successObjective/${id('objective')}`, approver: id('Eve'), state: 'approved' },
      }),
    ).rejects.toMatchObject({ details: { rule: 'REC-34' } });
    // what is no decision stays open to whoever works on it
    await decide(approval, { approver: id('Zoe') });
    await decide(approval, { state: 'withdrawn' });
  });

  test('is decided by whom it names, even if they may only look, and by an administrator', async () => {
    await becomes(engine, id('Ann'));
    const [first, second] = [await requested(id('Eve')), await requested(id('Eve'))];
    await becomes(engine, id('Eve'));
    await decide(first, { state: 'rejected', reason: 'Too vague' });
    expect(engine.context.view.get('approval', first)).toMatchObject({ state: 'rejected', decidedOn: '2025-06-15' });
    await expect(decide(second, { description: 'More' })).rejects.toMatchObject({ code: 'permission' });
    await becomes(engine, id('Root'));
    await decide(second, { state: 'approved' });
    expect(engine.context.view.get('approval', second)).toMatchObject({ state: 'approved' });
  });
});

test('REC-33 REC-32 a customer sees the files of the records that they see, where they are marked for them', async () => {
  const onObjective = `successObjective/${id('objective')}`;
  const shared = await attach(engine, onObjective, { name: 'Plan.pdf', bytes: new Uint8Array([1, 2]), mediaType: 'application/pdf' });
  const internal = await attach(engine, onObjective, { name: 'Margin.pdf', bytes: new Uint8Array([3]), mediaType: 'application/pdf' });
  const onRisk = await attach(engine, `riskSignal/${id('risk')}`, {
    name: 'Risk.pdf',
    bytes: new Uint8Array([4]),
    mediaType: 'application/pdf',
  });
  await becomes(engine, id('Ann'));
  for (const file of [shared, onRisk])
    await ask(engine, 'records.update', { table: 'attachment', id: file.id, patch: { visibleToCustomer: true } });

  await becomes(engine, id('Cus'));
  const names = async (about: string) => (await ask(engine, 'attachments.list', { about })).attachments.map(({ name }) => name);
  expect(await names(onObjective)).toEqual(['Plan.pdf']);
  // of what they do not see, nothing that hangs on it
  expect(await names(`riskSignal/${id('risk')}`)).toEqual([]);
  const read = (file: string) => ask(engine, 'attachments.read', { id: file, from: 0, length: 10 });
  expect((await read(shared.id)).bytes).toEqual(new Uint8Array([1, 2]));
  for (const { id: hidden } of [internal, onRisk]) await expect(read(hidden)).rejects.toMatchObject({ code: 'not-found' });
  await expect(
    ask(engine, 'records.update', { table: 'attachment', id: shared.id, patch: { visibleToCustomer: false } }),
  ).rejects.toMatchObject({ code: 'permission' });
});

test('REC-32 an administrator of no domain sees what is private to others, those of a domain do not', async () => {
  await becomes(engine, id('Ann'));
  const { id: filter } = await ask(engine, 'records.create', {
    table: 'savedFilter',
    values: { name: 'Mine', list: 'account', owner: id('Ann'), condition: { field: 'name', op: 'is', value: 'Acme' } },
  });
  const seen = async () => (await ask(engine, 'records.list', { table: 'savedFilter', window })).rows.map(({ row }) => row.id);
  await becomes(engine, id('Zoe'));
  expect(await seen()).toEqual([]);
  await becomes(engine, id('Root'));
  expect(await seen()).toEqual([filter]);
  await change(engine, (draft) => draft.update('user', id('Root'), { domain: draft.create('domain', { name: 'North' }) }));
  expect(await seen()).toEqual([]);
});

test('REC-32 a condition that names a hidden record says no more than that there is one', async () => {
  await becomes(engine, id('Ann'));
  const condition = { field: 'account', op: 'isOneOf', value: [id('acme'), id('zeta')] } as const;
  expect(conditionInWords(condition, 'engagement', engine.context.view)).toBe('account is one of Acme or Zeta');
  const { context } = callersOf(engine.context).now();
  expect(conditionInWords(condition, 'engagement', context.view)).toBe('account is one of Acme or a record that you cannot see');
});
