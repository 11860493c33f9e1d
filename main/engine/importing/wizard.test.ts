import { describe, expect, test } from 'vitest';
import { openEngine, type Engine } from '#engine/engine.ts';
import { call } from '../../../test/support/call-engine.ts';
import { countsOf, importTexts, openTexts } from '../../../test/support/import-texts.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { filesOf } from '../../../test/support/read-set.ts';

const open = (): Promise<Engine> => openEngine(memoryHost());
const accounts = 'account_id,name,employees\nA1,Alpha,10\nA2,Beta,20\n';

describe('ONB-04 the wizard', () => {
  test('columns, targets and choices can be changed, and unknown ones are refused', async () => {
    const engine = await open();
    const { sessionId } = await openTexts(engine, { 'accounts.csv': 'account_id,name,note\nA1,Alpha,hello\n' });
    const mapped = await call(engine, 'import.change', { sessionId, sheetId: '1', column: 2, field: 'industry' });
    expect(mapped.sheets[0]?.columns[2]).toMatchObject({ field: 'industry' });
    expect(mapped.sheets[0]?.columns[2]?.reason).toBeUndefined();
    await expect(call(engine, 'import.change', { sessionId, sheetId: '1', column: 2, field: 'active' })).rejects.toMatchObject({
      code: 'validation',
    });
    await expect(call(engine, 'import.change', { sessionId, sheetId: '9', into: 'user' })).rejects.toMatchObject({ code: 'not-found' });
    const out = await call(engine, 'import.change', { sessionId, sheetId: '1', into: null });
    expect(out.sheets[0]).not.toHaveProperty('into');
    expect(out.counts).toEqual([]);
    await engine.close();
  });

  test('what was done survives a restart of the engine', async () => {
    const host = memoryHost();
    const first = await openEngine(host);
    const { sessionId } = await openTexts(first, { 'accounts.csv': 'account_id,name,employees\nA1,Alpha,ten\n' });
    await call(first, 'import.change', { sessionId, sheetId: '1', repair: { line: 2, column: 2, value: '10' } });
    await call(first, 'import.change', { sessionId, engagements: 'perAccount' });
    await first.close();
    const again = await openEngine(memoryHost({ indexedDB: host.indexedDB }));
    expect(await call(again, 'import.drafts', {})).toMatchObject({ drafts: [{ sessionId, files: ['accounts.csv'] }] });
    const state = await call(again, 'import.session', { sessionId });
    expect(countsOf(state)).toEqual({ account: [1, 0, 0, 0], engagement: [1, 0, 0, 0] });
    await call(again, 'import.commit', { sessionId });
    expect(await call(again, 'import.drafts', {})).toEqual({ drafts: [] });
    await expect(call(again, 'import.session', { sessionId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
    await again.close();
  });

  test('a commit whose answer was lost is answered again after a restart, and changes nothing twice', async () => {
    const host = memoryHost();
    const first = await openEngine(host);
    const { sessionId } = await openTexts(first, { 'accounts.csv': accounts });
    const done = await call(first, 'import.commit', { sessionId }, { commandId: 'once' });
    await first.close();
    const again = await openEngine(memoryHost({ indexedDB: host.indexedDB }));
    expect(await call(again, 'import.commit', { sessionId }, { commandId: 'once' })).toEqual(done);
    expect(again.context.view.count('account')).toBe(2);
    await again.close();
  });

  test('UX-05 a cancelled import leaves nothing behind and can be brought in later', async () => {
    const engine = await open();
    const lines = Array.from({ length: 5_000 }, (_, index) => `A${index},Account ${index}`);
    const { sessionId } = await openTexts(engine, { 'accounts.csv': `account_id,name\n${lines.join('\n')}\n` });
    const stop = new AbortController();
    const steps: string[] = [];
    const committing = call(
      engine,
      'import.commit',
      { sessionId },
      {
        signal: stop.signal,
        progress: ({ step, done }) => {
          steps.push(`${step} ${done}`);
          stop.abort();
        },
      },
    );
    await expect(committing).rejects.toMatchObject({ code: 'cancelled' });
    expect(steps[0]).toMatch(/^Bringing in records \d+$/);
    expect(engine.context.view.count('account')).toBe(0);
    expect(await call(engine, 'import.commit', { sessionId })).toMatchObject({ created: 5_000 });
    await engine.close();
  });

  test('a mapping is remembered as a profile and known again by its headings', async () => {
    const engine = await open();
    const file = { 'export.csv': 'kd nr,firma,branche\nA1,Alpha,Shipping\n' };
    const { sessionId } = await openTexts(engine, file);
    await call(engine, 'import.change', { sessionId, sheetId: '1', into: 'account' });
    for (const [column, field] of ['externalId', 'name', 'industry'].entries())
      await call(engine, 'import.change', { sessionId, sheetId: '1', column, field });
    await call(engine, 'import.saveProfile', { sessionId, name: 'Our CRM' });
    await call(engine, 'import.saveProfile', { sessionId, name: 'Our CRM' });
    expect(engine.context.view.count('importProfile')).toBe(1);
    const again = await openTexts(engine, { 'other.csv': 'kd nr,firma,branche\nA2,Beta,Banking\n' });
    expect(again.profile).toBe('Our CRM');
    expect(again.sheets[0]).toMatchObject({ into: 'account', reason: 'As in the profile “Our CRM”' });
    expect(countsOf(again)).toEqual({ account: [1, 0, 0, 0] });
    await expect(call(engine, 'import.open', { files: [...filesOf(file)], profile: 'Nobody' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await engine.close();
  });

  test('a hostile file is refused and the engine goes on', async () => {
    const engine = await open();
    const xls = { name: 'old.xls', bytes: Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]) };
    await expect(call(engine, 'import.open', { files: [xls] })).rejects.toMatchObject({ code: 'file', details: { file: 'old.xls' } });
    expect(await importTexts(engine, { 'accounts.csv': accounts })).toMatchObject({ created: 2 });
    await engine.close();
  });
});

describe('ONB-10 engagements are offered', () => {
  const set = {
    'accounts.csv': 'account_id,name,owner,signup date\nA1,Alpha,Kim,2020-01-01\nA2,Beta,Kim,2023-12-01\nA3,Gamma,,2020-01-01\n',
    'subscriptions.csv':
      'subscription_id,account_id,plan,start date,end date\nS1,A1,Pro,2023-03-01,\nS2,A1,Basic,2023-02-01,2024-02-01\nS3,A3,Pro,2022-01-01,2023-01-01\n',
  };

  test('one for each account, with owner, stage, renewal, contracts and sold products', async () => {
    const engine = await open();
    const { view } = engine.context;
    await call(engine, 'workspace.set', { key: 'asOf', value: '2023-12-31' });
    const { sessionId, engagementCounts } = await openTexts(engine, set);
    expect(engagementCounts).toEqual({ perAccount: 3, perAccountAndProduct: 4 });
    await call(engine, 'import.change', { sessionId, engagements: 'perAccount' });
    await call(engine, 'import.commit', { sessionId });
    const [kim] = view.all('user');
    const all = [...view.all('engagement')];
    expect(all.map(({ title, stage, renewalDate }) => [title, stage, renewalDate])).toEqual([
      ['Alpha', 'renew', '2024-02-01'],
      ['Beta', 'onboarding', undefined],
      ['Gamma', 'lost', undefined],
    ]);
    expect(all[0]).toMatchObject({ csm: kim?.id, accountManager: kim?.id });
    expect(view.by('engagementContract', 'engagement', all[0]?.id ?? '')).toHaveLength(2);
    expect(view.by('engagementSoldProduct', 'engagement', all[0]?.id ?? '')).toHaveLength(2);
    const again = await openTexts(engine, set);
    expect(again.engagementCounts).toEqual({ perAccount: 0, perAccountAndProduct: 3 });
    await engine.close();
  });

  test('one for each account and product', async () => {
    const engine = await open();
    const { sessionId } = await openTexts(engine, set);
    await call(engine, 'import.change', { sessionId, engagements: 'perAccountAndProduct' });
    await call(engine, 'import.commit', { sessionId });
    const { view } = engine.context;
    expect([...view.all('engagement')].map(({ title }) => title)).toEqual(['Alpha – Pro', 'Alpha – Basic', 'Beta', 'Gamma – Pro']);
    expect([...view.all('engagement')].map(({ id }) => view.by('engagementContract', 'engagement', id).length)).toEqual([1, 1, 0, 1]);
    await engine.close();
  });
});
