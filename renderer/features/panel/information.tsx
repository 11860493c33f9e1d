import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { formatInstant, formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { toastDone } from '../../ui/toast.ts';
import { actorName } from './actor-name.ts';
import names from './panel.module.css';

/** Fields that say whose the record is rather than what it is. */
const ADMINISTRATIVE = ['domain', 'externalId'] as const;

/** Number, age, origin and address of a record. */
export function Information({ table, row }: { readonly table: TableName; readonly row: AnyRow }) {
  const { reading, nameOf } = useFormWorld();
  const kind = tableOf(table);
  const person = (id: string) => {
    const label = nameOf('user', id);
    return actorName(id, label === undefined ? {} : { [id]: { table: 'user', id, label } });
  };
  const copy = (text: string, what: string) =>
    void navigator.clipboard.writeText(text).then(
      () => toastDone(`${what} copied`),
      () => undefined,
    );
  const copied = (text: string, what: string) => (
    <span className={names.copied}>
      <span className={names.code}>{text}</span>
      <IconButton icon="link" size={22} label={`Copy the ${what.toLowerCase()}`} onClick={() => copy(text, what)} />
    </span>
  );
  const facts: Fact[] = [
    { label: 'Type', value: kind.label },
    ...(row.number === undefined ? [] : [{ label: 'Number', value: copied(row.number, 'Number') }]),
    { label: 'Created', value: `${formatInstant(row.createdAt, reading.timeZone)} by ${person(row.createdBy)}` },
    { label: 'Changed', value: `${formatInstant(row.updatedAt, reading.timeZone)} by ${person(row.updatedBy)}` },
    { label: 'Revision', value: formatNumber(row.rev, 0) },
    ...ADMINISTRATIVE.flatMap((name) => {
      const field = kind.fields[name];
      return field === undefined || row[name] === undefined
        ? []
        : [{ label: field.label, value: <FieldValue field={field} value={row[name]} table={table} /> }];
    }),
    { label: 'ID', value: copied(row.id, 'ID') },
  ];
  return <Facts layout="column" facts={facts} />;
}
