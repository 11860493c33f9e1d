import type { PulledRow, PullPage } from '#shared/contract/sync-contract.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storage } from '../../server/storage/storage.ts';
import { openCentral, type Central, type TestDevice } from './central.ts';

/** What the central store promises, on whatever database: push, two people at once, scopes. */
export function syncSuite(storage: () => Promise<Storage>): void {
  let central: Central;
  let kim: TestDevice;
  let lee: TestDevice;
  let boss: TestDevice;
  let account: string;
  let engagement: string;

  beforeAll(async () => {
    central = await openCentral(await storage());
    await central.person('boss');
    await central.person('kim', { manager: 'boss' });
    await central.person('lee', { manager: 'boss' });
    kim = await central.device('kim');
    lee = await central.device('lee');
    boss = await central.device('boss');
    account = await kim.create('account', { name: 'Acme', owner: kim.user });
    engagement = await kim.create('engagement', { title: 'Care', account, csm: kim.user });
    await Promise.all([kim.pull(), boss.pull(), lee.pull()]);
  });
  afterAll(() => central.close());

  describe('push', () => {
    test('S3 rules run on the server: what follows from a change comes with it', async () => {
      const id = await kim.create('touchpoint', { subject: 'Call', engagement, heldOn: '2026-05-01' });
      await kim.pull();
      expect(kim.row('touchpoint', id)?.values).toMatchObject({ account, progress: 'notStarted', createdBy: kim.user });
      expect(kim.row('engagement', engagement)?.values).toMatchObject({ lastTouchpoint: '2026-05-01' });
    });

    test('SYN-05 a refused intent says which rule and why, and its neighbours go in', async () => {
      const [first, bad, last] = [
        kim.intent([{ action: 'create', table: 'contact', id: central.newId(), values: { name: 'Ann', account } }]),
        kim.intent([{ action: 'update', table: 'account', id: account, patch: { parent: account }, base: { version: 1, fields: {} } }]),
        kim.intent([{ action: 'create', table: 'contact', id: central.newId(), values: { name: 'Bea', account } }]),
      ];
      const { answers, acknowledged } = await kim.push([first, bad, last]);
      expect(answers.map(({ outcome }) => outcome)).toEqual(['applied', 'refused', 'applied']);
      expect(answers[1]?.error).toMatchObject({ code: 'rule', details: { rule: 'BR-07' } });
      expect(acknowledged).toBe(last.seq);
    });

    test('S3 all operations of an intent come in, or none', async () => {
      const id = central.newId();
      const answer = await kim.send([
        { action: 'create', table: 'contact', id, values: { name: 'Half', account } },
        { action: 'create', table: 'contact', id: central.newId(), values: { account } },
      ]);
      expect(answer).toMatchObject({ outcome: 'refused', error: { details: { rule: 'BR-01' } } });
      await kim.pull();
      expect(kim.row('contact', id)).toBeUndefined();
    });

    test('S3 an intent that cannot be read is refused by itself', async () => {
      const good = { ...kim.intent([{ action: 'create', table: 'contact', id: central.newId(), values: { name: 'Cid', account } }]) };
      const bad = kim.intent([{ action: 'explode' } as never]);
      const { answers } = await kim.push([good, bad]);
      expect(answers.map(({ outcome, error }) => [outcome, error?.code])).toEqual([
        ['applied', undefined],
        ['refused', 'contract'],
      ]);
    });

    test('S3 what only the database finds wrong is refused alone', async () => {
      const id = central.newId();
      const bad = kim.intent([
        {
          action: 'create',
          table: 'savedFilter',
          id,
          values: { name: 'F', list: 'account', condition: { all: [] }, sort: { key: 'a\u0000b' } },
        },
      ]);
      const good = kim.intent([{ action: 'create', table: 'contact', id: central.newId(), values: { name: 'Dee', account } }]);
      const { answers, acknowledged } = await kim.push([bad, good]);
      expect(answers.map(({ outcome }) => outcome)).toEqual(['refused', 'applied']);
      expect(acknowledged).toBe(good.seq);
    });

    test('S3 sent again, an intent gets its stored answer and nothing is done twice', async () => {
      const made = kim.intent([
        {
          action: 'update',
          table: 'engagement',
          id: engagement,
          patch: { workNotes: { add: [{ at: '2026-05-05T09:00:00.000Z', by: kim.user, text: 'Once' }] } },
          base: { version: 1, fields: {} },
        },
      ]);
      const first = await kim.push([made]);
      expect(await kim.push([made])).toEqual(first);
      await kim.pull();
      expect(kim.row('engagement', engagement)?.values?.['workNotes']).toEqual([
        { at: '2026-05-05T09:00:00.000Z', by: kim.user, text: 'Once' },
      ]);
    });

    test('S3 a gap stops the batch and says from where to send', async () => {
      const skipped = kim.intent([{ action: 'create', table: 'contact', id: central.newId(), values: { name: 'Eve', account } }]);
      const early = kim.intent([{ action: 'create', table: 'contact', id: central.newId(), values: { name: 'Fay', account } }]);
      expect(await kim.push([early])).toMatchObject({ answers: [], gap: skipped.seq });
      expect((await kim.push([skipped, early])).answers.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    });

    test('S13 a push that speaks of a server before it was put back is refused as a whole', async () => {
      const made = kim.intent([{ action: 'create', table: 'contact', id: central.newId(), values: { name: 'Flo', account } }]);
      await expect(kim.push([made], { epoch: 'of before' })).rejects.toThrow(/^409 .*restored/);
      expect(await kim.push([made], { epoch: kim.tokens.epoch })).toMatchObject({ answers: [{ outcome: 'applied' }] });
    });

    test('S1 an intent sent again under another number, by a device that was restored, is done once', async () => {
      const id = central.newId();
      const made = kim.intent([{ action: 'create', table: 'contact', id, values: { name: 'Gil', account } }]);
      await kim.push([made]);
      const again = { ...made, seq: kim.intent([]).seq };
      expect((await kim.push([again])).answers).toMatchObject([{ seq: again.seq, id: made.id, outcome: 'applied' }]);
      await kim.pull();
      expect(kim.row('contact', id)?.version).toBe(1);
    });

    test('S2 a clock that is wrong by a day is told and blocks nothing', async () => {
      const reply = await kim.push(
        [kim.intent([{ action: 'create', table: 'contact', id: central.newId(), values: { name: 'Hal', account } }])],
        {
          deviceTime: '2026-05-06T10:00:00.000Z',
        },
      );
      expect(reply).toMatchObject({ skewMs: 86_400_000, clockIsWrong: true, answers: [{ outcome: 'applied' }] });
    });

    test('S14 an intent of a newer schema is refused with what to do', async () => {
      const made = kim.intent([{ action: 'create', table: 'contact', id: central.newId(), values: { name: 'Ida', account } }], {
        schemaVersion: 99,
      });
      expect((await kim.push([made])).answers[0]).toMatchObject({ outcome: 'refused', error: { code: 'contract' } });
    });

    test('a number that is taken is replaced, and the device is told', async () => {
      const [one, two] = [central.newId(), central.newId()];
      await kim.send([{ action: 'create', table: 'contact', id: one, number: 'CNT0000001', values: { name: 'Jo', account } }]);
      const answer = await kim.send([
        { action: 'create', table: 'contact', id: two, number: 'CNT0000001', values: { name: 'Jay', account } },
      ]);
      await kim.pull();
      const number = kim.row('contact', two)?.values?.['number'];
      expect(number).not.toBe(kim.row('contact', one)?.values?.['number']);
      if (kim.row('contact', one)?.values?.['number'] === 'CNT0000001') expect(answer.numbers).toEqual({ [`contact/${two}`]: number });
    });

    test('S12 deletions of over half of what there is ask first', async () => {
      const nan = await central.person('nan').then(() => central.device('nan'));
      const own = await nan.create('account', { name: 'Own', owner: nan.user });
      const ids = Array.from({ length: 60 }, () => central.newId());
      await nan.send(ids.map((id) => ({ action: 'create', table: 'contact', id, values: { name: id, account: own } })));
      const made = nan.intent(ids.map((id) => ({ action: 'delete', table: 'contact', id, base: { version: 1 } })));
      const asked = await nan.push([made]);
      expect(asked).toMatchObject({ answers: [], confirmDeletions: { deleted: 60 } });
      expect((await nan.push([made], { deletionsConfirmed: true })).answers[0]?.outcome).toBe('applied');
    });
  });

  describe('two people', () => {
    test('SYN-03 edits of different fields both survive', async () => {
      await Promise.all([kim.pull(), boss.pull()]);
      expect(await kim.update('engagement', engagement, { title: 'Care plus' })).toMatchObject({ outcome: 'applied' });
      expect(await boss.update('engagement', engagement, { externalId: 'X-1' })).toMatchObject({ outcome: 'applied' });
      await Promise.all([kim.pull(), boss.pull()]);
      expect(kim.row('engagement', engagement)?.values).toMatchObject({ title: 'Care plus', externalId: 'X-1' });
      expect(kim.row('engagement', engagement)).toEqual(boss.row('engagement', engagement));
    });

    test('SYN-04 the same field: the first stays, the second is kept for review with base, theirs and mine', async () => {
      const answer = await kim.update('engagement', engagement, { stage: 'adoption' });
      expect(answer.outcome).toBe('applied');
      const late = await boss.update('engagement', engagement, { stage: 'expand', description: 'By the boss' });
      expect(late.outcome).toBe('conflict');
      await Promise.all([kim.pull(), boss.pull()]);
      expect(boss.row('engagement', engagement)?.values).toMatchObject({ stage: 'adoption', description: 'By the boss' });
      const [conflict = ''] = late.conflicts ?? [];
      const expected = {
        kind: 'fields',
        author: boss.user,
        owner: kim.user,
        fields: [{ field: 'stage', base: 'onboarding', theirs: 'adoption', mine: 'expand' }],
      };
      expect(boss.row('syncConflict', conflict)?.values).toMatchObject(expected);
      expect(kim.row('syncConflict', conflict)?.values).toMatchObject(expected);
      expect(lee.row('syncConflict', conflict)).toBeUndefined();
      // S5 resolving it is an ordinary intent
      expect((await boss.update('syncConflict', conflict, { resolved: true, resolution: 'theirs' })).outcome).toBe('applied');
      expect((await boss.update('syncConflict', conflict, { kind: 'deleted' })).error?.code).toBe('permission');
      expect((await boss.send([{ action: 'delete', table: 'syncConflict', id: conflict, base: { version: 9 } }])).error?.code).toBe(
        'permission',
      );
    });

    test('SYN-04 whatever the last one to arrive says holds where a field says nothing else', async () => {
      await Promise.all([kim.pull(), boss.pull()]);
      await kim.update('engagement', engagement, { description: 'Kim' });
      expect(await boss.update('engagement', engagement, { description: 'Boss' })).toMatchObject({
        outcome: 'merged',
        merged: [`engagement/${engagement}.description`],
      });
      await kim.pull();
      expect(kim.row('engagement', engagement)?.values?.['description']).toBe('Boss');
    });

    test('S6 a deletion wins over an edit, and the edit is kept', async () => {
      const id = await kim.create('contact', { name: 'Kay', account });
      await Promise.all([kim.pull(), boss.pull()]);
      expect((await kim.send([{ action: 'delete', table: 'contact', id, base: { version: 1 } }])).outcome).toBe('applied');
      const edit = await boss.update('contact', id, { name: 'Kay Two' });
      expect(edit.outcome).toBe('conflict');
      await boss.pull();
      expect(boss.row('contact', id)).toBeUndefined();
      expect(boss.row('syncConflict', edit.conflicts?.[0] ?? '')?.values).toMatchObject({
        kind: 'deleted',
        fields: [{ field: 'name', mine: 'Kay Two' }],
      });
    });

    test('S6 the other way round: what was edited before a deletion is kept for whoever edited it', async () => {
      const id = await kim.create('contact', { name: 'Lou', account });
      await Promise.all([kim.pull(), boss.pull()]);
      await boss.update('contact', id, { name: 'Lou Two' });
      const removal = await kim.send([{ action: 'delete', table: 'contact', id, base: { version: 1 } }]);
      expect(removal.outcome).toBe('conflict');
      await boss.pull();
      expect(boss.row('syncConflict', removal.conflicts?.[0] ?? '')?.values).toMatchObject({
        kind: 'deleted',
        author: boss.user,
        record: { name: 'Lou Two' },
      });
      // restored by taking the deletion back
      const back = await kim.send([{ action: 'create', table: 'contact', id, values: { name: 'Lou Two', account } }], { kind: 'undo' });
      expect(back.outcome).toBe('applied');
      await boss.pull();
      expect(boss.row('contact', id)).toMatchObject({ version: 4, values: { name: 'Lou Two' } });
    });

    test('S6 what was made for a record that is gone is kept whole', async () => {
      const other = await kim.create('engagement', { title: 'Short', account, csm: kim.user });
      await boss.pull();
      await kim.send([{ action: 'delete', table: 'engagement', id: other, base: { version: 1 } }]);
      const orphan = await boss.send([
        { action: 'create', table: 'touchpoint', id: central.newId(), values: { subject: 'Too late', engagement: other } },
      ]);
      expect(orphan.outcome).toBe('conflict');
      await boss.pull();
      expect(boss.row('syncConflict', orphan.conflicts?.[0] ?? '')?.values).toMatchObject({
        kind: 'orphan',
        record: { subject: 'Too late', engagement: other },
      });
      expect(boss.row('engagement', other)).toBeUndefined();
    });

    test('S4 closing what someone else has changed the state of is a conflict about the state; twice the same is none', async () => {
      const id = await kim.create('touchpoint', { subject: 'Review', engagement });
      await Promise.all([kim.pull(), boss.pull()]);
      await kim.update('touchpoint', id, { state: 'inProgress' });
      const base = { version: 1, fields: { state: 'new' } };
      const close = { action: 'close', table: 'touchpoint', id, closureCode: 'addressed', closeNotes: 'Done' } as const;
      expect(await boss.send([{ ...close, base }])).toMatchObject({ outcome: 'conflict' });
      await boss.pull();
      expect(
        await boss.send([{ ...close, base: { version: boss.row('touchpoint', id)?.version ?? 0, fields: { state: 'inProgress' } } }]),
      ).toMatchObject({ outcome: 'applied' });
      expect(await kim.send([{ ...close, base }])).toMatchObject({ outcome: 'superseded' });
      // the same end with other words is not the same
      expect(await kim.send([{ ...close, closeNotes: 'Done, they say', base }])).toMatchObject({ outcome: 'conflict' });
      await kim.pull();
      expect(kim.row('touchpoint', id)?.values).toMatchObject({
        state: 'closed',
        active: false,
        closedBy: boss.user,
        progress: 'completed',
      });
    });

    test('a note is written under one’s own name only', async () => {
      const patch = { workNotes: { add: [{ at: '2026-05-05T09:00:00.000Z', by: boss.user, text: 'As the boss' }] } };
      expect((await kim.update('engagement', engagement, patch)).error?.code).toBe('permission');
    });
  });

  describe('scopes', () => {
    test('SYN-06 everyone has their own engagements and those of the people below them, and nothing else', async () => {
      await Promise.all([kim.pull(), lee.pull(), boss.pull()]);
      expect(kim.row('engagement', engagement)).toBeDefined();
      expect(boss.row('engagement', engagement)).toBeDefined();
      expect(lee.row('engagement', engagement)).toBeUndefined();
      expect([...lee.rows.values()].filter(({ scope }) => scope.startsWith('engagement:') || scope.startsWith('account:'))).toEqual([]);
      // people are shared
      expect(lee.row('user', kim.user)).toBeDefined();
    });

    test('S9 handed on, an engagement is filled for the one and forgotten by the other', async () => {
      const own = await kim.create('account', { name: 'Handed on', owner: kim.user });
      const moved = await kim.create('engagement', { title: 'Handed on', account: own, csm: kim.user });
      const note = await kim.create('touchpoint', { subject: 'Before', engagement: moved });
      await Promise.all([kim.pull(), lee.pull()]);
      const version = kim.row('engagement', moved)?.version ?? 0;
      const answer = await kim.send([
        { action: 'update', table: 'engagement', id: moved, patch: { csm: lee.user }, base: { version, fields: { csm: kim.user } } },
        { action: 'update', table: 'account', id: own, patch: { owner: lee.user }, base: { version: 1, fields: { owner: kim.user } } },
      ]);
      expect(answer.outcome).toBe('applied');
      const pages = await kim.pull();
      expect(pages.flatMap(({ forget }) => forget).toSorted()).toEqual([`account:${own}`, `engagement:${moved}`]);
      expect(kim.row('touchpoint', note)).toBeUndefined();
      await lee.pull();
      expect(lee.row('touchpoint', note)?.values).toMatchObject({ subject: 'Before' });
      expect(lee.row('account', own)?.values).toMatchObject({ name: 'Handed on' });
      // what the one still sends for it is refused in words that tell nothing
      const late = await kim.send([
        { action: 'update', table: 'touchpoint', id: note, patch: { subject: 'After' }, base: { version: 1, fields: {} } },
      ]);
      const never = await kim.send([
        { action: 'update', table: 'touchpoint', id: central.newId(), patch: { subject: 'After' }, base: { version: 1, fields: {} } },
      ]);
      expect(late.error?.message).toBe(never.error?.message);
      expect(late.error?.code).toBe('not-found');
    });

    test('S9 a record that moves to an engagement of someone else is forgotten by itself', async () => {
      const theirs = await lee.create('account', { name: 'Lee and boss', owner: lee.user });
      const target = await lee.create('engagement', { title: 'Target', account: theirs, csm: lee.user });
      const id = await boss.create('touchpoint', { subject: 'Wanders', engagement });
      await Promise.all([kim.pull(), lee.pull(), boss.pull()]);
      expect(kim.row('touchpoint', id)).toBeDefined();
      expect((await boss.update('touchpoint', id, { engagement: target })).outcome).toBe('applied');
      const pages = await kim.pull();
      expect(pages.flatMap(({ forgetRows }) => forgetRows)).toEqual([{ table: 'touchpoint', id }]);
      await lee.pull();
      expect(lee.row('touchpoint', id)?.values).toMatchObject({ subject: 'Wanders', account: theirs });
    });

    test('S9 a person’s own records are theirs alone, their manager not excepted', async () => {
      const id = await kim.create('savedFilter', { name: 'Mine', list: 'account', condition: { all: [] }, owner: kim.user });
      await Promise.all([kim.pull(), boss.pull()]);
      expect([kim.row('savedFilter', id) !== undefined, boss.row('savedFilter', id)]).toEqual([true, undefined]);
    });

    test('S8, S11 small pages bring the same as large ones, in a first load and after it', async () => {
      const again = await central.device('boss', 'Second');
      const pages = await again.pull(3);
      expect(pages.length).toBeGreaterThan(5);
      expect(pages[0]?.filling).toBeDefined();
      expect(pages.every(({ rows }) => rows.length <= 3)).toBe(true);
      await boss.pull();
      const plain = (device: TestDevice) => [...device.rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(plain(again)).toEqual(plain(boss));
    });

    test('S11 a first load goes on where it was cut, and what changes meanwhile is not missed', async () => {
      const again = await central.device('boss', 'Third');
      const first = await again.call('GET', '/v1/pull?limit=5');
      expect(first.status).toBe(200);
      const id = await kim.create('contact', { name: 'Meanwhile', account });
      await again.pull(5);
      expect(again.row('contact', id)).toBeDefined();
    });

    test('S12 checksums are those of what the person has, and none of anything else', async () => {
      await kim.pull();
      const scopesOf = async (device: TestDevice): Promise<readonly string[]> => {
        const { body } = await device.call('GET', '/v1/checksums');
        return Object.keys((body as { checksums: Record<string, string> }).checksums); // the contract's reply
      };
      const scopes = (await scopesOf(kim)).toSorted();
      expect(scopes).toEqual(expect.arrayContaining([`engagement:${engagement}`, 'shared']));
      expect(scopes).toEqual([...new Set([...kim.rows.values()].map(({ scope }) => scope))].toSorted());
      expect(await scopesOf(lee)).not.toContain(`engagement:${engagement}`);
    });

    test('S12 one scope comes by itself, in pages, as it is now; one that is not the person’s is to be forgotten', async () => {
      await kim.pull();
      const scope = `engagement:${engagement}`;
      const rows: PulledRow[] = [];
      let cursor: string | undefined;
      for (let more = true; more;) {
        const query = new URLSearchParams({ scope, limit: '1', ...(cursor === undefined ? {} : { cursor }) }).toString();
        const page = (await kim.call('GET', `/v1/pull?${query}`)).body as PullPage; // the contract's reply
        rows.push(...page.rows);
        ({ cursor, more } = page);
      }
      expect(new Map(rows.map((row) => [row.id, row]))).toEqual(
        new Map([...kim.rows.values()].filter((row) => row.scope === scope).map((row) => [row.id, row])),
      );
      expect((await lee.call('GET', `/v1/pull?scope=${scope}`)).body).toMatchObject({ forget: [scope], rows: [], more: false });
      expect((await kim.call('GET', `/v1/pull?scope=user:${boss.user}`)).body).toMatchObject({ rows: [] });
    });
  });
}
