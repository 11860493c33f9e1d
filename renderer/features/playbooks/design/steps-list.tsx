import { TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { PlaybookDefinition } from '#shared/domain/playbooks/definition.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import names from '../player.module.css';
import { addActivity, dropActivity, KIND_LABELS, moveActivity, moveStage, removeActivity, removeStage, renameStage } from './edit-steps.ts';

type Props = {
  readonly definition: PlaybookDefinition;
  readonly chosen: string | undefined;
  readonly locked: boolean;
  readonly onChoose: (key: string | undefined) => void;
  readonly onChange: (definition: PlaybookDefinition) => void;
};

/** Stages and activities in their order: Alt with an arrow key or dragging moves one, Delete takes it out. */
export function StepsList({ definition, chosen, locked, onChoose, onChange }: Props) {
  const onKey = (key: string) => (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (locked) return;
    if (event.altKey && (by === 1 || by === -1)) {
      event.preventDefault();
      onChange(moveActivity(definition, key, by));
    } else if (event.key === 'Delete') {
      event.preventDefault();
      onChange(removeActivity(definition, key));
      onChoose(undefined);
    }
  };
  return (
    <ol className={names.list} aria-label="Steps">
      {definition.stages.map((stage) => (
        <li key={stage.key}>
          <div className={names.adding}>
            <TextInput
              aria-label={`Stage ${stage.label}`}
              value={stage.label}
              readOnly={locked}
              onChange={(event) => onChange(renameStage(definition, stage.key, event.currentTarget.value))}
            />
            {!locked && (
              <>
                <IconButton
                  icon="arrowUp"
                  size={24}
                  label={`Move stage ${stage.label} up`}
                  onClick={() => onChange(moveStage(definition, stage.key, -1))}
                />
                <IconButton
                  icon="arrowDown"
                  size={24}
                  label={`Move stage ${stage.label} down`}
                  onClick={() => onChange(moveStage(definition, stage.key, 1))}
                />
                <IconButton
                  icon="trash"
                  size={24}
                  label={`Remove stage ${stage.label}`}
                  onClick={() => onChange(removeStage(definition, stage.key))}
                />
                <IconButton
                  icon="plus"
                  size={24}
                  label={`Add an activity to ${stage.label}`}
                  onClick={() => {
                    const behind = stage.activities.some(({ key }) => key === chosen) ? chosen : undefined;
                    const added = addActivity(definition, stage.key, 'New activity', behind);
                    onChange(added.definition);
                    onChoose(added.key);
                  }}
                />
              </>
            )}
          </div>
          <ol className={names.list} aria-label={`Activities of ${stage.label}`}>
            {stage.activities.map((activity) => (
              <li
                key={activity.key}
                draggable={!locked}
                onDragStart={(event) => event.dataTransfer.setData('text/plain', activity.key)}
                onDragOver={(event) => event.preventDefault()}
                onDrop={(event) => {
                  event.preventDefault();
                  if (!locked) onChange(dropActivity(definition, event.dataTransfer.getData('text/plain'), activity.key));
                }}
              >
                <button
                  type="button"
                  className={names.line}
                  aria-current={activity.key === chosen ? 'true' : undefined}
                  onClick={() => onChoose(activity.key)}
                  onKeyDown={onKey(activity.key)}
                >
                  <span />
                  <span className={names.lineLabel}>{activity.label}</span>
                  <span className={names.lineState}>
                    {KIND_LABELS[activity.kind]}
                    {activity.start === 'withPrevious' ? ', together with the one before' : ''}
                    {activity.optional ? ', optional' : ''}
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}
