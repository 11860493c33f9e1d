// An engine with the starter playbooks and a customer, and a way through a run.
import type { Engine } from '#engine/engine.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { call } from './call-engine.ts';
import { add, addCustomer, engineAsOf } from './portfolio-engine.ts';

export type Current = NonNullable<Output<'playbooks.player'>['current']>;

export type PlayEngine = {
  readonly engine: Engine;
  readonly account: string;
  readonly engagement: string;
  readonly contact: string;
  readonly kim: string;
  readonly ada: string;
  readonly responsibility: (name: string) => string;
};

/** `user-1` of the test calls is no record; Kim and Ada are. */
export async function playEngine(): Promise<PlayEngine> {
  const engine = await engineAsOf('2025-06-15');
  await call(engine, 'workspace.addStarterDefinitions', {});
  const kim = await add(engine, 'user', { name: 'Kim', email: 'kim@example.com' });
  const ada = await add(engine, 'user', { name: 'Ada', email: 'ada@example.com' });
  const { account, engagement } = await addCustomer(engine, 'Acme', { csm: kim });
  const contact = await add(engine, 'contact', { name: 'Lee', email: 'lee@acme.example', account });
  const responsibility = (name: string): string => {
    for (const row of engine.context.view.all('responsibility')) if (row.name === name) return row.id;
    throw new Error(`no responsibility ${name}`);
  };
  return { engine, account, engagement, contact, kim, ada, responsibility };
}

/** Walks the runs of one record. */
export function walker(engine: Engine, table: TableName, id: string, actor?: string) {
  const by = actor === undefined ? {} : { actor };
  const current = async (): Promise<Current> => {
    const { current: found } = await call(engine, 'playbooks.player', { table, id });
    if (found === undefined) throw new Error('no run');
    return found;
  };
  const stepOf = async (activity: string) => ({ run: (await current()).id, activity });
  return {
    current,
    /** `key state` of every activity. */
    states: async () => Object.fromEntries((await current()).activities.map(({ activity, state }) => [activity.key, state])),
    activity: async (key: string) => (await current()).activities.find(({ activity }) => activity.key === key),
    complete: async (activity: string, input: Readonly<Record<string, unknown>> = {}) =>
      call(engine, 'playbooks.complete', { ...(await stepOf(activity)), input }, by),
    keep: async (activity: string, input: Readonly<Record<string, unknown>>) =>
      call(engine, 'playbooks.keep', { ...(await stepOf(activity)), input }, by),
    open: async (activity: string) => call(engine, 'playbooks.open', await stepOf(activity), by),
    skip: async (activity: string, reason = '') => call(engine, 'playbooks.skip', { ...(await stepOf(activity)), reason }, by),
    reopen: async (activity: string) => call(engine, 'playbooks.reopen', { ...(await stepOf(activity)), reason: '' }, by),
    reassign: async (activity: string, to: string) => call(engine, 'playbooks.reassign', { ...(await stepOf(activity)), to }, by),
  };
}

/** A run of a playbook with these activities on a new internal play. */
export async function playOf({ engine, engagement }: PlayEngine, ...activities: readonly object[]) {
  const definition = { table: 'internalPlay', stages: [{ key: 'one', label: 'One', activities }] };
  const { playbook, version } = await call(engine, 'playbooks.draft', { name: 'Kinds', definition });
  await call(engine, 'playbooks.publish', { version });
  const id = await add(engine, 'internalPlay', { shortDescription: 'Kinds', description: 'All of them', engagement });
  const { run } = await call(engine, 'playbooks.start', { playbook, table: 'internalPlay', id });
  return { id, playbook, run, play: walker(engine, 'internalPlay', id) };
}
