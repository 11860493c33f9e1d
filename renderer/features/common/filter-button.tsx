import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { conditionInWords } from '#shared/domain/condition/condition-in-words.ts';
import type { Condition } from '#shared/model/condition.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { ConditionBuilder } from '../../ui/condition-builder/condition-builder.tsx';
import { Icon } from '../../ui/icon.tsx';
import names from './filter-button.module.css';

type Props = {
  readonly table: TableName;
  readonly condition: Condition | undefined;
  readonly onChange: (condition: Condition | undefined) => void;
};

/** Opens the conditions of a list; says in words what is filtered. */
export function FilterButton({ table, condition, onChange }: Props) {
  const [opened, setOpened] = useState(false);
  const words = condition === undefined ? 'No conditions' : conditionInWords(condition, table);
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
          {condition === undefined ? 'Conditions' : <span className={names.words}>{words}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Conditions of the list">
        <div className={names.panel}>
          <ConditionBuilder label="Conditions of the list" table={table} value={condition} onChange={onChange} />
          <div className={names.foot}>
            <Button disabled={condition === undefined} onClick={() => onChange(undefined)}>
              Clear
            </Button>
            <Button variant="filled" onClick={() => setOpened(false)}>
              Done
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
