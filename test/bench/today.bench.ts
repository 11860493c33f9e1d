// What to do today, from 10,000 engagements of one person with their touchpoints, meetings, tasks and risks.
import type { EngineContext } from '#engine/context.ts';
import { openFigures } from '#engine/jobs/figures.ts';
import { withWhole } from '#engine/people/with-whole.ts';
import { createWorkingSet } from '#engine/store/working-set.ts';
import { todayNow } from '#engine/today/today-list.ts';
import { chance } from '#shared/domain/demo/random.ts';
import type { AnyRow, NewValues, TableName } from '#shared/model/dictionary.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { defineBench, timed } from './define.ts';
import { benchContext, benchRecords, TODAY } from './scoring-records.ts';

const ROUNDS = 15;

/** Three touchpoints, a meeting, two tasks an engagement; a risk for every other one; every fifth is to be renewed soon. */
function workRecords(engagements: number): ReadonlyMap<TableName, readonly AnyRow[]> {
  const by = chance(2);
  const tables = new Map<TableName, AnyRow[]>();
  for (const [table, rows] of benchRecords(engagements).tables) tables.set(table, [...rows]);
  const put = <T extends TableName>(table: T, id: string, values: NewValues<T>): void => {
    const rows = tables.get(table) ?? [];
    tables.set(table, rows);
    rows.push({ id, createdAt: '2024-01-01T00:00:00.000Z', createdBy: '', updatedAt: '', updatedBy: '', rev: 1, ...values });
  };
  const tiers = ['strategic', 'growth', 'core', 'nurture'] as const;
  const priorities = ['critical', 'high', 'medium', 'low', 'veryLow'] as const;
  tables.set(
    'account',
    (tables.get('account') ?? []).map((row) => ({ ...row, cadenceTier: by.oneOf(tiers) })),
  );
  for (let index = 0; index < engagements; index += 1) {
    const key = String(index).padStart(6, '0');
    const engagement = `engagement-${key}`;
    for (let at = 0; at < 3; at += 1)
      put('touchpoint', `touch-${key}-${at}`, {
        subject: 'Call',
        engagement,
        state: at === 0 ? 'new' : 'closed',
        heldOn: addDays(TODAY, by.whole(-120, at === 0 ? 20 : -1)),
      });
    const day = addDays(TODAY, by.whole(-90, 30));
    put('meeting', `meeting-${key}`, {
      subject: 'Review',
      touchpoint: `touch-${key}-0`,
      engagement,
      state: day < TODAY ? 'completed' : 'scheduled',
      type: by.oneOf(['qbr', 'adHoc', 'executive']),
      startsAt: `${day}T09:00:00.000Z`,
      endsAt: `${day}T10:00:00.000Z`,
    });
    for (let at = 0; at < 2; at += 1)
      put('successTask', `task-${key}-${at}`, {
        subject: 'Send the deck',
        parent: `touchpoint/touch-${key}-0`,
        engagement,
        state: by.whole(0, 3) === 0 ? 'new' : 'closed',
        dueDate: addDays(TODAY, by.whole(-60, 30)),
      });
    if (index % 2 === 0)
      put('riskSignal', `risk-${key}`, {
        shortDescription: 'Usage fell',
        engagement,
        state: by.oneOf(['new', 'active', 'closed']),
        priority: by.oneOf(priorities),
      });
  }
  return tables;
}

export const bench = defineBench({
  name: 'today',
  where: 'node',
  limits: { 'today-first': { value: 100 }, 'today-list': { value: 100 } },
  run: async ({ size, say }) => {
    const engagements = size === 'full' ? 10_000 : 500;
    const tables = workRecords(engagements);
    const { view } = createWorkingSet((table) => tables.get(table) ?? []);
    const base = benchContext(1);
    const context: EngineContext = withWhole({ ...base, view });
    const figures = openFigures(context);
    await figures.settled();
    const ask = () => todayNow(context, figures, { whose: 'all', limit: 200 }, 'bench');
    const first = await timed(ask);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(ask));
    say(`${(await ask()).total} lines`);
    return [
      { name: 'today-first', value: first, unit: 'ms' },
      { name: 'today-list', value: Math.min(...times), unit: 'ms' },
    ];
  },
});
