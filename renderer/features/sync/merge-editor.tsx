import { Button } from '@mantine/core';
import { useState } from 'react';
import { isTableName, tableOf } from '#shared/model/dictionary.ts';
import type { Field } from '#shared/model/field.ts';
import { FieldEditor } from '../../ui/record-form/field-editor.tsx';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { readRaw, toRaw, type RawValue } from '../../ui/record-form/raw-values.ts';
import type { ConflictLine } from './sync-types.ts';
import names from './sync.module.css';

const TEXTS = new Set<Field['kind']>(['text', 'longText', 'email', 'url']);
/** What is only ever appended to, or written elsewhere. */
const NOT_HERE = new Set<Field['kind']>(['journal', 'json', 'condition']);

/** Of texts one is put together out of both; of everything else there is one value or another. */
export const isText = ({ kind }: Field): boolean => TEXTS.has(kind);

/** The field of a conflict, where a value of one's own can be written. */
export function writableField({ kind, table, field }: ConflictLine): Field | undefined {
  if (kind === 'deleted' || field === undefined || !isTableName(table)) return undefined;
  const declared = tableOf(table).fields[field];
  return declared === undefined || NOT_HERE.has(declared.kind) ? undefined : declared;
}

type Props = {
  readonly line: ConflictLine;
  readonly field: Field;
  /** Null empties the field. */
  readonly onSettle: (value: unknown) => void;
  readonly onClose: () => void;
};

/** Both values stand above; this one starts with mine and is changed to what counts. */
export function MergeEditor({ line, field, onSettle, onClose }: Props) {
  const { reading } = useFormWorld();
  const [raw, setRaw] = useState<RawValue>(() => (isText(field) ? line.mine : toRaw(field, line.values?.mine, reading)));
  const [problem, setProblem] = useState<string>();
  const settle = () => {
    const read = readRaw(field, raw, reading);
    if ('problem' in read) setProblem(read.problem);
    else onSettle(read.value ?? null);
  };
  const label = `${line.label}, ${isText(field) ? 'put together' : 'another value'}`;
  return (
    <form
      className={names.fields}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        settle();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          settle();
        } else if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <div className={names.editor}>
        <FieldEditor
          field={{ ...field, label }}
          raw={raw}
          problem={problem}
          autoFocus
          showLabel
          onChange={(next) => {
            setProblem(undefined);
            setRaw(next);
          }}
        />
      </div>
      <div className={names.buttons}>
        <Button type="submit" variant="filled" size="compact-sm" title="Ctrl+Enter">
          {isText(field) ? 'Take this text' : 'Take this value'}
        </Button>
        {isText(field) && typeof raw === 'string' && line.theirs !== '' && (
          <Button
            size="compact-sm"
            onClick={() => setRaw(`${raw}${raw === '' ? '' : field.kind === 'longText' ? '\n' : ' '}${line.theirs}`)}
          >
            Add the other text
          </Button>
        )}
        <Button size="compact-sm" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
