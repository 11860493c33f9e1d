// Records of every type that belong to one customer, valid by all rules.
import fc from 'fast-check';
import type { Engine } from '#engine/engine.ts';
import { isScoped } from '#shared/domain/permission/follow.ts';
import { tableNames, tableOf, type NewValues, type TableName } from '#shared/model/dictionary.ts';
import { change } from './portfolio-engine.ts';
import { valuesOf, type KnownIds } from './row-arbitrary.ts';

/** What may be tried before a type counts as one whose records cannot be invented. */
const TRIES = 80;

/** Types that stand for themselves: made by the store or by a person's own doing, or (data points) only with a source. */
const LEFT_OUT: readonly TableName[] = ['setting', 'user', 'domain'];

/** Values that chance does not find. */
const HARD: { readonly [T in TableName]?: Readonly<Record<string, unknown>> } = {
  meetingSeries: { startsAt: '2025-07-01T09:00:00.000Z', endsAt: '2025-07-01T10:00:00.000Z', repeatUntil: '2025-09-30' },
  playbook: { forTable: 'successCase', fits: undefined },
  playbookVersion: {
    definition: {
      table: 'successCase',
      stages: [{ key: 'one', label: 'One', activities: [{ key: 'note', label: 'Note', kind: 'note' }] }],
    },
  },
  playbookRun: { state: 'inProgress' },
};

export type Samples = { readonly ids: ReadonlyMap<TableName, string>; readonly missing: readonly TableName[] };

/** Values with every text made recognisable. */
function marked(table: TableName, values: Readonly<Record<string, unknown>>, mark: string): Record<string, unknown> {
  const { fields } = tableOf(table);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const kind = fields[name]?.kind;
      return [name, typeof value === 'string' && (kind === 'text' || kind === 'longText') ? `${mark} ${name}` : value];
    }),
  );
}

async function sample(engine: Engine, table: TableName, known: KnownIds, fixed: Readonly<Record<string, unknown>>, mark: string) {
  const tries = fc.sample(valuesOf(table, known, fixed), { seed: 42, numRuns: TRIES });
  const plain = tries.map((values) => marked(table, values, mark));
  for (const values of [...plain, ...tries]) {
    try {
      // values invented by kind are those of this table
      return await change(engine, (draft) => draft.create(table, values as NewValues<typeof table>));
    } catch {
      // the next one may be allowed
    }
  }
  return undefined;
}

/**
 * Creates one record of every type that the filter takes, all tied to the records in `known` and to each other. `mark` stands in
 * their texts. Types of which no record could be invented are named.
 */
export async function sampleRecords(
  engine: Engine,
  options: {
    readonly mark: string;
    readonly known: Readonly<Partial<Record<TableName, readonly string[]>>>;
    readonly fixed?: (table: TableName) => Readonly<Record<string, unknown>>;
    readonly only?: (table: TableName) => boolean;
  },
): Promise<Samples> {
  const { mark, known, fixed = () => ({}), only = isScoped } = options;
  const ids = new Map<TableName, string>();
  const all: Partial<Record<TableName, readonly string[]>> = { ...known };
  let left = tableNames.filter((table) => !LEFT_OUT.includes(table) && only(table));
  // what refers to others is made once those are there
  for (let round = 0; round < 4 && left.length > 0; round += 1) {
    const later: TableName[] = [];
    for (const table of left) {
      const id = await sample(engine, table, all, { ...HARD[table], ...fixed(table) }, mark);
      if (id === undefined) later.push(table);
      else {
        ids.set(table, id);
        all[table] = [...(known[table] ?? []), id];
      }
    }
    left = later;
  }
  return { ids, missing: left };
}
