import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Row } from '#shared/model/dictionary.ts';
import { dataSourceContext } from '#shared/model/tables/data-source.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Section } from '../../ui/section.tsx';
import { ChoiceSelect } from './choice-select.tsx';
import names from './definitions.module.css';
import { useOwned } from './use-rows.ts';

const MAPPERS = dataSourceContext.fields.mapper.choices ?? {};

/** DCE-02: how a value's record leads to engagements. A source needs one way to be published (BR-25). */
export function Contexts({ source, locked }: { source: Row<'dataSource'>; locked: boolean }) {
  const contexts = useOwned('dataSourceContext', 'source', source.id);
  const [mapper, setMapper] = useState('account');
  const create = useCommand('records.create');
  const remove = useCommand('records.delete');
  const { toastSaved } = useUndo();
  const failure = create.error ?? remove.error;
  return (
    <Section title="Leads to engagements through">
      {failure && <Failure failure={failure} />}
      {contexts?.length === 0 && <p className={names.quiet}>Nothing yet: a source needs a way to engagements before it is published.</p>}
      <ul className={names.affected}>
        {contexts?.map((context) => (
          <li key={context.id}>
            <span>{Object.entries(MAPPERS).find(([key]) => key === context.mapper)?.[1]}</span>
            {!locked && (
              <IconButton
                icon="trash"
                label="Take this way away"
                onClick={() =>
                  remove.run({ table: 'dataSourceContext', id: context.id }, ({ changeSetId }) => toastSaved('Taken away', changeSetId))
                }
              />
            )}
          </li>
        ))}
      </ul>
      {!locked && (
        <div className={names.fields}>
          <ChoiceSelect label="Another way" choices={MAPPERS} value={mapper} onChange={(value) => setMapper(value ?? 'account')} />
          <Button
            loading={create.busy}
            mt="lg"
            onClick={() =>
              create.run(
                { table: 'dataSourceContext', values: { source: source.id, context: 'engagement', mapper, active: true } },
                ({ changeSetId }) => toastSaved('Added', changeSetId),
              )
            }
          >
            Add
          </Button>
        </div>
      )}
    </Section>
  );
}
