import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { tableOf, type Row, type TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';

type Values = Readonly<Record<string, unknown>>;

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Only the fields of the dictionary that people write; the rest is the engine's. */
function editable(table: TableName, row: Values): Values {
  const fields = tableOf(table).fields;
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => fields[name] !== undefined && fields[name].readOnly !== true && name !== 'state'),
  );
}

/** A record that is edited as a whole: what is typed stays apart until it is saved. `address` is its page without the ID. */
export function useDraftRecord<T extends TableName>(
  table: T,
  row: Row<T> | undefined,
  start: Values,
  address: string,
  label: (values: Values) => string,
) {
  const navigate = useNavigate();
  const create = useCommand('records.create');
  const update = useCommand('records.update');
  const { toastSaved } = useUndo();
  const stored = row === undefined ? start : editable(table, row);
  const [edited, setEdited] = useState<Values>();
  const values = edited ?? stored;
  const changed = Object.keys({ ...stored, ...values }).filter((name) => !same(stored[name], values[name]));
  const save = () => {
    const done = ({ id, changeSetId }: { readonly id: string; readonly changeSetId: string }) => {
      setEdited(undefined);
      toastSaved(`Saved ${label(values)}`, changeSetId);
      if (row === undefined) void navigate({ href: `${address}/${id}`, replace: true });
    };
    if (row === undefined)
      create.run({ table, values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) }, done);
    else if (changed.length > 0)
      update.run(
        { table, id: row.id, patch: Object.fromEntries(changed.map((name) => [name, values[name] ?? null])), baseRev: row.rev },
        done,
      );
  };
  const copy = () =>
    create.run({ table, values: { ...stored, name: `${label(stored)} (copy)` } }, ({ id, changeSetId }) => {
      toastSaved(`Copied ${label(stored)}`, changeSetId);
      void navigate({ href: `${address}/${id}` });
    });
  return {
    values,
    set: (part: Values) => setEdited({ ...values, ...part }),
    discard: () => setEdited(undefined),
    unsaved: changed.length > 0,
    save,
    copy,
    busy: create.busy || update.busy,
    error: create.error ?? update.error,
  };
}

/** A text of a draft; empty where it has none. */
export function textOf(values: Values, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

/** A number of a draft; undefined where it has none. */
export function numberOf(values: Values, name: string): number | undefined {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
}
