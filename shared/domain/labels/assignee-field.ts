import { tableOf, type TableName } from '../../model/dictionary.ts';

/** Fields that say who works on a record, first one that a type has. */
const ASSIGNEES = ['assignedTo', 'owner', 'csm'] as const;

/** The field that names whoever works on a record of this type; undefined where nobody is assigned. */
export function assigneeField(table: TableName): string | undefined {
  const { fields } = tableOf(table);
  return ASSIGNEES.find((name) => {
    const field = fields[name];
    return field?.kind === 'reference' && field.to === 'user' && field.readOnly !== true;
  });
}
