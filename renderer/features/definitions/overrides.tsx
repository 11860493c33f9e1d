import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Condition } from '#shared/model/condition.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { wordsOfCondition } from '../common/condition-words.ts';
import { useChoices } from '../../data/use-choices.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { ConditionBuilder } from '../../ui/condition-builder/condition-builder.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Section } from '../../ui/section.tsx';
import { DefinitionActions } from './definition-actions.tsx';
import names from './definitions.module.css';
import { NumberField } from './number-field.tsx';
import { StateChip } from './state-chip.tsx';
import { useOwned } from './use-rows.ts';

function NewOverride({ definition, rank, onDone }: { definition: string; rank: number; onDone: () => void }) {
  const [threshold, setThreshold] = useState<number>();
  const [chosenRank, setRank] = useState<number | undefined>(rank);
  const [filter, setFilter] = useState<Condition>();
  const create = useCommand('records.create');
  const { toastSaved } = useUndo();
  const add = () =>
    create.run({ table: 'thresholdOverride', values: { definition, threshold, rank: chosenRank, filter } }, ({ changeSetId }) => {
      toastSaved('Override added', changeSetId);
      onDone();
    });
  return (
    <div className={names.fields}>
      {create.error && <Failure failure={create.error} />}
      <NumberField label="Threshold" value={threshold} onChange={setThreshold} />
      <NumberField label="Rank (1 is tried first)" value={chosenRank} onChange={setRank} />
      <fieldset className={names.wide}>
        <legend className={names.groupLabel}>For engagements where</legend>
        <ConditionBuilder label="Engagements of the override" table="engagement" value={filter} onChange={setFilter} />
      </fieldset>
      <div className={names.wide}>
        <Button variant="filled" loading={create.busy} disabled={threshold === undefined || filter === undefined} onClick={add}>
          Add
        </Button>{' '}
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </div>
  );
}

/** RSK-03: other thresholds for some engagements; of those that match, the smallest rank is used. */
export function Overrides({ definition }: { definition: Row<'riskDefinition'> }) {
  const choices = useChoices();
  const overrides = useOwned('thresholdOverride', 'definition', definition.id)?.toSorted((a, b) => a.rank - b.rank);
  const [adding, setAdding] = useState(false);
  const remove = useCommand('records.delete');
  const { toastSaved } = useUndo();
  return (
    <Section title="Other thresholds" actions={!adding && <Button onClick={() => setAdding(true)}>Add</Button>}>
      {remove.error && <Failure failure={remove.error} />}
      {overrides?.length === 0 && !adding && <p className={names.quiet}>Every engagement has the threshold of the definition.</p>}
      <ul className={names.stack}>
        {overrides?.map((override) => (
          <li key={override.id}>
            <strong>{formatNumber(override.threshold)}</strong> where{' '}
            {wordsOfCondition(override.filter, 'engagement', () => undefined, choices)}{' '}
            <span className={names.quiet}>rank {formatNumber(override.rank, 0)}</span> <StateChip state={override.state} />{' '}
            <DefinitionActions table="thresholdOverride" id={override.id} state={override.state} name="the threshold" unsaved={false} />
            <IconButton
              icon="trash"
              label={`Delete the threshold ${override.threshold}`}
              onClick={() =>
                remove.run({ table: 'thresholdOverride', id: override.id }, ({ changeSetId }) =>
                  toastSaved('Threshold deleted', changeSetId),
                )
              }
            />
          </li>
        ))}
      </ul>
      {adding && <NewOverride definition={definition.id} rank={(overrides?.length ?? 0) + 1} onDone={() => setAdding(false)} />}
    </Section>
  );
}
