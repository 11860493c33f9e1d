// Playbooks: the next state of a large run, and one's own open activities over a thousand runs.
import { openEngine } from '#engine/engine.ts';
import { myActivities } from '#engine/playbooks/mine.ts';
import { readDefinition, type PlaybookSource } from '#shared/domain/playbooks/definition.ts';
import type { PlayEvent } from '#shared/domain/playbooks/events.ts';
import { planOf } from '#shared/domain/playbooks/plan.ts';
import { NO_FACTS, progressOf } from '#shared/domain/playbooks/progress.ts';
import { call } from '../support/call-engine.ts';
import { memoryHost } from '../support/memory-host.ts';
import { change } from '../support/portfolio-engine.ts';
import { defineBench, timed } from './define.ts';

const ACTIVITIES = 200;
const EVENTS = 2_000;
const ROUNDS = 15;

function largePlan() {
  const stages: PlaybookSource['stages'] = Array.from({ length: 10 }, (_, stage) => ({
    key: `s${stage}`,
    label: `Stage ${stage}`,
    activities: Array.from({ length: ACTIVITIES / 10 }, (_none, at) => ({
      key: `a${stage}x${at}`,
      label: `Activity ${at}`,
      kind: 'note' as const,
      start: at % 3 === 0 ? ('afterPrevious' as const) : ('withPrevious' as const),
      dueDays: at,
    })),
  }));
  const read = readDefinition({ table: 'internalPlay', stages });
  if ('problem' in read) throw new Error(read.problem);
  return planOf(read.definition);
}

/** Events of all kinds over all activities, as two devices deliver them: not in order. */
function largeLog(keys: readonly string[]): readonly PlayEvent[] {
  const kinds = ['kept', 'kept', 'completed', 'reopened', 'reassigned'] as const;
  return Array.from({ length: EVENTS }, (_, at): PlayEvent => {
    const order = at % 2 === 0 ? at : EVENTS - at;
    return {
      id: `e${at}`,
      stamp: `${String(order).padStart(9, '0')}-0000-device`,
      at: '2025-06-15T10:00:00.000Z',
      by: 'kim',
      kind: kinds[at % kinds.length] ?? 'kept',
      activity: keys[at % keys.length],
      detail: { input: { text: `Text ${at}` }, to: 'ada' },
    };
  });
}

async function best(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(work));
  return Math.min(...times);
}

export const bench = defineBench({
  name: 'playbooks',
  where: 'node',
  limits: { 'next-state': { value: 5 }, 'my-work': { value: 100 } },
  run: async ({ size }) => {
    const plan = largePlan();
    const events = largeLog(plan.activities.map(({ activity }) => activity.key));
    const state = await best(() => progressOf(plan, NO_FACTS, events));
    const runs = size === 'full' ? 1_000 : 20;
    const engine = await openEngine(memoryHost());
    await call(engine, 'workspace.addStarterDefinitions', {});
    const engagement = await change(engine, (draft) => {
      const account = draft.create('account', { name: 'Acme' });
      return draft.create('engagement', { title: 'Acme', account, state: 'inProgress' });
    });
    for (let at = 0; at < runs; at += 1) {
      const values = { shortDescription: `Play ${at}`, description: 'Work', engagement };
      await call(engine, 'records.create', { table: 'internalPlay', values });
    }
    const mine = await best(() => myActivities(engine.context, 'user-1', 200));
    await engine.close();
    return [
      { name: 'next-state', value: state, unit: 'ms' },
      { name: 'my-work', value: mine, unit: 'ms' },
    ];
  },
});
