import type { Chance } from '#shared/domain/demo/random.ts';
import type { Deed, SeenRow, SimDevice } from './sim-device.ts';

export function pick<T>(dice: Chance, list: readonly T[]): T {
  const one = list[dice.whole(0, list.length - 1)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

type World = {
  readonly dice: Chance;
  readonly users: readonly string[];
  readonly newId: () => string;
  /** The source of data points, where the world has any. */
  readonly source?: string | undefined;
};
/** 2025-12-15 in days since 1970-01-01: points lie on both sides of a year's end. */
const FIRST_DAY = 20_437;
const DAYS = 30;

/** Something that a person does on what their device knows, which may be long past. */
export function deedOf({ dice, users, newId, source }: World, device: SimDevice): Deed | undefined {
  const some = (table: string): SeenRow | undefined => {
    const rows = device.seen(table);
    if (rows.length === 0) return undefined;
    // people meet on the same records
    return dice.happens(0.5) ? rows[0] : pick(dice, rows);
  };
  const edit = (row: SeenRow | undefined, patch: Readonly<Record<string, unknown>>): Deed | undefined =>
    row && { action: 'update', table: row.table, id: row.id, patch };
  const create = (table: string, values: Readonly<Record<string, unknown>>): Deed => ({ action: 'create', table, id: newId(), values });
  const account = some('account');
  const engagement = some('engagement');
  const what = dice.whole(0, 99);
  const text = `T${dice.whole(1, 100_000)}`;
  if (source !== undefined && account !== undefined && dice.happens(0.3)) {
    const series = some('dataPointSeries');
    if (series === undefined || dice.happens(0.2))
      return create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account.id, part: text });
    if (dice.happens(0.05)) return { action: 'delete', table: 'dataPointSeries', id: series.id };
    const end = [...new Set(Array.from({ length: dice.whole(1, 5) }, () => FIRST_DAY + dice.whole(0, DAYS)))].toSorted((a, b) => a - b);
    const points = { start: end.map((day) => day - 1), end, value: end.map(() => dice.whole(1, 1_000)) };
    return { action: 'points', table: 'dataPointSeries', id: series.id, points };
  }
  if (account === undefined || what < 7)
    return create('account', { name: text, owner: dice.happens(0.8) ? device.user : pick(dice, users) });
  if (engagement === undefined || what < 15)
    return create('engagement', {
      title: text,
      account: account.id,
      stage: 'onboarding',
      ...(dice.happens(0.7) ? { csm: pick(dice, users) } : {}),
    });
  if (what < 27) {
    const assigned = dice.happens(0.3) ? { assignedTo: pick(dice, users) } : {};
    return create('touchpoint', { subject: text, engagement: engagement.id, heldOn: '2026-05-01', ...assigned });
  }
  if (what < 33) return create('contact', { name: text, account: account.id });
  if (what < 43) return edit(engagement, { title: text });
  if (what < 47) return edit(account, { name: text });
  if (what < 55) return edit(engagement, { stage: dice.oneOf(['adoption', 'expand', 'renew']) });
  if (what < 62) return edit(engagement, { csm: dice.happens(0.8) ? pick(dice, users) : null });
  if (what < 67) return edit(account, { owner: pick(dice, users) });
  if (what < 71) return edit(some('touchpoint'), { engagement: engagement.id });
  if (what < 75) return edit(some('touchpoint'), { assignedTo: dice.happens(0.5) ? pick(dice, users) : null });
  if (what < 78) return edit(engagement, { watchList: [pick(dice, users)] });
  if (what < 85) return { action: 'note', table: 'engagement', id: engagement.id, text };
  if (what < 88) return edit(some('syncConflict'), { resolved: true, resolution: 'theirs' });
  const touchpoint = some('touchpoint');
  if (what < 92 && touchpoint)
    return { action: 'close', table: 'touchpoint', id: touchpoint.id, closureCode: 'addressed', closeNotes: text };
  const gone = dice.happens(0.2) ? engagement : (some(dice.oneOf(['touchpoint', 'contact'])) ?? touchpoint);
  return gone && { action: 'delete', table: gone.table, id: gone.id };
}
