import { allRules } from '#shared/domain/rules/index.ts';
import { indexOf, rulesFor } from '#shared/domain/rules/rule-index.ts';
import type { Change, RunningContext } from '#shared/domain/rules/rule.ts';
import { sameValue } from '#shared/domain/validate/same-value.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { AnyRow, Row } from '#shared/model/dictionary.ts';
import type { EngineContext } from '../context.ts';
import { defaultsOf, fieldOf } from './derived-schema.ts';
import { refsOf } from './refs.ts';

/** Rules that fill in what others have filled in come to rest soon. */
const ROUNDS = 4;
const NEW_ROW = { id: 'new', createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', rev: 0 };

/** What the rules would fill in if a record were saved with these values: for showing it while it is being typed. Nothing is kept. */
export function prepare({ view, settings }: EngineContext, { table, id, values }: Parsed<'records.prepare'>): Output<'records.prepare'> {
  const before: AnyRow | undefined = id === undefined ? undefined : view.get(table, id);
  const typed = Object.fromEntries(Object.entries(values).filter(([field]) => fieldOf(table, field)?.kind !== 'journal'));
  let after = withoutEmpty({ ...(before ?? { ...NEW_ROW, ...defaultsOf(table) }), ...typed });
  const { asOf, currency, timeZone, onboardingMandatory } = settings();
  const context: RunningContext = {
    view,
    asOf,
    settings: { currency, timeZone, onboardingMandatory },
    changeOf: () => undefined,
    puttingBack: false,
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    // a row of this table, seen generically
    const change: Change = {
      table,
      id: id ?? NEW_ROW.id,
      action: before === undefined ? 'create' : 'update',
      before: before as Row | undefined,
      after: after as Row,
    };
    const next = withoutEmpty({ ...after, ...filled(context, change) });
    if (sameValue(next, after)) break;
    after = next;
  }
  const start = before ?? { ...NEW_ROW, ...defaultsOf(table) };
  const follows = Object.fromEntries(
    Object.entries(after).filter(
      ([field, value]) => !(field in typed) && fieldOf(table, field) !== undefined && !sameValue(value, start[field]),
    ),
  );
  return { follows, refs: refsOf(table, [{ ...NEW_ROW, ...follows }], view) };
}

function filled(context: RunningContext, change: Change): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  for (const rule of rulesFor(indexOf(allRules), change))
    try {
      Object.assign(set, rule.fill?.(context, change));
    } catch {
      // what is half typed may be more than a rule expects; the save will tell
    }
  return set;
}

function withoutEmpty(values: Readonly<Record<string, unknown>>): AnyRow {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null)) as AnyRow; // only optional fields are taken out
}
