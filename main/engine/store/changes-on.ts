import { changesOf, seriesChangesOf, SERIES_PART, type ChangeBody, type ChangePart, type HeaderRow } from './change-parts.ts';
import { headerOf, type ChangeSet } from './change-set.ts';
import type { Database } from './database.ts';

const IDS_AT_ONCE = 500;
const SETS_AT_ONCE = 200;

/** What change sets did to some records and to the data points of some series, oldest first; the rest of each set is left out. `isWanted`: of which sets, by number. */
export async function changesOn(
  { relaxed }: Database,
  ids: ReadonlySet<string>,
  isWanted: (seq: number) => boolean,
): Promise<readonly ChangeSet[]> {
  const sets = relaxed.table<HeaderRow, number>('changeSets');
  const all = [...ids];
  const seqs = new Set<number>();
  for (let from = 0; from < all.length; from += IDS_AT_ONCE)
    for (const seq of await sets
      .where('records')
      .anyOf(all.slice(from, from + IDS_AT_ONCE))
      .primaryKeys())
      if (isWanted(seq)) seqs.add(seq);
  const found: ChangeSet[] = [];
  const take = (header: HeaderRow, content: Pick<ChangeSet, 'rows' | 'series'>): void => {
    const rows = content.rows.filter(({ id }) => ids.has(id));
    const series = content.series.filter((one) => ids.has(one.series));
    if (rows.length + series.length > 0) found.push({ ...headerOf(header), rows, series });
  };
  const small = [...seqs];
  for (let from = 0; from < small.length; from += SETS_AT_ONCE) {
    const some = small.slice(from, from + SETS_AT_ONCE);
    const [headers, bodies] = await Promise.all([sets.bulkGet(some), relaxed.table<ChangeBody, number>('changeBodies').bulkGet(some)]);
    for (const [at, header] of headers.entries()) {
      const body = bodies[at];
      if (header !== undefined && body !== undefined) take(header, { rows: body.rows, series: seriesChangesOf(body) });
    }
  }
  for (const header of await sets.where('bulk').equals(1).toArray()) {
    if (!isWanted(header.seq)) continue;
    const parts = await relaxed
      .table<ChangePart>('changeParts')
      .where('[seq+table+last]')
      .between([header.seq], [header.seq, []])
      .toArray();
    for (const part of parts)
      take(header, part.table === SERIES_PART ? { rows: [], series: seriesChangesOf(part) } : { rows: changesOf(part), series: [] });
  }
  return joined(found);
}

/** The parts of one set as one. */
function joined(found: readonly ChangeSet[]): readonly ChangeSet[] {
  const bySeq = Map.groupBy(found, ({ seq }) => seq);
  return [...bySeq.values()]
    .flatMap((parts): ChangeSet[] => {
      const [first] = parts;
      return first === undefined
        ? []
        : [{ ...first, rows: parts.flatMap(({ rows }) => rows), series: parts.flatMap(({ series }) => series) }];
    })
    .toSorted((a, b) => a.seq - b.seq);
}
