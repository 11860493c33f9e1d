import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { recordAddress } from '../../state/addresses.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { toastDone } from '../../ui/toast.ts';
import { useApplyTemplate, useTemplates, valuesForTemplate, type Template } from '../common/use-templates.ts';
import names from './panel.module.css';

/** Keeps what this record holds as a template under a name. */
function SaveAs({ table, row }: { table: TableName; row: AnyRow }) {
  const { run, busy, error } = useCommand('records.create');
  const { toastSaved } = useUndo();
  const [name, setName] = useState('');
  const save = () => {
    if (name.trim() === '') return;
    run(
      { table: 'recordTemplate', values: { name: name.trim(), intoTable: table, values: valuesForTemplate(table, row) } },
      ({ changeSetId }) => {
        toastSaved(`Template “${name.trim()}” kept`, changeSetId);
        setName('');
      },
    );
  };
  return (
    <form
      className={names.saveAs}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {error && <Failure failure={error} />}
      <TextInput
        aria-label="Name of the template"
        placeholder="Keep this record as a template …"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === ''} loading={busy}>
        Keep
      </Button>
    </form>
  );
}

/** REC-38: fills in fields of this record from a template; nothing is saved before it is looked over. */
export function Templates({ table, row }: { readonly table: TableName; readonly row: AnyRow }) {
  const templates = useTemplates(table);
  const apply = useApplyTemplate(table, row);
  const place = `${table} ${row.id}`;
  const { draft } = useDraft(place);
  const take = async (template: Template) => {
    const next = await apply(draft, template.values);
    setDraft(place, next);
    const count = Object.keys(next.values).length - Object.keys(draft.values).length;
    toastDone(count > 0 ? `${plural(count, 'field')} filled in. Save to keep them.` : 'This record has these values already.');
  };
  return (
    <>
      {templates?.length === 0 && (
        <EmptyState icon="template" title={`No templates for ${tableOf(table).plural.toLowerCase()}`}>
          Keep a record that is as it should be, and fill in others from it.
        </EmptyState>
      )}
      <ul className={names.templates} aria-label="Templates">
        {templates?.map((template) => (
          <li key={template.id}>
            <div>
              <a href={recordAddress('recordTemplate', template.id)}>{template.label}</a>
              <p className={names.quiet}>
                {template.description === ''
                  ? Object.keys(template.values)
                      .map((name) => tableOf(table).fields[name]?.label ?? name)
                      .join(', ')
                  : template.description}
              </p>
            </div>
            <Button size="compact-xs" aria-label={`Fill in from ${template.label}`} onClick={() => void take(template)}>
              Fill in
            </Button>
          </li>
        ))}
      </ul>
      <SaveAs table={table} row={row} />
    </>
  );
}
