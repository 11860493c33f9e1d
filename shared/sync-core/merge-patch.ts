import { tableOf, type TableName } from '../model/dictionary.ts';
import { mergeField } from './merge-field.ts';

type Values = Readonly<Record<string, unknown>>;

/** The state of a record that an intent was made on: the server's version of it, and the fields of the patch as they were. */
export type Base = { readonly version: number; readonly fields: Values };

/** One field that two people changed, for the review list. */
export type FieldConflict = {
  readonly field: string;
  readonly base: unknown;
  readonly theirs: unknown;
  readonly mine: unknown;
  /** What goes with mine: the closure code and the notes of a state that ends a record. */
  readonly with?: Values;
};

export type PatchMerge = {
  /** Fields to set; undefined empties one. */
  readonly set: Values;
  /** Fields that someone else had changed and whose values were joined or overwritten by policy. */
  readonly merged: readonly string[];
  /** Fields that keep the server's value until a person decides. */
  readonly conflicts: readonly FieldConflict[];
  /** Fields whose policy refuses the whole intent. */
  readonly refused: readonly string[];
};

/**
 * Merges the patch of an intent into the server's record, field by field (S4). Fields that the dictionary does not
 * know are left out: the caller has refused or kept them before.
 */
export function mergePatch(table: TableName, current: Values & { readonly rev: number }, patch: Values, base: Base): PatchMerge {
  const { fields } = tableOf(table);
  const set: Record<string, unknown> = {};
  const merged: string[] = [];
  const conflicts: FieldConflict[] = [];
  const refused: string[] = [];
  for (const name of Object.keys(patch).toSorted()) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) continue;
    const theirs = current[name];
    // at the very version that the person saw nothing has been touched, whatever a device says the values were
    const was = current.rev === base.version ? theirs : base.fields[name];
    const met = mergeField(field, was, theirs, patch[name]);
    switch (met.outcome) {
      case 'same':
        break;
      case 'apply':
      case 'merged':
        set[name] = met.value;
        if (met.outcome === 'merged') merged.push(name);
        break;
      case 'review':
        conflicts.push({ field: name, base: was, theirs, mine: patch[name] });
        break;
      case 'refuse':
        refused.push(name);
        break;
    }
  }
  return { set, merged, conflicts, refused };
}
