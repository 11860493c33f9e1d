import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import type { Deeds } from '../records/writer.ts';
import type { ChangeSet, RowChange, SeriesChange } from '../store/change-set.ts';
import type { Store } from '../store/store.ts';
import type { SyncRow } from '../store/sync-rows.ts';
import { deedOf, deedOfAdopted, keyOfDeed, type Deed, type Part } from './deeds.ts';
import { openKnown, type Known } from './known.ts';
import { withOwnWords } from './as-sent.ts';
import {
  ADOPTED,
  ANSWERED,
  CUTS,
  kept,
  keptUnder,
  nameOf,
  shadowKey,
  shadowOf,
  standingOf,
  type Adopted,
  type AnsweredPart,
} from './sync-keys.ts';
import { staysHere } from './wire.ts';

/** What is done here and not confirmed by the server, in order; and what of the server's is known. */
export type Queue = {
  readonly known: Known;
  readonly deeds: () => readonly Deed[];
  /** Parts that were not answered, in the order in which they are sent. */
  readonly waiting: () => readonly { readonly deed: Deed; readonly part: Part }[];
  /** Makes `changesOf` ready, a record a step. */
  readonly index: () => Generator<void, void, void>;
  /** Whether what the server says now has a part's effect in it: it had answered intents up to this number (S8). */
  readonly confirmedBy: (acknowledged: number) => (part: Part) => boolean;
  /** What deeds do to a record, oldest first; confirmed and refused ones left out. */
  readonly changesOf: (table: TableName, id: string, isConfirmed: (part: Part) => boolean) => readonly RowChange[];
  /** What deeds do to the data points of a series, oldest first, in pieces, with the part that each belongs to. */
  readonly pointsOf: (series: string) => readonly (readonly [Part, SeriesChange])[];
  /** Takes deeds out of the queue; once it is written. */
  readonly drop: (deeds: ReadonlySet<Deed>) => void;
  /** A deed was cut into smaller parts (cut-deed.ts). */
  readonly cut: (deed: Deed) => void;
  /** Reads what was here before the first sign-in, which stands before everything else. */
  readonly readAdopted: () => void;
  /** Reads everything anew, as after a start. */
  readonly reopen: () => Promise<void>;
  /** The writer's side. */
  readonly hook: Deeds;
};

/** Opens the queue of a store. */
export async function openQueue(store: Store): Promise<Queue> {
  const known = openKnown(store.sync);
  const rowOf = (table: TableName, id: string): AnyRow | undefined => store.rows.table(table).get(id);
  const isTied = (): boolean => standingOf(store.sync) !== undefined;
  let adopted: Deed[] = [];
  let deeds: Deed[] = [];
  let sets = new Map<number, ChangeSet>();

  /** By record: what was done to it. */
  const touched = new Map<string, (readonly [Part, RowChange])[]>();
  /** By series: what was done to its points. */
  const points = new Map<string, (readonly [Part, SeriesChange])[]>();
  const indexed = new Set<Deed>();
  const index = function* (): Generator<void, void, void> {
    for (const deed of all()) {
      if (indexed.has(deed)) continue;
      for (const part of deed.parts) {
        for (const change of part.rows) {
          append(touched, nameOf(change.table, change.id), [part, change]);
          yield;
        }
        for (const change of part.points) {
          append(points, change.series, [part, change]);
          yield;
        }
      }
      indexed.add(deed);
    }
  };

  const answersTo = (deed: Deed): Deed => {
    const answers = store.sync.get(ANSWERED + deed.key) as Readonly<Record<string, AnsweredPart>> | undefined; // kept by settle-answers.ts
    for (const part of deed.parts) part.answer = answers?.[part.id];
    return deed;
  };
  const openAdopted = (key: string, value: Adopted): Deed =>
    deedOfAdopted(key, value, store.head().stamp, (deed) => withOwnWords(deed, key, store.sync));
  const readAdopted = (): void => {
    const known = new Map(adopted.map((deed) => [deed.key, deed]));
    adopted = keptUnder<Adopted>(store.sync, ADOPTED).map(
      ({ key, value }) => known.get(key.slice(ADOPTED.length)) ?? answersTo(openAdopted(key.slice(ADOPTED.length), value)),
    );
  };
  const open = (set: ChangeSet): Deed | undefined =>
    deedOf(
      withOwnWords(set, keyOfDeed(set.seq), store.sync),
      rowOf,
      store.sync.get(CUTS + keyOfDeed(set.seq)) as readonly number[] | undefined, // kept by cut-deed.ts
    );
  const add = (set: ChangeSet): void => {
    const deed = open(set);
    if (deed === undefined) return;
    deeds.push(answersTo(deed));
    sets.set(set.seq, set);
  };
  const all = (): readonly Deed[] => [...adopted, ...deeds];

  const reopen = async (): Promise<void> => {
    adopted = [];
    deeds = [];
    sets = new Map();
    touched.clear();
    points.clear();
    indexed.clear();
    if (!isTied()) return;
    readAdopted();
    for (const { seq } of await store.outbox()) {
      const set = await store.history.read(seq);
      if (set !== undefined) add(set);
    }
  };
  await reopen();
  store.holdUnsent(() => [...sets.values()]);

  /** The confirmed row of what a deed touches first: it stays as it is until the server speaks of the record again. */
  const shadows = (rows: readonly RowChange[], before: (table: TableName, id: string) => AnyRow | undefined): readonly SyncRow[] =>
    rows.flatMap(({ table, id, action }) => {
      if (action === 'create' || known.version(table, id) === undefined || shadowOf(store.sync, table, id) !== undefined) return [];
      const row = before(table, id);
      return row === undefined ? [] : [kept(shadowKey(table, id), row)];
    });

  return {
    known,
    deeds: all,
    waiting: () => all().flatMap((deed) => deed.parts.flatMap((part) => (part.answer === undefined ? [{ deed, part }] : []))),
    index,
    confirmedBy: (acknowledged) => {
      const confirmed = new Set<Part>();
      // one whose answer was lost is in as well
      let next = standingOf(store.sync)?.answered ?? 0;
      for (const deed of all())
        for (const part of deed.parts) {
          if (part.answer === undefined) next += 1;
          if ((part.answer?.seq ?? next) <= acknowledged) confirmed.add(part);
        }
      return (part) => confirmed.has(part);
    },
    changesOf: (table, id, isConfirmed) =>
      (touched.get(nameOf(table, id)) ?? []).flatMap(([part, change]) =>
        part.answer?.outcome === 'refused' || isConfirmed(part) ? [] : [change],
      ),
    pointsOf: (series) => points.get(series) ?? [],
    drop: (gone) => {
      const parts = new Set([...gone].flatMap((deed) => deed.parts));
      for (const part of parts) {
        for (const { table, id } of part.rows) without(touched, nameOf(table, id), parts);
        for (const { series } of part.points) without(points, series, parts);
      }
      adopted = adopted.filter((deed) => !gone.has(deed));
      deeds = deeds.filter((deed) => !gone.has(deed));
      sets = new Map(
        deeds
          .flatMap(({ seq }) => (seq === undefined ? [] : [[seq, sets.get(seq)]]))
          .filter((one): one is [number, ChangeSet] => one[1] !== undefined),
      );
    },
    cut: (deed) => {
      const set = deed.seq === undefined ? undefined : sets.get(deed.seq);
      const anew = set && open(set);
      if (anew === undefined) return;
      deeds = deeds.map((one) => (one === deed ? answersTo(anew) : one));
      // in the order of the deeds again
      touched.clear();
      points.clear();
      indexed.clear();
    },
    readAdopted,
    reopen,
    hook: {
      note: (rows, before) => {
        if (!isTied()) return { rows };
        const noted = rows.map((change) => {
          const version = change.action === 'create' ? undefined : known.version(change.table, change.id);
          return version === undefined ? change : { ...change, base: version };
        });
        const own = rows.filter((change) => !staysHere(change.table, before(change.table, change.id) ?? rowOf(change.table, change.id)));
        return { rows: noted, sync: { put: shadows(own, before) } };
      },
      done: (set) => {
        if (isTied()) add(set);
      },
    },
  };
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function without<T>(lists: Map<string, (readonly [Part, T])[]>, key: string, gone: ReadonlySet<Part>): void {
  const left = (lists.get(key) ?? []).filter(([part]) => !gone.has(part));
  if (left.length === 0) lists.delete(key);
  else lists.set(key, left);
}
