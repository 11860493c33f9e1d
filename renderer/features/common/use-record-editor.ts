import { useCallback } from 'react';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useGuestNews } from '../../data/use-guest-news.ts';
import { useUndo } from '../../data/use-undo.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { EMPTY_DRAFT, type FormDraft } from '../../ui/record-form/form-draft.ts';
import { useFollows } from './use-follows.ts';

/** A record's draft and how it is saved: kept at every keystroke, gone once the engine has confirmed it. */
export function useRecordEditor(table: TableName, row: AnyRow | undefined, label: string) {
  const key = `${table} ${row?.id ?? ''}`;
  const { draft, onDraft, keptSince } = useDraft(key);
  const { run, clearError, error, busy } = useCommand('records.update');
  const { toastSaved } = useUndo();
  const tellOf = useGuestNews();
  const save = useCallback(
    (patch: Readonly<Record<string, unknown>>) => {
      if (!row) return;
      run({ table, id: row.id, patch, ...(draft.baseRev === undefined ? {} : { baseRev: draft.baseRev }) }, ({ changeSetId }) => {
        setDraft(key, EMPTY_DRAFT);
        if (table === 'meeting') void tellOf(`Saved ${label}`, changeSetId, row.id);
        else toastSaved(`Saved ${label}`, changeSetId);
      });
    },
    [run, row, table, key, draft.baseRev, label, toastSaved, tellOf],
  );
  const change = (next: FormDraft) => {
    if (error) clearError();
    onDraft(next);
  };
  const follows = useFollows(table, row, draft);
  return { draft, onDraft: change, onSave: save, saving: busy, failure: error, keptSince, ...follows };
}

/** The draft of a new record and how it is created. `key` keeps drafts of different places apart. */
export function useNewRecord(table: TableName, key: string, onCreated: (id: string) => void) {
  const place = `new ${table} ${key}`;
  const { draft, onDraft, keptSince } = useDraft(place);
  const { run, busy, error } = useCommand('records.create');
  const { toastSaved } = useUndo();
  const save = useCallback(
    (values: Readonly<Record<string, unknown>>) =>
      run({ table, values: { ...values } }, ({ id, changeSetId, number }) => {
        setDraft(place, EMPTY_DRAFT);
        toastSaved(`${tableOf(table).label} ${number ?? ''} created`.replace('  ', ' '), changeSetId);
        onCreated(id);
      }),
    [run, table, place, toastSaved, onCreated],
  );
  const follows = useFollows(table, undefined, draft);
  return { draft, onDraft, onSave: save, saving: busy, failure: error, keptSince, ...follows };
}
