import { RANK_STEP } from '#shared/domain/choices.ts';
import type { Field } from '#shared/model/field.ts';
import { fold } from '#shared/util/folding.ts';
import type { Draft } from '../context.ts';

type Wanted = { readonly value?: string | undefined; readonly label: string; readonly active: boolean };

const MOST = 50;

/** A value for a new choice, made of its label: `Mid market` → `midMarket`; a number behind it where that is taken. */
export function valueFor(label: string, taken: ReadonlySet<string>): string {
  const words = fold(label)
    .replaceAll(/[^a-z0-9 ]/g, '')
    .split(' ')
    .filter(Boolean);
  const joined = words.map((word, at) => (at === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1))).join('');
  const base = (/^[a-z]/.test(joined) ? joined : `choice${joined}`).slice(0, MOST);
  let value = base;
  for (let more = 2; taken.has(value); more += 1) value = `${base}${more}`;
  return value;
}

/**
 * Makes a list what is wanted, in this order: entries are written where a choice differs from what was shipped, and removed
 * where it no longer does. Added choices that are not wanted any more are deleted, which rules refuse while records have them.
 */
export function saveList(draft: Draft, list: string, field: Field, wanted: readonly Wanted[]): void {
  const shipped = Object.entries(field.choices ?? {});
  const known = new Map(draft.view.by('choiceEntry', 'list', list).map((entry) => [entry.value, entry]));
  const taken = new Set([...shipped.map(([value]) => value), ...known.keys()]);
  const kept = new Set<string>();
  for (const [at, { value: given, label, active }] of wanted.entries()) {
    const value = given ?? valueFor(label, taken);
    taken.add(value);
    kept.add(value);
    const entry = known.get(value);
    const shippedAt = shipped.findIndex(([one]) => one === value);
    const rank = at * RANK_STEP;
    const asShipped = shippedAt * RANK_STEP === rank && shipped[shippedAt]?.[1] === label.trim() && active;
    if (asShipped && entry) draft.remove('choiceEntry', entry.id);
    else if (entry) draft.update('choiceEntry', entry.id, { label, active, rank });
    else if (!asShipped) draft.create('choiceEntry', { list, value, label, active, rank });
  }
  for (const entry of known.values()) if (!kept.has(entry.value)) draft.remove('choiceEntry', entry.id);
}
