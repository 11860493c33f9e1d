import type { ReadView } from '../view.ts';

/** The accounts above one, itself among them. */
function upwards(account: string, view: ReadView): readonly string[] {
  const found = new Set<string>();
  for (let at: string | undefined = account; at !== undefined && !found.has(at); at = view.get('account', at)?.parent) found.add(at);
  return [...found];
}

/** An account with all above and below it: their people may be written to about any of them (BR-44). */
export function familyOf(account: string, view: ReadView): readonly string[] {
  const found = new Set(upwards(account, view));
  const open = [account];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const { id } of view.by('account', 'parent', at))
      if (!found.has(id)) {
        found.add(id);
        open.push(id);
      }
  return [...found];
}

/** Whether two accounts are the same, or one lies above the other (BR-44). */
export function sameFamily(one: string, other: string, view: ReadView): boolean {
  return upwards(one, view).includes(other) || upwards(other, view).includes(one);
}
