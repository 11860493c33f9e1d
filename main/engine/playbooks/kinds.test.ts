// Kinds of activities that none of the shipped playbooks has, or not in this way.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { playEngine, playOf as ownPlay, type PlayEngine } from '../../../test/support/play-engine.ts';

let world: PlayEngine;
beforeEach(async () => {
  world = await playEngine();
});
afterEach(() => world.engine.close());
const view = () => world.engine.context.view;

const playOf = (...activities: readonly object[]) => ownPlay(world, ...activities);

test('PLY-07 a checklist, a decision with what it leads to, and the end of a run without a close', async () => {
  const { id, play } = await playOf(
    {
      key: 'list',
      label: 'List',
      kind: 'checklist',
      items: [
        { key: 'a', label: 'Sponsor' },
        { key: 'b', label: 'Budget', optional: true },
      ],
    },
    {
      key: 'ask',
      label: 'Ask',
      kind: 'decision',
      question: 'Do they renew?',
      options: [
        { key: 'yes', label: 'Yes' },
        { key: 'no', label: 'No' },
      ],
    },
    { key: 'offer', label: 'Offer', kind: 'note', onlyIf: { decision: 'ask', is: ['yes'] } },
    { key: 'save', label: 'Save them', kind: 'note', onlyIf: { decision: 'ask', is: ['no'] } },
  );
  await expect(play.complete('list', { checked: ['b'] })).rejects.toThrow('“List” is not done yet: “Sponsor”.');
  await play.complete('list', { checked: ['a'] });
  await expect(play.complete('ask', { option: 'perhaps' })).rejects.toThrow('waits for an answer: Yes, No.');
  await play.complete('ask', { option: 'no' });
  expect(await play.states()).toEqual({ list: 'done', ask: 'done', offer: 'leftOut', save: 'ready' });
  await play.complete('save', { text: 'Call them.' });
  expect(await play.current()).toMatchObject({ state: 'closed' });
  expect(view().get('internalPlay', id)?.state).toBe('new');
});

test('PLY-07 a record is created by the way; a condition holds an activity until the record fulfils it', async () => {
  const { id, play } = await playOf(
    { key: 'contract', label: 'Contract', kind: 'choose', field: 'contract', create: ['name', 'startDate', 'endDate'] },
    { key: 'wait', label: 'Wait', kind: 'view', field: 'contract', when: { field: 'state', op: 'is', value: 'inProgress' } },
  );
  await expect(play.complete('contract')).rejects.toThrow('“Contract” needs Contract. Choose it.');
  await play.complete('contract', { create: { name: 'Gold', startDate: '2025-01-01', endDate: '2025-12-31' } });
  const contract = view().get('internalPlay', id)?.contract ?? '';
  expect(view().get('contract', contract)).toMatchObject({ name: 'Gold', account: world.account });
  expect((await play.activity('wait'))?.holding).toBe('state is In progress');
  await expect(play.complete('wait')).rejects.toThrow('what it waits for is not so yet');
  await call(world.engine, 'records.update', { table: 'internalPlay', id, patch: { state: 'inProgress' } });
  await play.complete('wait');
  expect(await play.current()).toMatchObject({ state: 'closed' });
});

test('PLY-07 what is made for an activity is made once, given on with it, cancelled where it is skipped, and taken up again', async () => {
  const { id, play } = await playOf(
    { key: 'one', label: 'One', kind: 'task', task: { subject: 'Do one for {account}', dueDays: 3 }, skippable: true },
    { key: 'end', label: 'End', kind: 'note' },
  );
  await play.open('one');
  const tasks = () => view().by('internalPlayTask', 'internalPlay', id);
  expect(tasks()).toMatchObject([{ shortDescription: 'Do one for Acme', dueDate: '2025-06-18', state: 'new' }]);
  await play.reassign('one', world.ada);
  expect(tasks()).toMatchObject([{ assignedTo: world.ada }]);
  await play.skip('one', 'No need');
  expect(tasks()).toMatchObject([{ state: 'cancelled', closeNotes: 'The activity was skipped: No need' }]);
  await play.reopen('one');
  expect([tasks()[0]?.state, (await play.states())['one']]).toEqual(['inProgress', 'inProgress']);
  await play.complete('one', { closeNotes: 'Done after all' });
  expect(tasks()).toMatchObject([{ state: 'closed', closeNotes: 'Done after all' }]);
});
