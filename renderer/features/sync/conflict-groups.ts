import type { ConflictLine } from './sync-types.ts';

export type ConflictGroup = { readonly key: string; readonly lines: readonly [ConflictLine, ...ConflictLine[]] };

/** Conflicts by record, in the order in which they come. */
export function byRecord(lines: readonly ConflictLine[]): readonly ConflictGroup[] {
  const groups = new Map<string, [ConflictLine, ...ConflictLine[]]>();
  for (const line of lines) {
    const key = `${line.table} ${line.recordId}`;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups].map(([key, group]) => ({ key, lines: group }));
}

/** The one beside another in a list, or the nearest where there is none: where the focus goes. */
export function besideOf(ids: readonly string[], id: string | undefined, step: 1 | -1): string | undefined {
  const at = id === undefined ? -1 : ids.indexOf(id);
  if (at === -1) return ids[0];
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))];
}

/** Where the focus goes when some of a list go: to the next that stays, else to the last one before. */
export function afterGoing(ids: readonly string[], going: ReadonlySet<string>, current: string | undefined): string | undefined {
  const at = Math.max(0, current === undefined ? 0 : ids.indexOf(current));
  const stays = (id: string) => !going.has(id);
  return ids.slice(at).find(stays) ?? ids.slice(0, at).findLast(stays);
}

export type Choice = 'mine' | 'theirs' | 'value';

/** What the choices of a conflict are called: whose text it is, or what happens to a deleted record. */
export function choiceWords({ kind, by }: Pick<ConflictLine, 'kind' | 'by'>, isOwn: boolean) {
  if (kind === 'deleted')
    return { mine: isOwn ? 'Restore with my change' : `Restore with the change of ${by}`, theirs: 'Leave it deleted' };
  return { mine: isOwn ? 'Take mine' : `Take that of ${by}`, theirs: isOwn ? 'Keep theirs' : 'Keep what stands' };
}

/** What is said once a conflict has been settled. */
export function settledWords(lines: readonly ConflictLine[], choice: Choice, isOwn: (line: ConflictLine) => boolean): string {
  const [first] = lines;
  if (lines.length !== 1 || first === undefined) return `${lines.length} conflicts settled`;
  const what = `${first.label} of ${first.title}`;
  if (first.kind === 'deleted') return choice === 'theirs' ? `${first.title} stays deleted` : `${first.title} restored`;
  if (choice === 'value') return `${what}: put together`;
  if (choice === 'theirs') return `${what}: kept as it stands`;
  return isOwn(first) ? `${what}: yours taken` : `${what}: that of ${first.by} taken`;
}
