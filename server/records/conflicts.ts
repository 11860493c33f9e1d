import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import type { Json } from '#shared/model/field.ts';
import type { CONFLICT_KINDS } from '#shared/model/tables/sync-conflict.ts';
import type { FieldConflict } from '#shared/sync-core/merge-patch.ts';
import type { IntentDraft } from './intent-draft.ts';

export type Conflict = {
  readonly kind: keyof typeof CONFLICT_KINDS;
  readonly table: TableName;
  readonly id: string;
  /** Whose change did not come in. */
  readonly author: string;
  readonly fields?: readonly FieldConflict[];
  /** The whole record, where it is not there to be changed. */
  readonly record?: Readonly<Record<string, unknown>>;
};

type Opening = { readonly newId: () => string; readonly at: string };

/**
 * Writes a conflict (S5) into the intent's own changes, so that nothing is dropped silently. A further one about the same fields of the
 * same record by the same person goes into the one that is open. Answers its ID.
 */
export function openConflict(draft: IntentDraft, conflict: Conflict, { newId, at }: Opening): string {
  const { kind, table, id, author, fields, record } = conflict;
  const open = draft.view
    .by('syncConflict', 'recordId', id)
    .find((one) => one.resolved !== true && one.kind === kind && one.author === author && kind === 'fields');
  if (open) {
    const known = Array.isArray(open.fields) ? (open.fields as unknown as readonly FieldConflict[]) : []; // written below
    const kept = known.filter((one) => !fields?.some(({ field }) => field === one.field));
    const first = (field: FieldConflict): FieldConflict => ({
      ...field,
      base: known.find((one) => one.field === field.field)?.base ?? field.base,
    });
    draft.set('syncConflict', open.id, { fields: plain([...kept, ...(fields ?? []).map(first)]) }, 'update');
    return open.id;
  }
  const fresh = newId();
  const row = draft.row(table, id) ?? (record as AnyRow | undefined); // a record as it was sent has at least its own fields
  const owner = row && ownerOf(draft.view, row);
  draft.insert('syncConflict', {
    id: fresh,
    createdAt: at,
    createdBy: author,
    updatedAt: at,
    updatedBy: author,
    rev: 0,
    recordLabel: (row && labelOf(table, row, draft.view).slice(0, 400)) || id,
    kind,
    recordTable: table,
    recordId: id,
    ...(fields === undefined ? {} : { fields: plain(fields) }),
    ...(record === undefined ? {} : { record: plain(record) }),
    ...(draft.view.get('user', author) ? { author } : {}),
    ...(owner !== undefined && draft.view.get('user', owner) ? { owner } : {}),
    resolved: false,
  });
  return fresh;
}

/** Plain data without undefined, as JSON keeps it. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json; // what was just written as JSON
}

/** Who answers for a record: named on it, else on its engagement, else on its account. */
function ownerOf(view: ReadView, row: AnyRow): string | undefined {
  for (const field of ['assignedTo', 'owner', 'csm']) if (typeof row[field] === 'string') return row[field];
  const engagement = typeof row['engagement'] === 'string' ? view.get('engagement', row['engagement']) : undefined;
  if (engagement?.csm !== undefined) return engagement.csm;
  return typeof row['account'] === 'string' ? view.get('account', row['account'])?.owner : undefined;
}
