import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import type { Condition } from '#shared/model/condition.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { ConditionBuilder } from '../../ui/condition-builder/condition-builder.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import type { Reference } from '../../ui/reference.ts';
import names from './filter-button.module.css';
import { SavedFilters } from './saved-filters.tsx';
import { useWorld } from './use-form-world.ts';

type Props = {
  /** Names the list that kept filters belong to. */
  readonly list: string;
  readonly table: TableName;
  readonly condition: Condition | undefined;
  readonly onChange: (condition: Condition | undefined) => void;
  /** Records that the list refers to, by their IDs. */
  readonly refs?: Readonly<Record<string, Reference>> | undefined;
  /** Where the list itself shows its conditions in words and opens them. */
  readonly plain?:
    | {
        readonly opened: boolean;
        readonly onOpened: (opened: boolean) => void;
        /** A field that the conditions are opened with a new line for. */
        readonly startWith?: string | undefined;
      }
    | undefined;
};

/** Opens the conditions of a list; says in words what is filtered. */
export function FilterButton({ list, table, condition, onChange, refs, plain }: Props) {
  const world = useWorld(refs);
  const [isOpen, setOpen] = useState(false);
  const opened = plain?.opened ?? isOpen;
  const setOpened = plain?.onOpened ?? setOpen;
  const words = condition === undefined ? 'No conditions' : world.wordsOf(table, condition);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus width={620}>
      <Popover.Target>
        <Button
          leftSection={<Icon name="filter" size={14} />}
          title={words}
          aria-expanded={opened}
          {...(condition === undefined ? {} : { variant: 'light' })}
          onClick={() => setOpened(!opened)}
        >
          {condition === undefined || plain ? 'Conditions' : <span className={names.words}>{words}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Conditions of the list">
        <FormWorldContext value={world}>
          <div className={names.panel}>
            {plain === undefined && <SavedFilters list={list} table={table} condition={condition} onChoose={onChange} />}
            <ConditionBuilder
              label="Conditions of the list"
              table={table}
              value={condition}
              onChange={onChange}
              startWith={plain?.startWith}
            />
            <div className={names.foot}>
              <Button disabled={condition === undefined} onClick={() => onChange(undefined)}>
                Clear
              </Button>
              <Button variant="filled" onClick={() => setOpened(false)}>
                Done
              </Button>
            </div>
          </div>
        </FormWorldContext>
      </Popover.Dropdown>
    </Popover>
  );
}
