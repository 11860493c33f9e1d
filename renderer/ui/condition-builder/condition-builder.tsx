import { Button, NativeSelect } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { Condition } from '#shared/model/condition.ts';
import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import type { FieldInfo } from '#shared/domain/derived/field-path.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { IconButton } from '../icon-button.tsx';
import { Icon } from '../icon.tsx';
import names from './condition-builder.module.css';
import { ConditionLine } from './condition-line.tsx';
import {
  changed,
  keptOperator,
  toCondition,
  toTree,
  type FieldLookup,
  type GroupMode,
  type GroupNode,
  type Node,
} from './condition-tree.ts';
import { fieldOptions, type FieldOption } from './field-options.ts';

const newId = () => crypto.randomUUID();
const MOST_DEEP = 3;

type Props = {
  readonly table: TableName;
  readonly value: Condition | undefined;
  readonly onChange: (condition: Condition | undefined) => void;
  /** Fields that only the engine computes, such as health. */
  readonly more?: DerivedTables | undefined;
  /** False: health is not offered, because it is worked out from the answer. */
  readonly computed?: boolean;
  readonly label: string;
  /** A field that a new line is begun for when the builder opens. */
  readonly startWith?: string | undefined;
};

type GroupProps = {
  readonly group: GroupNode;
  readonly depth: number;
  readonly options: readonly FieldOption[];
  readonly fieldAt: FieldLookup;
  readonly change: (id: string, next: (node: Node) => Node | undefined) => void;
};

const MODES: readonly { value: GroupMode; label: string }[] = [
  { value: 'all', label: 'All of these hold' },
  { value: 'any', label: 'Any of these holds' },
  { value: 'none', label: 'None of these holds' },
];

function Group({ group, depth, options, fieldAt, change }: GroupProps) {
  const add = (node: Node) =>
    change(group.id, (before) => (before.kind === 'group' ? { ...before, parts: [...before.parts, node] } : before));
  const firstField = options[0]?.path ?? '';
  const addLine = () => add({ kind: 'line', id: newId(), field: firstField, op: 'is', typed: '' });
  const addGroup = () =>
    add({ kind: 'group', id: newId(), mode: 'any', parts: [{ kind: 'line', id: newId(), field: firstField, op: 'is', typed: '' }] });
  return (
    <div role="group" aria-label={MODES.find(({ value }) => value === group.mode)?.label} className={names.group} data-depth={depth}>
      {(group.parts.length > 1 || depth > 0 || group.mode === 'none') && (
        <div className={names.head}>
          <NativeSelect
            aria-label="How the conditions are joined"
            value={group.mode}
            data={MODES.map(({ value, label }) => ({ value, label }))}
            onChange={(event) => {
              const mode = MODES.find(({ value }) => value === event.currentTarget.value)?.value ?? 'all';
              change(group.id, (before) => (before.kind === 'group' ? { ...before, mode } : before));
            }}
          />
          {depth > 0 && <IconButton icon="trash" label="Take this group away" onClick={() => change(group.id, () => undefined)} />}
        </div>
      )}
      {group.parts.map((part) =>
        part.kind === 'group' ? (
          <Group key={part.id} group={part} depth={depth + 1} options={options} fieldAt={fieldAt} change={change} />
        ) : (
          <ConditionLine
            key={part.id}
            line={part}
            options={options}
            fieldAt={fieldAt}
            onChange={(next) => change(part.id, () => next)}
            onRemove={() => change(part.id, () => undefined)}
          />
        ),
      )}
      <div className={names.adders}>
        <Button size="compact-xs" leftSection={<Icon name="plus" size={12} />} onClick={addLine}>
          Condition
        </Button>
        {depth + 1 < MOST_DEEP && (
          <Button size="compact-xs" variant="subtle" leftSection={<Icon name="plus" size={12} />} onClick={addGroup}>
            Group
          </Button>
        )}
      </div>
    </div>
  );
}

/** With a line about the field, which the person is about to fill in. */
function begun(tree: GroupNode, path: string | undefined, field: FieldInfo | undefined): GroupNode {
  if (path === undefined || field === undefined) return tree;
  const line: Node = { kind: 'line', id: newId(), field: path, op: keptOperator('is', field), typed: '', isNew: true };
  // what already holds goes on holding
  if (tree.mode !== 'all' && tree.parts.length > 0) return { kind: 'group', id: newId(), mode: 'all', parts: [tree, line] };
  return { ...tree, mode: 'all', parts: [...tree.parts, line] };
}

/** Builds a filter condition line by line. Unfinished lines are kept on screen and left out of the condition. */
export function ConditionBuilder({ table, value, onChange, more, label, computed, startWith }: Props) {
  const options = useMemo(() => fieldOptions(table, more, computed), [table, more, computed]);
  const fieldAt = useCallback<FieldLookup>((path) => options.find((option) => option.path === path)?.info, [options]);
  const [tree, setTree] = useState(() => begun(toTree(value, newId), startWith, startWith === undefined ? undefined : fieldAt(startWith)));
  const given = JSON.stringify(value);
  const [told, setTold] = useState(given);
  const [seen, setSeen] = useState(given);
  // what was told comes back a moment later, through the address; only another condition (another filter was chosen) is opened anew
  if (given !== seen) {
    setSeen(given);
    if (given !== told) {
      setTold(given);
      setTree(toTree(value, newId));
    }
  }
  const change = (id: string, next: (node: Node) => Node | undefined) => {
    const after = changed(tree, id, next);
    setTree(after);
    const condition = toCondition(after, fieldAt);
    if (JSON.stringify(condition) === told) return;
    setTold(JSON.stringify(condition));
    onChange(condition);
  };
  return (
    <div role="group" aria-label={label} className={names.builder}>
      <Group group={tree} depth={0} options={options} fieldAt={fieldAt} change={change} />
    </div>
  );
}
