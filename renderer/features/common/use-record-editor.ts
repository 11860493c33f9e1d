import { useCallback } from 'react';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useDraft } from '../../state/drafts.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/record-form.tsx';

/** A record's draft and how it is saved: kept at every keystroke, gone once the engine has confirmed it. */
export function useRecordEditor(table: TableName, row: AnyRow | undefined, label: string) {
  const [draft, setDraft] = useDraft(`${table} ${row?.id ?? ''}`);
  const update = useCommand('records.update');
  const { toastSaved } = useUndo();
  const { run, clearError } = update;
  const save = useCallback(
    (patch: Readonly<Record<string, unknown>>) => {
      if (!row) return;
      run({ table, id: row.id, patch, ...(draft.baseRev === undefined ? {} : { baseRev: draft.baseRev }) }, ({ changeSetId }) => {
        setDraft(EMPTY_DRAFT);
        toastSaved(`Saved ${label}`, changeSetId);
      });
    },
    [run, row, table, draft.baseRev, label, setDraft, toastSaved],
  );
  const onDraft: typeof setDraft = (next) => {
    if (update.error) clearError();
    setDraft(next);
  };
  return { draft, onDraft, save, saving: update.busy, failure: update.error };
}

/** The draft of a new record and how it is created. `key` keeps drafts of different places apart. */
export function useNewRecord(table: TableName, key: string, onCreated: (id: string) => void) {
  const [draft, setDraft] = useDraft(`new ${table} ${key}`);
  const create = useCommand('records.create');
  const { toastSaved } = useUndo();
  const { run } = create;
  const save = useCallback(
    (values: Readonly<Record<string, unknown>>) =>
      run({ table, values: { ...values } }, ({ id, changeSetId, number }) => {
        setDraft(EMPTY_DRAFT);
        toastSaved(`${tableOf(table).label} ${number ?? ''} created`.replace('  ', ' '), changeSetId);
        onCreated(id);
      }),
    [run, table, setDraft, toastSaved, onCreated],
  );
  return { draft, onDraft: setDraft, save, saving: create.busy, failure: create.error };
}
