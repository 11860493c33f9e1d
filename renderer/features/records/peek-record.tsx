import { Button } from '@mantine/core';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { recordAddress } from '../../state/addresses.ts';
import { useLayout } from '../../state/layout.ts';
import { Facts } from '../../ui/facts.tsx';
import { Failure } from '../../ui/failure.tsx';
import { fieldSections } from '../../ui/record-form/field-order.ts';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useWorld } from '../common/use-form-world.ts';
import names from './records.module.css';

type Props = { readonly table: TableName; readonly id: string; readonly label: string; readonly onClose: () => void };

/** A record's filled fields beside its list. */
export function PeekRecord({ table, id, label, onClose }: Props) {
  const { data, error } = useLive('records.get', { table, id });
  const { peekWidth, setPeekWidth } = useLayout();
  const shown = data?.row.id === id ? data : undefined;
  const world = useWorld(shown?.refs);
  return (
    <SidePanel
      label={`${tableOf(table).label} at a glance`}
      title={label}
      width={peekWidth}
      onWidth={setPeekWidth}
      onClose={onClose}
      actions={
        <Button component="a" href={recordAddress(table, id)}>
          Open
        </Button>
      }
    >
      {error && <Failure failure={error} />}
      {!shown && !error && <SkeletonLines label="Loading the record" lines={6} />}
      {shown && (
        <FormWorldContext value={world}>
          {fieldSections(table).map((section) => {
            const filled = section.fields.filter(({ name }) => shown.row[name] !== undefined);
            if (filled.length === 0) return null;
            return (
              <section key={section.title}>
                <h3 className={names.peekHead}>{section.title}</h3>
                <Facts
                  layout="column"
                  facts={filled.map(({ name, field }) => ({
                    label: field.label,
                    value: <FieldValue field={field} value={shown.row[name]} table={table} />,
                  }))}
                />
              </section>
            );
          })}
        </FormWorldContext>
      )}
    </SidePanel>
  );
}
