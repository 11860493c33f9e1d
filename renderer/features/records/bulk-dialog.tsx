import { Button, Group, NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { BulkChange, Target } from '#shared/contract/areas/lists.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useJob } from '../../data/use-job.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { FieldEditor } from '../../ui/record-form/field-editor.tsx';
import { FormWorldContext, useFormWorld } from '../../ui/record-form/form-world.ts';
import { readRaw, toRaw, type RawValue } from '../../ui/record-form/raw-values.ts';
import type { Reference } from '../../ui/reference.ts';
import { BulkPreview } from './bulk-preview.tsx';
import { settableFields } from './settable-fields.ts';
import names from './list.module.css';

/** What the chosen rows are to become. */
export type BulkAction =
  | { readonly kind: 'set'; readonly field?: string | undefined }
  | { readonly kind: 'close' | 'cancel' | 'reopen' | 'delete' };

type Props = {
  readonly table: TableName;
  readonly target: Target;
  readonly count: number;
  readonly action: BulkAction;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

const VERBS = { set: 'Change', close: 'Close', cancel: 'Cancel', reopen: 'Reopen', delete: 'Delete' } as const;
const DONE = { set: 'Changed', close: 'Closed', cancel: 'Cancelled', reopen: 'Reopened', delete: 'Deleted' } as const;
/** A person who types gets the preview once the typing pauses. */
const PAUSE_MS = 250;

type Typed = { readonly field: string; readonly raw: RawValue; readonly code: string; readonly notes: string; readonly reason: string };

/** The change that was typed; a text where it is not whole yet. */
function changeOf(table: TableName, kind: BulkAction['kind'], typed: Typed, reading: Parameters<typeof readRaw>[2]): BulkChange | string {
  if (kind === 'reopen' || kind === 'delete') return { action: kind };
  const closeNotes = typed.notes.trim();
  if (kind === 'cancel') return closeNotes === '' ? 'Say why it is not pursued.' : { action: 'cancel', closeNotes };
  if (kind === 'close') {
    if (typed.code === '') return 'Choose how it ended.';
    return closeNotes === '' ? 'Close notes must be filled in.' : { action: 'close', closureCode: typed.code, closeNotes };
  }
  const field = tableOf(table).fields[typed.field];
  if (field === undefined) return 'Choose a field.';
  const read = readRaw(field, typed.raw, reading);
  return 'problem' in read ? read.problem : { action: 'set', patch: { [typed.field]: read.value ?? null } };
}

/** REC-37, T10: what changes is seen before it is done, and is one step back. */
export function BulkDialog({ table, target, count, action, onClose, onDone }: Props) {
  const { label, plural: many, lifecycle, fields } = tableOf(table);
  const { kind } = action;
  const world = useFormWorld();
  const { toastSaved } = useUndo();
  const settable = useMemo(() => settableFields(table), [table]);
  const offered =
    kind === 'set' && settable.some(({ items }) => items.some(({ value }) => value === action.field)) ? (action.field ?? '') : '';
  const blank = (field: string): RawValue => (fields[field] ? toRaw(fields[field], undefined, world.reading) : '');
  const [typed, setTyped] = useState<Typed>({ field: offered, raw: blank(offered), code: '', notes: '', reason: '' });
  const [picked, setPicked] = useState<readonly Reference[]>([]);
  const [tried, setTried] = useState(false);
  const preview = useJob('records.bulkPreview');
  const run = useJob('records.bulk');
  const change = changeOf(table, kind, typed, world.reading);
  const isTouched = kind !== 'set' || tried || typed.raw !== blank(typed.field);
  const input = typeof change === 'string' || !isTouched ? undefined : { table, target, change };
  const asked = JSON.stringify(input);
  const { start, reset } = preview;
  useEffect(() => {
    reset();
    if (asked === undefined) return undefined;
    // what was asked for, and nothing else, is in the text
    const timer = setTimeout(() => start(JSON.parse(asked) as NonNullable<typeof input>), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [asked, start, reset]);

  const isBusy = run.state.kind === 'running';
  const what = (some: number) => plural(some, label.toLowerCase(), many.toLowerCase());
  const apply = () => {
    setTried(true);
    if (typeof change === 'string' || isBusy) return;
    const reason = typed.reason.trim();
    run.start({ table, target, change, ...(reason === '' ? {} : { reason }) }, ({ changeSetId, changed, refusedCount, unchanged }) => {
      const refused = refusedCount > 0 ? `, ${what(refusedCount)} refused` : '';
      const same = unchanged > 0 ? `, ${unchanged} as before` : '';
      if (changeSetId !== undefined) toastSaved(`${DONE[kind]} ${what(changed)}${same}${refused}`, changeSetId);
      // where nothing could be changed, the preview says why
      if (changeSetId !== undefined || refusedCount === 0) onDone();
    });
  };
  const field = fields[typed.field];
  const known = useMemo(
    () => ({ ...world, nameOf: (to: TableName, id: string) => picked.find((one) => one.id === id)?.label ?? world.nameOf(to, id) }),
    [world, picked],
  );
  const seen = preview.state.kind === 'done' ? preview.state.output : undefined;
  const codes = Object.entries(lifecycle?.closureCodes ?? {}).filter(([value]) => value !== lifecycle?.cancelledCode);
  const problem = tried && typeof change === 'string' ? change : undefined;
  const failure = run.state.kind === 'failed' && run.state.error.code !== 'cancelled' ? run.state.error : undefined;

  return (
    <Dialog size={640} onClose={onClose} title={`${VERBS[kind]} ${what(count)}`} closeLabel="Leave them as they are">
      <form
        noValidate
        className={names.bulkForm}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
        onKeyDown={(event) => {
          const isArea = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLButtonElement;
          if (event.key !== 'Enter' || event.defaultPrevented || (isArea && !event.ctrlKey)) return;
          event.preventDefault();
          apply();
        }}
      >
        {failure && <Failure failure={failure} />}
        {kind === 'set' && (
          <div className={names.bulkFields}>
            <Select
              size="xs"
              label="Field"
              data={settable}
              value={typed.field === '' ? null : typed.field}
              searchable
              allowDeselect={false}
              selectFirstOptionOnChange
              placeholder="Choose a field"
              withScrollArea={false}
              styles={{ options: { maxHeight: 150, overflowY: 'auto' } }}
              {...(offered === '' ? { 'data-autofocus': true } : {})}
              onChange={(next) => setTyped({ ...typed, field: next ?? '', raw: blank(next ?? '') })}
            />
            {field && (
              <FormWorldContext value={known}>
                <FieldEditor
                  key={typed.field}
                  field={{ ...field, isMandatory: false }}
                  raw={typed.raw}
                  showLabel
                  autoFocus={typed.field === offered}
                  problem={problem}
                  onChange={(raw, refs = []) => {
                    setPicked(refs);
                    setTyped({ ...typed, raw });
                  }}
                />
              </FormWorldContext>
            )}
          </div>
        )}
        {kind === 'close' && (
          <NativeSelect
            label="Closure code"
            required
            withAsterisk
            data-autofocus
            value={typed.code}
            error={typed.code === '' ? problem : undefined}
            onChange={(event) => setTyped({ ...typed, code: event.currentTarget.value })}
          >
            <option value="">Choose…</option>
            {codes.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </NativeSelect>
        )}
        {(kind === 'close' || kind === 'cancel') && (
          <Textarea
            label="Close notes"
            required
            withAsterisk
            minRows={2}
            {...(kind === 'cancel' ? { 'data-autofocus': true } : {})}
            value={typed.notes}
            error={typed.notes.trim() === '' && (kind === 'cancel' || typed.code !== '') ? problem : undefined}
            onChange={(event) => setTyped({ ...typed, notes: event.currentTarget.value })}
          />
        )}
        <TextInput
          label="Reason"
          description="Stands beside the change in each record's activity."
          maxLength={500}
          autoComplete="off"
          {...(kind === 'reopen' || kind === 'delete' ? { 'data-autofocus': true } : {})}
          value={typed.reason}
          onChange={(event) => setTyped({ ...typed, reason: event.currentTarget.value })}
        />
        {run.state.kind === 'running' ? (
          <JobProgress
            title={`${VERBS[kind]} ${what(count)}`}
            step={run.state.progress?.step}
            done={run.state.progress?.done ?? 0}
            total={run.state.progress?.total ?? 0}
            onCancel={run.cancel}
          />
        ) : (
          <BulkPreview table={table} verb={kind} state={preview.state} isWhole={input !== undefined} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button onClick={onClose}>Leave them as they are</Button>
          <Button
            type="submit"
            variant="filled"
            loading={isBusy}
            disabled={seen !== undefined && seen.changing === 0}
            {...(kind === 'delete' ? { color: 'red.8', autoContrast: false } : {})}
          >
            {VERBS[kind]} {what(seen?.changing ?? count)}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
