import { afterEach, beforeEach, expect, test } from 'vitest';
import { startNotices } from '../notices/notice-writer.ts';
import { call } from '../../../test/support/call-engine.ts';
import { playEngine, walker, type PlayEngine } from '../../../test/support/play-engine.ts';
import { ask, becomes } from '../../../test/support/call-as.ts';
import { add, change } from '../../../test/support/portfolio-engine.ts';

let world: PlayEngine;
let id = '';
let play: ReturnType<typeof walker>;
beforeEach(async () => {
  world = await playEngine();
  const values = { shortDescription: 'Reports', description: 'They want reports.', engagement: world.engagement };
  id = (await call(world.engine, 'records.create', { table: 'successCase', values })).id;
  play = walker(world.engine, 'successCase', id);
});
afterEach(() => world.engine.close());
const view = () => world.engine.context.view;

test('PLY-01 one undo takes back a step with all that it did; what was kept stays', async () => {
  await play.keep('core', { note: 'half' });
  await play.complete('core', { values: { category: 'training' } });
  await call(world.engine, 'records.undo', {});
  expect(view().get('successCase', id)?.category).toBeUndefined();
  expect([(await play.states())['core'], (await play.activity('core'))?.input]).toEqual(['inProgress', { note: 'half' }]);
  await call(world.engine, 'records.redo', {});
  expect((await play.states())['core']).toBe('done');
});

test('PLY-01 undoing the creation of a record takes its run along', async () => {
  await call(world.engine, 'records.undo', {});
  expect([view().count('successCase'), view().count('playbookRun'), view().count('playbookEvent')]).toEqual([0, 0, 0]);
});

test('PLY-09 BR-16 cancelling a record half-way cancels what is pending, and reopening it lets the playbook start anew', async () => {
  await play.complete('core');
  const task = await add(world.engine, 'successTask', { subject: 'Do it', description: 'Really', parent: `successCase/${id}` });
  await call(world.engine, 'records.cancel', { table: 'successCase', id, closeNotes: 'Not wanted any more.' });
  const now = await play.current();
  expect([now.state, now.closeNotes]).toEqual(['cancelled', expect.stringContaining('Not wanted any more.')]);
  expect(new Set(now.activities.map(({ state }) => state))).toEqual(new Set(['done', 'cancelled']));
  expect(view().get('successTask', task)?.state).toBe('cancelled');
  await expect(play.complete('intended', { text: 'x' })).rejects.toThrow('has ended');
  await expect(call(world.engine, 'records.reopen', { table: 'playbookRun', id: now.id })).rejects.toMatchObject({
    details: { rule: 'PLY-09' },
  });
  await call(world.engine, 'records.reopen', { table: 'successCase', id });
  await call(world.engine, 'records.reopen', { table: 'playbookRun', id: now.id });
  expect((await play.states())['intended']).toBe('ready');
});

test('PLY-09 closing the record by its own button cancels its run too', async () => {
  await call(world.engine, 'records.close', { table: 'successCase', id, closureCode: 'addressed', closeNotes: 'By hand.' });
  expect(await play.current()).toMatchObject({ state: 'cancelled' });
  const { offers } = await call(world.engine, 'playbooks.player', { table: 'successCase', id });
  expect(offers).toEqual([]);
});

test('PLY-01 an activity is reopened where nothing depends on it; reassigned with who may see it', async () => {
  await play.complete('core');
  await play.complete('intended', { text: 'Soon.' });
  await expect(play.reopen('core')).rejects.toThrow('what comes after it is done already');
  await play.reopen('intended');
  expect(await play.states()).toMatchObject({ core: 'done', intended: 'inProgress' });
  await play.reassign('intended', world.ada);
  expect((await play.activity('intended'))?.assignee).toBe(world.ada);
  const { log, id: run } = await play.current();
  expect(log.map(({ kind, activity, text }) => [kind, activity, text]).slice(-2)).toEqual([
    ['reopened', 'intended', undefined],
    ['reassigned', 'intended', 'Ada'],
  ]);
  expect(view().get('playbookRun', run)?.squad).toEqual([world.ada]);
});

test('PLY-01 a mandatory activity is not skipped, and what waits says for whom', async () => {
  await expect(play.skip('core', 'no time')).rejects.toThrow('“Enter core information” cannot be skipped: it is needed.');
  await expect(play.complete('plan', { text: 'x' })).rejects.toThrow('it waits for “Communicate the intended outcome”');
  expect((await play.activity('plan'))?.waitsFor).toEqual(['intended']);
});

test('PLY-01 the log of a run is never rewritten, and its record takes no second run of the same playbook', async () => {
  const [event] = view().all('playbookEvent');
  await expect(
    call(world.engine, 'records.update', { table: 'playbookEvent', id: event?.id ?? '', patch: { kind: 'skipped' } }),
  ).rejects.toThrow('only added to');
  const [playbook] = view().by('playbook', 'forTable', 'successCase');
  await expect(call(world.engine, 'playbooks.start', { playbook: playbook?.id ?? '', table: 'successCase', id })).rejects.toThrow(
    'it is under way on this record',
  );
});

test('PLY-10 a published version stays as it is, and what can never be reached is not published', async () => {
  const [version] = view().all('playbookVersion');
  const definition = (...activities: readonly object[]) => ({
    table: 'successCase',
    stages: [{ key: 'one', label: 'One', activities: [...activities] }],
  });
  const patch = { definition: definition({ key: 'a', label: 'A', kind: 'note' }) };
  await expect(call(world.engine, 'records.update', { table: 'playbookVersion', id: version?.id ?? '', patch })).rejects.toThrow(
    'Make a new version',
  );
  const [playbook] = view().by('playbook', 'forTable', 'successCase');
  const publish = (...activities: readonly object[]) =>
    add(world.engine, 'playbookVersion', {
      playbook: playbook?.id ?? '',
      version: 9,
      definition: definition(...activities) as never,
      state: 'published',
    });
  await expect(publish({ key: 'a', label: 'A', kind: 'note', start: { after: ['b'] } })).rejects.toThrow('can never be reached');
  await expect(publish({ key: 'a', label: 'A', kind: 'close' }, { key: 'b', label: 'B', kind: 'note' })).rejects.toThrow(
    'Move it to the end',
  );
  await expect(publish({ key: 'a', label: 'A', kind: 'form', fields: ['nothing'] })).rejects.toThrow('there is no field “nothing”');
  await expect(publish({ key: 'a', label: 'A', kind: 'dance' })).rejects.toThrow('cannot be read');
});

test('PLY-10 runs keep their version: a new one is for new runs', async () => {
  const [playbook] = view().by('playbook', 'forTable', 'successCase');
  const stages = [{ key: 'one', label: 'One', activities: [{ key: 'only', label: 'Only', kind: 'note' }] }];
  await add(world.engine, 'playbookVersion', {
    playbook: playbook?.id ?? '',
    version: 2,
    definition: { table: 'successCase', stages },
    state: 'published',
  });
  expect(await play.current()).toMatchObject({ version: 1, newer: { version: 2 } });
  const values = { shortDescription: 'Second', description: 'New', engagement: world.engagement };
  const other = (await call(world.engine, 'records.create', { table: 'successCase', values })).id;
  expect(Object.keys(await walker(world.engine, 'successCase', other).states())).toEqual(['only']);
});

test('PLY-08 REC-43 whoever is given an activity is told of it, and undoing the close of a record takes its playbook up again', async () => {
  const { engine, ada } = world;
  const notices = startNotices(engine.context);
  await play.complete('core');
  await play.reassign('intended', ada);
  await notices.settled();
  const told = (await call(engine, 'notices.list', { limit: 50 }, { actor: ada })).notices.map(({ summary }) => summary);
  expect(told).toContain('gave you an activity of success case “Reports”');
  await play.complete('intended', { text: 'Soon.' });
  await play.complete('plan', { text: 'So.' });
  for (const gate of ['meetings', 'work']) await play.complete(gate);
  await play.complete('outcome', { text: 'There.' });
  const { changeSetId } = await play.complete('end', { closureCode: 'addressed', closeNotes: 'Fine.' });
  expect([view().get('successCase', id)?.state, (await play.current()).state]).toEqual(['closed', 'closed']);
  await call(engine, 'records.undo', { changeSetId });
  expect([view().get('successCase', id)?.state, (await play.current()).state, (await play.states())['end']]).toEqual([
    'new',
    'inProgress',
    'ready',
  ]);
});

test('PLY-10 a run moves to a new version: the preview says what comes and goes, and what was done stays', async () => {
  await play.complete('core');
  const [playbook] = view().by('playbook', 'forTable', 'successCase');
  const activities = [
    { key: 'core', label: 'Core', kind: 'note' },
    { key: 'check', label: 'Check', kind: 'note' },
    { key: 'end', label: 'End', kind: 'close' },
  ];
  const version = await add(world.engine, 'playbookVersion', {
    playbook: playbook?.id ?? '',
    version: 2,
    definition: { table: 'successCase', stages: [{ key: 'one', label: 'One', activities }] },
    state: 'published',
  });
  const { id: run } = await play.current();
  const preview = await call(world.engine, 'playbooks.migration', { run, version });
  expect([preview.done, preview.lost, preview.changes.find(({ key }) => key === 'check')]).toEqual([
    1,
    1,
    { key: 'check', label: 'Check', after: 'ready' },
  ]);
  expect((await play.current()).version).toBe(1);
  await call(world.engine, 'playbooks.migrate', { run, version });
  expect([(await play.current()).version, await play.states()]).toEqual([2, { core: 'done', check: 'ready', end: 'pending' }]);
  await call(world.engine, 'records.undo', {});
  expect((await play.current()).version).toBe(1);
});

test('PLY-06 REC-32 an onboarding agent walks the onboarding playbook; a viewer only looks at it', async () => {
  const { engine, account } = world;
  const agent = await add(engine, 'user', { name: 'Olu', email: 'olu@example.com' });
  const viewer = await add(engine, 'user', { name: 'Vic', email: 'vic@example.com' });
  await add(engine, 'user', { name: 'Bo', email: 'bo@example.com', roles: ['administrator'] });
  await change(engine, (draft) => {
    draft.update('user', agent, { roles: ['onboardingAgent'] });
    draft.update('user', viewer, { roles: ['viewer'], manager: null });
    draft.update('account', account, { owner: agent });
    draft.update('user', agent, { manager: viewer });
  });
  await becomes(engine, agent);
  const made = await ask(engine, 'records.create', {
    table: 'onboardingCase',
    values: { shortDescription: 'Acme', account, assignedTo: agent },
  });
  const { current } = await ask(engine, 'playbooks.player', { table: 'onboardingCase', id: made.id });
  const run = current?.id ?? '';
  const values = { type: 'full', integration: 'none', goLiveDate: '2025-09-01' };
  await ask(engine, 'playbooks.complete', { run, activity: 'core', input: { values } });
  await ask(engine, 'playbooks.complete', { run, activity: 'customerTeam', input: { add: [{ name: 'Jo', email: 'jo@acme.example' }] } });
  await becomes(engine, viewer);
  expect((await ask(engine, 'playbooks.player', { table: 'onboardingCase', id: made.id })).current?.activities).toHaveLength(31);
  await expect(ask(engine, 'playbooks.keep', { run, activity: 'responsibilities', input: {} })).rejects.toMatchObject({
    code: 'permission',
  });
});

test('PLY-10 a playbook is drafted, saved unfinished, published, exported and brought in again', async () => {
  const { engine } = world;
  const made = await call(engine, 'playbooks.draft', { name: 'Visit', forTable: 'internalPlay' });
  const designed = async () => call(engine, 'playbooks.design', { playbook: made.playbook });
  const { shown } = await designed();
  const definition = structuredClone(shown?.definition);
  const stages = [...(definition?.stages ?? [])];
  const odd = { key: 'odd', label: 'Odd', kind: 'note', start: { after: ['nothing'] }, responsibility: 'Nobody' };
  const unfinished = { table: 'internalPlay', stages: [{ key: 'go', label: 'Go', activities: [odd] }, ...stages] };
  await call(engine, 'playbooks.saveDraft', { version: made.version, definition: unfinished });
  await expect(call(engine, 'playbooks.publish', { version: made.version })).rejects.toThrow('“Odd”: it can never be reached');
  await expect(call(engine, 'playbooks.draft', { playbook: made.playbook })).rejects.toThrow('There is a draft of this playbook already');
  await call(engine, 'playbooks.saveDraft', { version: made.version, definition });
  await call(engine, 'playbooks.publish', { version: made.version });
  expect(await designed()).toMatchObject({ state: 'published', versions: [{ version: 1, state: 'published', runs: 0 }] });
  const next = await call(engine, 'playbooks.draft', { playbook: made.playbook });
  expect((await designed()).shown).toMatchObject({ id: next.version, state: 'draft', definition });
  const exported: unknown = JSON.parse(JSON.stringify((await designed()).shown?.definition));
  const copy = await call(engine, 'playbooks.draft', { name: 'Copy', definition: exported });
  expect((await call(engine, 'playbooks.design', { playbook: copy.playbook })).shown?.definition).toEqual(definition);
  await expect(call(engine, 'playbooks.draft', { name: 'Bad', definition: { stages: 3 } })).rejects.toThrow(
    'These are no steps of a playbook',
  );
});

test('PLY-08 my work: my open activities over all playbooks, by due date, some of them completed together', async () => {
  const { engine, kim, ada, account, engagement } = world;
  await call(engine, 'records.update', { table: 'successCase', id, patch: { assignedTo: kim } });
  const onboarding = (
    await call(engine, 'records.create', {
      table: 'onboardingCase',
      values: { shortDescription: 'Acme', account, assignedTo: ada, goLiveDate: '2025-09-01' },
    })
  ).id;
  const mine = (actor: string) => call(engine, 'playbooks.mine', {}, { actor });
  expect((await mine(kim)).activities.map(({ label, bulk }) => [label, bulk])).toEqual([['Enter core information', false]]);
  await play.complete('core');
  await play.complete('intended', { text: 'Soon.' });
  await play.complete('plan', { text: 'So.' });
  const both = await mine(kim);
  expect(both.activities.map(({ label, bulk, record }) => [label, bulk, record.label])).toEqual([
    ['Add the squad', false, 'Reports'],
    ['Related meetings', true, 'Reports'],
  ]);
  await walker(engine, 'onboardingCase', onboarding).reassign('core', kim);
  expect((await mine(kim)).total).toBe(3);
  expect((await mine(ada)).total).toBe(0);
  const items = both.activities.map(({ run, activity }) => ({ run, activity }));
  const { completed, refused } = await call(engine, 'playbooks.completeMany', { items });
  expect([completed, refused.map(({ message }) => message)]).toEqual([1, ['This activity needs something of its own. Open it.']]);
  expect((await play.states())['meetings']).toBe('done');
  await call(engine, 'records.undo', {});
  expect((await play.states())['meetings']).toBe('ready');
  expect(engagement).not.toBe('');
});
