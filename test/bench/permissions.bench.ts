// What permissions cost: nothing where everyone may do everything, little for a person who sees a tenth of 100,000 touchpoints.
import type { Call, EngineContext } from '#engine/context.ts';
import { perform } from '#engine/people/perform.ts';
import { visibleRows } from '#engine/people/visible-rows.ts';
import { listHandlers } from '#engine/records/list-handlers.ts';
import { callerOf } from '#shared/domain/permission/caller.ts';
import type { Parsed } from '#shared/contract/engine-contract.ts';
import { defineBench, timed } from './define.ts';
import { touchpointContext } from './list-records.ts';

const ROUNDS = 9;
const CALLS = 2_000;
const call = { commandId: '', signal: new AbortController().signal, progress: () => undefined };
const ask: Parsed<'records.lines'> = {
  table: 'touchpoint',
  columns: [],
  sums: [],
  sort: [{ field: 'subject', direction: 'up' }],
  window: { offset: 0, limit: 300 },
};
type Handler = (context: EngineContext, input: unknown, call: Call) => unknown;

async function best(work: () => unknown, before: () => void = () => undefined): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    before();
    times.push(await timed(work));
  }
  return Math.min(...times);
}

export const bench = defineBench({
  name: 'permissions',
  where: 'node',
  limits: {
    'list-open': { ratio: 1.15 },
    'calls-open': { value: 20 },
    // once after what someone sees has changed; less than sorting the list once
    'scopes-and-first-walk': { ratio: 1 },
    'list-limited': { ratio: 1 },
  },
  run: async ({ size }) => {
    const count = size === 'full' ? 100_000 : 5_000;
    const lines = listHandlers['records.lines'] as unknown as Handler; // this handler needs nothing of the call
    const open = touchpointContext(count);
    const own = { ...call, actor: 'bench' };
    // both ways are warm when they are measured
    await best(() => lines(open.context, ask, own), open.changed);
    const direct = await best(() => lines(open.context, ask, own), open.changed);
    const through = await best(() => perform(lines, open.context, { name: 'records.lines', input: ask, call }), open.changed);
    const nothing: Handler = () => undefined;
    const calls = await best(async () => {
      for (let at = 0; at < CALLS; at += 1) await perform(nothing, open.context, { name: 'records.undoable', input: {}, call });
    });

    const { context } = touchpointContext(count, { roles: true });
    const [agent = ''] = [...context.view.all('user')].filter(({ roles }) => roles?.includes('successAgent') === true).map(({ id }) => id);
    const caller = callerOf(context.view, agent);
    const rows = visibleRows(context.view, () => caller);
    const walk = await best(
      () => [...rows.view.all('touchpoint')].length,
      () => rows.reset(),
    );
    const limited: EngineContext = { ...open.context, view: rows.view };
    const tenth = await best(() => lines(limited, ask, own), open.changed);
    return [
      { name: 'list-open', value: through, unit: 'ms', floor: direct },
      { name: 'calls-open', value: calls, unit: 'ms' },
      { name: 'scopes-and-first-walk', value: walk, unit: 'ms', floor: direct },
      { name: 'list-limited', value: tenth, unit: 'ms', floor: direct },
    ];
  },
});
