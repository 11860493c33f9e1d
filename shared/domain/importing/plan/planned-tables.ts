import { tableOf, type AnyRow, type TableName } from '../../../model/dictionary.ts';
import { labelOf } from '../../labels/record-label.ts';
import { openNameIndex, type NameIndex } from './name-index.ts';
import type { Origin, PlannedRecord, PlanWorld } from './plan-types.ts';

/** The records of one table as the plan sees them: stored ones and planned ones, found by key, number and name. */
export type PlannedTable = {
  readonly table: TableName;
  /** Nothing of this type is stored yet. */
  readonly isEmpty: boolean;
  readonly records: PlannedRecord[];
  readonly byId: ReadonlyMap<string, PlannedRecord>;
  /** A planned record by its external ID, else a stored one, which becomes planned. */
  readonly planByKey: (key: string) => PlannedRecord | undefined;
  /** ID of the record with the external ID, planned or stored. */
  readonly idByKey: (key: string) => string | undefined;
  readonly has: (id: string) => boolean;
  /** Makes a planned record known by a name. */
  readonly noteName: (record: PlannedRecord, name: string) => void;
  readonly byNumber: (number: string) => AnyRow | undefined;
  /** Names of records, as far as {@link PlannedTable.loadNames} has loaded them. */
  readonly names: NameIndex;
  readonly loadNames: (turn: () => Promise<void>) => Promise<void>;
  /** Stored records by their folded name and further parts, for recognising a row without a key. */
  readonly storedByName: (field: string, value: string) => readonly AnyRow[];
  readonly plan: (existing: AnyRow | undefined, origin: Origin, key?: string) => PlannedRecord;
  readonly setKey: (record: PlannedRecord, key: string) => void;
};

/** Records between two turns for other work. */
const SLICE = 2_048;

/** Opens a table for planning; nothing is read before it is asked for. */
export function openPlannedTable(table: TableName, world: PlanWorld): PlannedTable {
  const records: PlannedRecord[] = [];
  const byId = new Map<string, PlannedRecord>();
  const fromStore = new Map<string, PlannedRecord>();
  let numbered = 0;
  const keys = new Map<string, PlannedRecord>();
  const isEmpty = world.view.count(table) === 0;
  const isKeyed = tableOf(table).fields['externalId'] !== undefined && !isEmpty;
  const rows = () => world.view.all(table) as Iterable<AnyRow>; // a row of any table, seen generically
  const names = openNameIndex();
  let isNamed = false;
  const unnoted: { record: PlannedRecord; name: string }[] = [];
  let numbers: ReadonlyMap<string, AnyRow> | undefined;
  const stored = new Map<string, ReadonlyMap<string, AnyRow[]>>();

  const storedByKey = (key: string): AnyRow | undefined => (world.view.by(table, 'externalId', key) as readonly AnyRow[])[0]; // as above
  const plan: PlannedTable['plan'] = (existing, origin, key) => {
    if (existing !== undefined) {
      const known = fromStore.get(existing.id);
      if (known !== undefined) return known;
    }
    const record: PlannedRecord = {
      table,
      id: existing?.id ?? world.newId(),
      existing,
      origin,
      values: {},
      sheet: -1,
      row: -1,
      held: false,
      status: existing === undefined ? 'create' : 'unchanged',
    };
    records.push(record);
    if (existing !== undefined) fromStore.set(existing.id, record);
    if (key !== undefined) keys.set(key, record);
    return record;
  };

  /** Most imports never look a record up by its ID. */
  const indexed = (): ReadonlyMap<string, PlannedRecord> => {
    for (; numbered < records.length; numbered += 1) {
      const record = records[numbered];
      if (record !== undefined) byId.set(record.id, record);
    }
    return byId;
  };

  return {
    table,
    isEmpty,
    records,
    get byId() {
      return indexed();
    },
    plan,
    setKey: (record, key) => {
      if (!keys.has(key)) keys.set(key, record);
    },
    planByKey: (key) => {
      const planned = keys.get(key);
      if (planned !== undefined || !isKeyed) return planned;
      const existing = storedByKey(key);
      return existing === undefined ? undefined : plan(existing, 'row', key);
    },
    idByKey: (key) => keys.get(key)?.id ?? (isKeyed ? storedByKey(key)?.id : undefined),
    has: (id) => indexed().has(id) || world.view.get(table, id) !== undefined,
    noteName: (record, name) => {
      unnoted.push({ record, name });
    },
    byNumber: (number) => {
      numbers ??= new Map(Array.from(rows(), (row) => [row.number ?? '', row]));
      return numbers.get(number);
    },
    names,
    loadNames: async (turn) => {
      let count = 0;
      for (const row of isNamed ? [] : rows()) {
        if ((count += 1) % SLICE === 0) await turn();
        names.add({ id: row.id, key: row.id, name: labelOf(table, row, world.view) });
        const email = row['email'];
        if (typeof email === 'string') names.add({ id: row.id, key: row.id, name: email });
      }
      isNamed = true;
      const { length } = unnoted;
      for (const { record, name } of unnoted.splice(0, length)) {
        if ((count += 1) % SLICE === 0) await turn();
        names.add({ id: record.id, key: record.existing?.id ?? `new:${name}`, name });
      }
      await names.settle(turn);
    },
    storedByName: (field, value) => {
      let index = stored.get(field);
      if (index === undefined) {
        const made = new Map<string, AnyRow[]>();
        for (const row of rows()) {
          const text = row[field];
          if (typeof text !== 'string') continue;
          const folded = text.trim().toLowerCase();
          const list = made.get(folded);
          if (list === undefined) made.set(folded, [row]);
          else list.push(row);
        }
        index = made;
        stored.set(field, index);
      }
      return index.get(value.trim().toLowerCase()) ?? [];
    },
  };
}
