import { fieldsOf } from '#shared/domain/derived/field-path.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { Facts } from '../../ui/facts.tsx';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import names from './records.module.css';

type Props = { readonly table: TableName; readonly derived: Readonly<Record<string, unknown>> };

/** Figures that follow from the record and those around it; nothing where there are none. */
export function DerivedFacts({ table, derived }: Props) {
  const infos = Object.entries(fieldsOf(table)).filter(([key, info]) => info.derived === true && derived[key] !== undefined);
  if (infos.length === 0) return null;
  return (
    <section className={names.derived} aria-label="Computed">
      <Facts
        facts={infos.map(([key, info]) => ({
          label: info.label,
          value: <FieldValue field={info} value={derived[key]} table={table} />,
        }))}
      />
    </section>
  );
}
