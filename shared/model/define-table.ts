import type { Access } from './access.ts';
import type { Fields } from './field.ts';

/** How a record type ends: which field holds the state and what closing means (BR-02, BR-03). */
export type Lifecycle = {
  readonly field: string;
  readonly initial: string;
  readonly closed: string;
  readonly cancelled: string;
  /** State that a reopened record returns to. */
  readonly reopened: string;
  readonly closureCodes: Readonly<Record<string, string>>;
  /** Closure code that cancelling sets by itself. */
  readonly cancelledCode: string;
};

/** What customers get to see of a record type. Absent in a type: nothing. */
export type CustomerView = {
  /** Fields that they see; journals of internal notes are never among them. */
  readonly fields: readonly string[];
  /** A yes/no field that has to be set for them to see a record. */
  readonly when?: string;
  /** Fields that they may give a new record; absent: they create none. */
  readonly create?: readonly string[];
  /** Fields that they may change; comments are always allowed where `comments` is among the fields. */
  readonly update?: readonly string[];
};

export type TableDefinition = {
  readonly name: string;
  readonly label: string;
  readonly plural: string;
  /** Prefix of the human number, for example `ENG`. Absent: the type is not numbered. */
  readonly prefix?: string;
  readonly fields: Fields;
  /** Field(s) that make the display label of a record. */
  readonly title: readonly string[];
  /** Fields of which no two records may have the same values (together). */
  readonly unique?: readonly (readonly string[])[];
  readonly lifecycle?: Lifecycle;
  /** How its records are guarded; absent: `work`. */
  readonly access?: Access;
  readonly customer?: CustomerView;
  /** Reference field through which a record belongs to an account (scope, domain, permissions). */
  readonly accountPath?: string;
  /** Reference to the record that it belongs to: its `account` and `engagement` are taken from there, people do not set them. */
  readonly placedBy?: string;
  /** The same where `placedBy` is empty. */
  readonly elsePlacedBy?: string;
  /** Reference to the work that it is a part of: that is not closed while this is open (BR-14), and cancelling it cancels this (BR-15). */
  readonly partOf?: string;
  /** Reference to the work on whose end it is cancelled, whether that is closed or cancelled (BR-16): a playbook that runs for it. */
  readonly endsWith?: string;
  /** Date on which it is due or ends; absent: `dueDate` or `plannedStop`, where it has one. The days until then are derived (REC-46). */
  readonly dueBy?: string;
  /** Deleting a record of the named table deletes these too (`table.field`). */
  readonly ownedBy?: string;
  /** Users bring it in files; the import wizard and templates offer it. */
  readonly importable?: true;
  /** A file row can be told to be an update by these fields, first that has a value wins. */
  readonly importKeys?: readonly string[];
  /** Headings that tell this type in a file whose name and content say nothing else. */
  readonly synonyms?: readonly string[];
};

/** Declares a record type: the single place where its fields are written down. Extensible choice fields learn the name of their list. */
export function defineTable<const T extends TableDefinition>(table: T): T {
  const fields = Object.fromEntries(
    Object.entries(table.fields).map(([key, field]) => {
      if (field.extensible === undefined) return [key, field];
      return [key, { ...field, list: field.extensible === true ? `${table.name}.${key}` : field.extensible }];
    }),
  );
  return { ...table, fields };
}
