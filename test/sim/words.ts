import type { Taken } from './history.ts';
import type { Deed, SimDevice } from './sim-device.ts';

/** Where a record belongs, as far as the deed that made it says. */
const PARENTS = ['engagement', 'account', 'sourceRecord'] as const;

/** Records that someone has deleted, and what belongs to them: what was made and deleted before it was sent need not be told. */
export function takenAway(deeds: readonly Deed[]): ReadonlySet<string> {
  const gone = new Set(deeds.flatMap((deed) => (deed.action === 'delete' ? [deed.id] : deed.action === 'deleteAll' ? deed.ids : [])));
  const made = deeds.flatMap((deed) => (deed.action === 'create' || deed.action === 'update' ? [deed] : []));
  for (let before = -1; before < gone.size;) {
    before = gone.size;
    for (const deed of made) {
      const values = deed.action === 'create' ? deed.values : deed.patch;
      if (PARENTS.some((name) => gone.has(String(values[name])))) gone.add(deed.id);
    }
  }
  return gone;
}

/**
 * Whether what a person wrote is still theirs to be seen (S5, S13): each word of each deed stands in an intent that the central store has, whatever it answered,
 * or among what it refused.
 */
export function checkWords(own: readonly Taken[], device: SimDevice, deeds: readonly Deed[], gone: ReadonlySet<string>): readonly string[] {
  const refused = device.refused?.();
  if (refused === undefined) return [];
  const all = [...own.map(({ sent }) => JSON.stringify(sent.operations)), ...refused.values()];
  return deeds.flatMap((deed) => {
    if (deed.action === 'deleteAll' || deed.action === 'delete' || gone.has(deed.id)) return [];
    const about = all.filter((text) => text.includes(deed.id));
    return wordsOf(deed).flatMap((word) =>
      about.some((text) => text.includes(word)) ? [] : [`${device.login} did ${deed.action} ${deed.table}/${deed.id}, and ${word} is lost`],
    );
  });
}

function wordsOf(deed: Deed): readonly string[] {
  switch (deed.action) {
    case 'create':
      return Object.values(deed.values).map((value) => JSON.stringify(value));
    case 'update':
      return Object.values(deed.patch).flatMap((value) => (value === null ? [] : [JSON.stringify(value)]));
    case 'note':
      return [JSON.stringify(deed.text)];
    case 'close':
      return [JSON.stringify(deed.closeNotes)];
    case 'points':
      return deed.points.end.map(String);
    case 'attach':
    case 'delete':
    case 'deleteAll':
      return [];
  }
}
