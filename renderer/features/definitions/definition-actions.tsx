import { Button } from '@mantine/core';
import type { Input } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';

type Props = {
  readonly table: Input<'definitions.publish'>['table'];
  readonly id: string;
  readonly state: string | undefined;
  readonly name: string;
  /** Something is typed that is not saved yet. */
  readonly unsaved: boolean;
};

/** Publishes a draft, after which it is used at once; retires what is published. Both are undone like any change. */
export function DefinitionActions({ table, id, state, name, unsaved }: Props) {
  const publish = useCommand('definitions.publish');
  const retire = useCommand('definitions.retire');
  const { toastSaved } = useUndo();
  const failure = publish.error ?? retire.error;
  return (
    <>
      {failure && <Failure failure={failure} />}
      {state === 'published' ? (
        <Button
          loading={retire.busy}
          onClick={() => retire.run({ table, id }, ({ changeSetId }) => toastSaved(`Retired ${name}`, changeSetId))}
        >
          Retire
        </Button>
      ) : (
        <Button
          variant="filled"
          disabled={unsaved || state === 'retired'}
          title={
            unsaved
              ? 'Save it first'
              : state === 'retired'
                ? 'A retired definition stays as it was; make a copy to use it again'
                : undefined
          }
          loading={publish.busy}
          onClick={() => publish.run({ table, id }, ({ changeSetId }) => toastSaved(`Published ${name}`, changeSetId))}
        >
          Publish
        </Button>
      )}
    </>
  );
}
