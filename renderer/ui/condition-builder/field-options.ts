import { fieldsOf, type FieldInfo } from '#shared/domain/derived/field-path.ts';
import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import { isTableName, tableOf, type TableName } from '#shared/model/dictionary.ts';

export type FieldOption = { readonly path: string; readonly label: string; readonly group: string; readonly info: FieldInfo };

const NOT_OFFERED = new Set(['json', 'condition', 'journal']);

/**
 * What a condition can ask about: the record's own fields, and those of the records it refers to, one step away. `computed` false: not
 * about health, where health is worked out from the answer.
 */
export function fieldOptions(table: TableName, more?: DerivedTables, computed = true): readonly FieldOption[] {
  const isOffered = (info: FieldInfo): boolean => !NOT_OFFERED.has(info.kind) && (computed || info.computed !== true);
  const own = Object.entries(fieldsOf(table, more)).filter(([name, info]) => name !== 'id' && isOffered(info));
  const options = own.map(([path, info]): FieldOption => ({ path, label: info.label, group: tableOf(table).label, info }));
  const beyond = own.flatMap(([path, info]) => {
    if (info.kind !== 'reference' || info.to === undefined || !isTableName(info.to)) return [];
    return Object.entries(fieldsOf(info.to, more))
      .filter(([name, inner]) => !['id', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'].includes(name) && isOffered(inner))
      .map(([name, inner]): FieldOption => ({
        path: `${path}.${name}`,
        label: `${info.label} › ${inner.label}`,
        group: info.label,
        info: inner,
      }));
  });
  return [...options, ...beyond];
}
