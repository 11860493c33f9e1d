import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isCondition } from '#shared/domain/condition/condition-shape.ts';
import type { Condition } from '#shared/model/condition.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import names from './filter-button.module.css';

type Props = {
  /** The list that the filters are for; an engagement filter of the portfolio is none of the plain list. */
  readonly list: string;
  readonly table: TableName;
  readonly condition: Condition | undefined;
  readonly onChoose: (condition: Condition) => void;
};

/** REC-36: conditions that a person keeps under a name. */
export function SavedFilters({ list, table, condition, onChoose }: Props) {
  const saved = useLive('records.list', {
    table: 'savedFilter',
    condition: { field: 'list', op: 'is', value: list },
    sort: [{ field: 'name', direction: 'up' }],
    window: { offset: 0, limit: 100 },
  });
  const create = useCommand('records.create');
  const remove = useCommand('records.delete');
  const { toastSaved } = useUndo();
  const { wordsOf } = useFormWorld();
  const [name, setName] = useState('');
  const save = () => {
    if (condition === undefined || name.trim() === '') return;
    create.run({ table: 'savedFilter', values: { name: name.trim(), list, condition } }, ({ changeSetId }) => {
      toastSaved(`Filter “${name.trim()}” kept`, changeSetId);
      setName('');
    });
  };
  const failure = create.error ?? remove.error;
  const filters = (saved.data?.rows ?? []).flatMap(({ row, label }) =>
    isCondition(row['condition']) ? [{ id: row.id, label, condition: row['condition'] }] : [],
  );
  return (
    <section className={names.saved} aria-label="Kept filters">
      {failure && <Failure failure={failure} />}
      {filters.length > 0 && (
        <ul className={names.filters}>
          {filters.map((filter) => (
            <li key={filter.id}>
              <Button size="compact-xs" variant="light" title={wordsOf(table, filter.condition)} onClick={() => onChoose(filter.condition)}>
                {filter.label}
              </Button>
              <IconButton
                icon="close"
                size={24}
                label={`Forget ${filter.label}`}
                onClick={() =>
                  remove.run({ table: 'savedFilter', id: filter.id }, ({ changeSetId }) =>
                    toastSaved(`Filter “${filter.label}” forgotten`, changeSetId),
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
      {condition !== undefined && (
        <form
          className={names.keep}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextInput
            aria-label="Name of the filter"
            placeholder="Keep these conditions as …"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={name.trim() === ''} loading={create.busy}>
            Keep
          </Button>
        </form>
      )}
    </section>
  );
}
