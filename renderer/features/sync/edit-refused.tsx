import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { SideDrawer } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { EMPTY_DRAFT, hasValues } from '../../ui/record-form/form-draft.ts';
import { FormWorldContext, useFormWorld } from '../../ui/record-form/form-world.ts';
import { RecordForm } from '../../ui/record-form/record-form.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useFollows } from '../common/use-follows.ts';
import { useWorld } from '../common/use-form-world.ts';
import { refusedDraft } from './refused-draft.ts';
import type { Refused } from './sync-types.ts';
import names from './sync.module.css';

type Props = {
  readonly deed: Refused;
  readonly table: TableName;
  readonly id: string;
  readonly onClose: () => void;
  /** It was saved as a new change; the refused one has had its day. */
  readonly onSaved: () => void;
};

function Form({ deed, table, row, onClose, onSaved }: Omit<Props, 'id'> & { readonly row: AnyRow | undefined }) {
  const { reading } = useFormWorld();
  const key = `refused ${deed.id}`;
  const { draft: kept, onDraft, keptSince } = useDraft(key);
  // what was typed here before goes before what was refused
  const [start] = useState(() => (hasValues(kept) ? kept : refusedDraft(deed, table, row, reading)));
  const [touched, setTouched] = useState(false);
  const [whole, setWhole] = useState(false);
  const concerned = [
    ...new Set([...deed.fields.map(({ field }) => field), ...(deed.reason.field === undefined ? [] : [deed.reason.field])]),
  ];
  const draft = touched ? kept : start;
  const update = useCommand('records.update');
  const create = useCommand('sync.createRefused');
  const { toastSaved } = useUndo();
  const follows = useFollows(table, row, draft);
  const title = deed.records[0]?.title ?? tableOf(table).label;
  const done = (changeSetId: string) => {
    setDraft(key, EMPTY_DRAFT);
    toastSaved(`Saved ${title}`, changeSetId);
    onSaved();
  };
  return (
    <>
      <RecordForm
        table={table}
        row={row}
        draft={draft}
        onDraft={(next) => {
          setTouched(true);
          onDraft(next);
        }}
        onSave={(values) => {
          if (row === undefined) create.run({ id: deed.id, values: { ...values } }, ({ changeSetId }) => done(changeSetId));
          else update.run({ table, id: row.id, patch: values, baseRev: row.rev }, ({ changeSetId }) => done(changeSetId));
        }}
        onCancel={onClose}
        saving={update.busy || create.busy}
        failure={update.error ?? create.error}
        columns={1}
        fields={row === undefined || whole ? undefined : concerned}
        keptSince={keptSince}
        verb={row === undefined ? 'Create' : 'Save'}
        {...follows}
      />
      {row !== undefined && !whole && (
        <Button size="compact-sm" onClick={() => setWhole(true)}>
          All fields
        </Button>
      )}
    </>
  );
}

/** The record's form with the values that were refused, to be put right and saved. */
export function EditRefused({ deed, table, id, onClose, onSaved }: Props) {
  const { data, error } = useLive('records.get', { table, id });
  const shown = data?.row.id === id ? data : undefined;
  const world = useWorld(shown?.refs);
  const isGone = error?.code === 'not-found';
  return (
    <SideDrawer title={`Edit ${deed.records[0]?.title ?? tableOf(table).label}`} onClose={onClose}>
      <FormWorldContext value={world}>
        <div className={names.drawer}>
          <Failure
            failure={
              deed.reason.wayOut === undefined
                ? { message: deed.reason.message }
                : { message: deed.reason.message, details: { wayOut: deed.reason.wayOut } }
            }
          />
          {error && !isGone && <Failure failure={error} />}
          {!shown && !error && <SkeletonLines label="Loading the record" lines={6} />}
          {(shown !== undefined || isGone) && <Form deed={deed} table={table} row={shown?.row} onClose={onClose} onSaved={onSaved} />}
        </div>
      </FormWorldContext>
    </SideDrawer>
  );
}
