import type { Answer } from '#shared/contract/sync-contract.ts';
import type { RuleContext } from '#shared/domain/rules/rule.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { SETTING_DEFAULTS } from '#shared/model/settings.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { applyIntent, type ChangedRecord } from '../records/apply-intent.ts';
import type { Author } from '../records/author.ts';
import type { SeriesChange } from '../records/operations.ts';
import { openOverlay } from '../records/overlay.ts';
import type { ReadCache } from '../records/record-cache.ts';
import { scopeChanges, type ScopeChanges } from '../records/scope-changes.ts';
import type { StoredRecord } from '../records/stored-record.ts';
import type { ReadIntent } from './read-intents.ts';

export type PushWorld = {
  readonly cache: ReadCache;
  readonly author: Author;
  readonly nowMs: number;
  /** Begins a run of IDs, the same at each computation. */
  readonly newIds: () => () => string;
};

export type ComputedPush = ScopeChanges & { readonly answers: readonly Answer[]; readonly points: readonly SeriesChange[] };

/**
 * Runs the intents of a push one after the other on what the cache has. Pure: run again with more loaded, it comes to what is true.
 */
export function computePush({ cache, author, nowMs, newIds }: PushWorld, intents: readonly ReadIntent[]): ComputedPush {
  const newId = newIds();
  const known = { ...author, membersOf: cache.members };
  const batch = openOverlay(cache.view);
  const rules = ruleSettings(batch.view, nowMs);
  const stored = (table: TableName, id: string): StoredRecord | undefined => {
    const known = cache.stored(table, id);
    const row = batch.view.get(table, id);
    if (known === undefined && row === undefined) return undefined;
    return { table, id, version: known?.version ?? 0, scope: known?.scope ?? '', row };
  };
  const points: SeriesChange[] = [];
  const answers = intents.flatMap(({ intent, malformed }): readonly Answer[] => {
    if (intent === undefined) return malformed === undefined ? [] : [malformed];
    const {
      answer,
      changed,
      points: more,
    } = applyIntent({ view: batch.view, stored, author: known, rules, nowMs, newId, isWanting: cache.isWanting }, intent);
    for (const { table, id, row } of changed)
      if (row === undefined) batch.remove(table, id);
      else batch.put(table, row);
    points.push(...more);
    return [answer];
  });
  // made and deleted within this push: there is nothing to tell
  const changed: readonly ChangedRecord[] = batch
    .changed()
    .filter(({ table, id, row }) => row !== undefined || cache.stored(table, id) !== undefined);
  return { answers, points, ...scopeChanges(cache, batch.view, changed) };
}

/** The workspace's settings as the rules need them; the day is today in its time zone. */
function ruleSettings(view: ReadView, nowMs: number): Omit<RuleContext, 'view'> {
  const value = (key: keyof typeof SETTING_DEFAULTS): unknown => view.by('setting', 'key', key)[0]?.value ?? SETTING_DEFAULTS[key];
  const timeZone = String(value('timeZone'));
  return {
    asOf: dayIn(timeZone).format(nowMs),
    settings: { currency: String(value('currency')), timeZone, onboardingMandatory: value('onboardingMandatory') === true },
  };
}

const days = new Map<string, Intl.DateTimeFormat>();

/** Writes days of a time zone; making one takes longer than running a small intent. */
function dayIn(timeZone: string): Intl.DateTimeFormat {
  const known = days.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  days.set(timeZone, made);
  return made;
}
