import type { AnyRow, Row, TableName } from '../../model/dictionary.ts';
import type { FieldKind } from '../../model/field.ts';
import type { ReadView } from '../view.ts';

/**
 * A field that no row stores but every row has: computed from the row, the records around it and `asOf`. Usable wherever a
 * field is: conditions, list columns, sorting, indicators.
 */
export type DerivedField = {
  readonly kind: FieldKind;
  readonly label: string;
  readonly unit?: string;
  readonly help?: string;
  readonly choices?: Readonly<Record<string, string>>;
  /** Worked out by the engine from many records over time (health), not by a look at the records around it. */
  readonly computed?: true;
  /** Undefined: empty, as for a stored field. */
  readonly value: (row: AnyRow, view: ReadView, asOf: string) => unknown;
};

export type DerivedFields = Readonly<Record<string, DerivedField>>;
/** Derived fields by record type. */
export type DerivedTables = { readonly [T in TableName]?: DerivedFields };

type Typed<T extends TableName> = Omit<DerivedField, 'value'> & {
  readonly value: (row: Row<T>, view: ReadView, asOf: string) => unknown;
};

/** Declares the derived fields of one record type. */
export function derivedFields<T extends TableName>(_table: T, fields: Readonly<Record<string, Typed<T>>>): DerivedFields {
  return fields as unknown as DerivedFields; // they are looked up by the same table's name, so they only ever see its rows
}
