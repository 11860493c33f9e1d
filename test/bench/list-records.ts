// Touchpoints of 1,000 engagements in memory, without a store: what lists are measured on.
import type { EngineContext, Touched } from '#engine/context.ts';
import { withWhole } from '#engine/people/with-whole.ts';
import { createWorkingSet } from '#engine/store/working-set.ts';
import { CHANNELS } from '#shared/model/tables/touchpoint.ts';
import { PRIORITIES } from '#shared/model/mixins.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { benchContext, TODAY } from './scoring-records.ts';

const TOPICS = ['Renewal', 'Adoption', 'Onboarding', 'Kick-off', 'Quarterly review', 'Élan workshop', 'Support', 'Training'];
const INDUSTRIES = ['Energy', 'Retail', 'Shipping', 'Banking'];
const STAGES = ['onboarding', 'adoption', 'expand', 'renew'];

const id = (kind: number, at: number) => `0198aaaa-0000-7000-${String(kind).padStart(4, '0')}-${String(at).padStart(12, '0')}`;
const kept = {
  createdAt: '2025-01-01T00:00:00.000Z',
  createdBy: 'bench',
  updatedAt: '2025-01-01T00:00:00.000Z',
  updatedBy: 'bench',
  rev: 1,
};
const of = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];
// Object.keys loses the literal type of a constant object's keys
const channels = Object.keys(CHANNELS) as readonly (keyof typeof CHANNELS)[];
const priorities = Object.keys(PRIORITIES) as readonly (keyof typeof PRIORITIES)[];

/** Values of a touchpoint; the same ones every time. */
export function touchpointValues(at: number, engagement: string) {
  return {
    subject: `${of(TOPICS, at * 7) ?? ''} ${(at * 7919) % 100_000} with the team`,
    engagement,
    channel: of(channels, at * 5),
    priority: of(priorities, at * 11),
    heldOn: addDays(TODAY, -((at * 13) % 900)),
    description: `What was said, number ${at}`,
  };
}

/** A context over the records; `changed` is what a commit would say, so that nothing is remembered. */
export function touchpointContext(
  touchpoints: number,
  options: { readonly roles?: boolean } = {},
): { readonly context: EngineContext; readonly changed: () => void } {
  // one above ten, who have an equal share of the engagements each
  const people = Array.from({ length: 11 }, (_, at): AnyRow => ({
    ...kept,
    id: id(4, at),
    name: `Person ${at}`,
    ...(at === 0 ? {} : { manager: id(4, 0) }),
    ...(options.roles === true ? { roles: [at === 0 ? 'administrator' : 'successAgent'] } : {}),
  }));
  const accounts = Array.from({ length: 500 }, (_, at): AnyRow => ({
    ...kept,
    id: id(1, at),
    number: `ACC${at}`,
    name: `Account ${(at * 37) % 500}`,
    industry: of(INDUSTRIES, at),
  }));
  const engagements = Array.from({ length: 1_000 }, (_, at): AnyRow => ({
    ...kept,
    id: id(2, at),
    number: `ENG${at}`,
    title: `Engagement ${(at * 31) % 1_000}`,
    account: accounts[at % 500]?.id,
    stage: of(STAGES, at),
    csm: people[1 + (at % 10)]?.id,
  }));
  const rows = Array.from({ length: touchpoints }, (_, at): AnyRow => {
    const engagement = engagements[(at * 17) % 1_000];
    return {
      ...kept,
      id: id(3, at),
      number: `TCH${String(at).padStart(7, '0')}`,
      state: 'new',
      progress: 'notStarted',
      category: 'general',
      active: true,
      account: engagement?.['account'],
      ...touchpointValues(at, engagement?.id ?? ''),
    };
  });
  const tables = new Map<TableName, readonly AnyRow[]>([
    ['user', people],
    ['account', accounts],
    ['engagement', engagements],
    ['touchpoint', rows],
  ]);
  const { view } = createWorkingSet((table) => tables.get(table) ?? []);
  const listeners = new Set<(touched: Touched) => void>();
  const feed: EngineContext['feed'] = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    announceDerived: () => undefined,
    onDerived: () => () => undefined,
  };
  const touched: Touched = {
    seq: 1,
    changeSetId: 'x',
    rows: new Map(),
    series: new Set(),
    before: () => undefined,
    after: () => undefined,
    kind: 'do' as const,
  };
  return { context: withWhole({ ...benchContext(1), view, feed }), changed: () => listeners.forEach((listener) => listener(touched)) };
}
