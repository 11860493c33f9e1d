import { AppError } from '../../errors/app-error.ts';
import { isTableName, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { FieldKind } from '../../model/field.ts';
import { similarity } from '../../util/similarity.ts';
import type { ReadView } from '../view.ts';
import type { DerivedField, DerivedTables } from './derived-field.ts';
import { derivedTables } from './derived-tables.ts';

/** A field as conditions, lists and indicators see it: stored, kept by the store, derived, or of a record referred to. */
export type FieldInfo = {
  readonly kind: FieldKind;
  readonly label: string;
  readonly unit?: string;
  readonly help?: string;
  readonly choices?: Readonly<Record<string, string>>;
  /** Extensible choice fields: the list that further choices belong to (`shared/domain/choices.ts`). */
  readonly list?: string;
  /** Reference fields: the table they point to. */
  readonly to?: string;
  /** `anyReference` fields: the tables they may point to; absent: any. */
  readonly toAny?: readonly string[];
  readonly derived?: true;
  /** Worked out by the engine: {@link DerivedField}. */
  readonly computed?: true;
};
export type FieldPath = FieldInfo & {
  readonly path: string;
  /** The record type whose field the last step is. */
  readonly table: TableName;
  /** Labels of every step, for words: `Account`, `Industry`. */
  readonly labels: readonly string[];
  readonly read: (row: AnyRow, view: ReadView, asOf: string) => unknown;
};

const MAX_STEPS = 5;

const SYSTEM: Readonly<Record<string, FieldInfo>> = {
  id: { kind: 'text', label: 'Record ID' },
  number: { kind: 'text', label: 'Number' },
  createdAt: { kind: 'instant', label: 'Created' },
  createdBy: { kind: 'text', label: 'Created by' },
  updatedAt: { kind: 'instant', label: 'Updated' },
  updatedBy: { kind: 'text', label: 'Updated by' },
};

const own = <V>(from: Readonly<Record<string, V>> | undefined, key: string): V | undefined =>
  from && Object.hasOwn(from, key) ? from[key] : undefined;

/** Whoever brings fields along brings the computed ones too, or may not see them. */
const isKnown = ({ computed }: DerivedField, more: DerivedTables | undefined): boolean => computed !== true || more === undefined;

const derivedOf = (table: TableName, key: string, more: DerivedTables | undefined): DerivedField | undefined => {
  const brought = own(more?.[table], key);
  if (brought) return brought;
  const found = own(derivedTables[table], key);
  return found && isKnown(found, more) ? found : undefined;
};

/**
 * Every field of a record type by its key: the dictionary's, those that the store keeps, the derived ones, and `more` (such
 * as the computed health, which only the engine knows).
 */
export function fieldsOf(table: TableName, more?: DerivedTables): Readonly<Record<string, FieldInfo>> {
  const plain = Object.entries(derivedTables[table] ?? {}).filter(([, field]) => isKnown(field, more));
  const derived = { ...Object.fromEntries(plain), ...more?.[table] };
  const infos = Object.entries(derived).map(([key, { value: _value, ...info }]) => [key, { ...info, derived: true as const }] as const);
  return { ...tableOf(table).fields, ...SYSTEM, ...Object.fromEntries(infos) };
}

/**
 * Finds a field by its name; dots walk references (`account.industry`). Throws AppError `validation` that names the step
 * which does not exist and the likeliest one meant.
 */
export function fieldAt(table: TableName, path: string, more?: DerivedTables): FieldPath {
  const steps = path.split('.');
  if (steps.length > MAX_STEPS) throw noField(path, `“${path.slice(0, 80)}” follows too many references (at most ${MAX_STEPS - 1}).`);
  const [key = '', ...rest] = steps;
  const first = stepAt(table, key, more);
  if (rest.length === 0) return { ...first, path };
  const to = first.kind === 'reference' ? first.to : undefined;
  if (to === undefined || !isTableName(to))
    throw noField(path, `“${key}” of ${tableOf(table).label.toLowerCase()} does not lead to another record.`);
  const last = fieldAt(to, rest.join('.'), more);
  const read: FieldPath['read'] = (row, view, asOf) => {
    const id = first.read(row, view, asOf);
    const target: AnyRow | undefined = typeof id === 'string' ? view.get(to, id) : undefined;
    return target ? last.read(target, view, asOf) : undefined;
  };
  return { ...last, path, labels: [first.label, ...last.labels], read };
}

function stepAt(table: TableName, key: string, more: DerivedTables | undefined): FieldPath {
  const stored = own(tableOf(table).fields, key) ?? own(SYSTEM, key);
  const at = { path: key, table };
  if (stored) return { ...infoOf(stored), ...at, labels: [stored.label], read: (row) => row[key] };
  const derived = derivedOf(table, key, more);
  if (derived) {
    const { value, ...info } = derived;
    return { ...info, derived: true, ...at, labels: [derived.label], read: value };
  }
  const meant = Object.entries(fieldsOf(table, more))
    .map(([name, info]) => ({ name, score: Math.max(similarity(name, key), similarity(info.label, key)) }))
    .sort((a, b) => b.score - a.score)[0];
  const hint = meant && meant.score >= 0.6 ? ` Did you mean “${meant.name}”?` : '';
  throw noField(key, `${tableOf(table).label} has no field “${key.slice(0, 80)}”.${hint}`);
}

/** Only what a reader of fields needs, of a declared field. */
function infoOf({ kind, label, unit, help, choices, list, to, toAny }: FieldInfo): FieldInfo {
  return {
    kind,
    label,
    ...(unit === undefined ? {} : { unit }),
    ...(help === undefined ? {} : { help }),
    ...(choices === undefined ? {} : { choices }),
    ...(list === undefined ? {} : { list }),
    ...(to === undefined ? {} : { to }),
    ...(toAny === undefined ? {} : { toAny }),
  };
}

const noField = (field: string, message: string): AppError => new AppError('validation', message, { field: field.slice(0, 100) });
