import { useNavigate } from '@tanstack/react-router';
import { isTableName, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { isPlayed } from '#shared/domain/playbooks/task-links.ts';
import { recordPath } from '../../state/addresses.ts';
import { RecordForm } from '../../ui/record-form/record-form.tsx';
import { Section } from '../../ui/section.tsx';
import { Related } from '../common/related.tsx';
import type { useRecordEditor } from '../common/use-record-editor.ts';
import { Player } from '../playbooks/player.tsx';
import { DerivedFacts } from './derived-facts.tsx';
import type { RecordSearch } from './record-search.ts';
import names from './records.module.css';

export type BodyProps = {
  readonly table: TableName;
  readonly row: AnyRow;
  readonly label: string;
  readonly derived: Readonly<Record<string, unknown>>;
  readonly editor: ReturnType<typeof useRecordEditor>;
  readonly mayChange: boolean;
  /** Every field as its editor. */
  readonly wholeForm: boolean;
  readonly onSaved: () => void;
  /** At which activity of a playbook the page is opened. */
  readonly start: RecordSearch;
};

type FieldsProps = Pick<BodyProps, 'table' | 'row' | 'editor' | 'mayChange' | 'wholeForm' | 'onSaved'> & {
  readonly title?: string;
  readonly columns?: 1 | 2;
  readonly fields?: readonly string[];
};

/** The fields of a record, edited in place. */
export function RecordFields({ table, row, editor, mayChange, wholeForm, onSaved, title, columns = 2, fields }: FieldsProps) {
  const navigate = useNavigate();
  return (
    <Section title={title ?? tableOf(table).label}>
      <RecordForm
        table={table}
        row={row}
        {...editor}
        {...(fields === undefined ? {} : { fields })}
        columns={columns}
        wholeForm={wholeForm}
        locked={!mayChange}
        onSave={(patch) => {
          editor.onSave(patch);
          onSaved();
        }}
        onOpenRecord={(of, other) => {
          if (isTableName(of)) void navigate({ to: recordPath(of, other) });
        }}
      />
    </Section>
  );
}

/** What stands on the page of any record: its fields, its playbook, what points to it. */
export function RecordBody(props: BodyProps) {
  const { table, row, label, derived, start } = props;
  return (
    <div className={names.stack}>
      <DerivedFacts table={table} derived={derived} />
      {isPlayed(table) && <Player key={`${start.run} ${start.activity}`} table={table} row={row} label={label} start={start} />}
      <RecordFields {...props} />
      <Section title="Related records">
        <Related table={table} id={row.id} label={label} />
      </Section>
    </div>
  );
}
