// The engine's part of a list of 100,000 touchpoints: filtering and sorting after a change, when nothing is remembered.
import type { EngineContext } from '#engine/context.ts';
import { listHandlers } from '#engine/records/list-handlers.ts';
import type { Parsed } from '#shared/contract/engine-contract.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { defineBench, timed } from './define.ts';
import { touchpointContext } from './list-records.ts';

const ROUNDS = 9;
type Ask = Omit<Parsed<'records.lines'>, 'table' | 'columns' | 'sums' | 'window'>;
type Handler = (context: EngineContext, input: Parsed<'records.lines'>) => unknown;

export const bench = defineBench({
  name: 'list-100k',
  where: 'node',
  limits: {
    'list-100k-sort': { value: 150 },
    'list-100k-sort-three': { value: 150 },
    'list-100k-filter': { value: 150 },
    'list-100k-filter-through': { value: 150 },
    'list-100k-group': { value: 150 },
  },
  run: async ({ size }) => {
    const { context, changed } = touchpointContext(size === 'full' ? 100_000 : 5_000);
    const lines = listHandlers['records.lines'] as unknown as Handler; // this handler needs nothing of the call
    const best = async (ask: Ask, sums: string[] = []): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        changed();
        times.push(
          await timed(() => lines(context, { table: 'touchpoint', columns: [], sums, window: { offset: 0, limit: 300 }, ...ask })),
        );
      }
      return Math.min(...times);
    };
    const up = (field: string) => ({ field, direction: 'up' as const });
    const floor: number[] = [];
    const rows = [...context.view.all('touchpoint')] as readonly AnyRow[];
    for (let round = 0; round < ROUNDS; round += 1) floor.push(await timed(() => rows.map((row) => String(row['subject'])).sort()));
    return [
      { name: 'list-100k-sort', value: await best({ sort: [up('subject')] }), unit: 'ms', floor: Math.min(...floor) },
      {
        name: 'list-100k-sort-three',
        value: await best({ sort: [up('priority'), up('engagement'), { field: 'heldOn', direction: 'down' }] }),
        unit: 'ms',
      },
      { name: 'list-100k-sort-through', value: await best({ sort: [up('account.industry'), up('subject')] }), unit: 'ms' },
      {
        name: 'list-100k-filter',
        value: await best({
          condition: {
            all: [
              { field: 'priority', op: 'is', value: 'high' },
              { field: 'subject', op: 'contains', value: 'renewal' },
            ],
          },
        }),
        unit: 'ms',
      },
      { name: 'list-100k-filter-days', value: await best({ condition: { field: 'heldOn', op: 'withinLastDays', value: 30 } }), unit: 'ms' },
      {
        name: 'list-100k-filter-through',
        value: await best({
          condition: {
            any: [
              { field: 'account.industry', op: 'is', value: 'Energy' },
              { not: { field: 'engagement.stage', op: 'is', value: 'renew' } },
            ],
          },
        }),
        unit: 'ms',
      },
      { name: 'list-100k-search', value: await best({ search: 'renewal 77' }), unit: 'ms' },
      { name: 'list-100k-group', value: await best({ group: 'engagement', sort: [up('heldOn')] }), unit: 'ms' },
    ];
  },
});
