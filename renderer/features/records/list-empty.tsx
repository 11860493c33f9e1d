import { Button } from '@mantine/core';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { recordIcon } from '../../state/record-icons.ts';
import { EmptyState } from '../../ui/empty-state.tsx';

type Props = {
  readonly table: TableName;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
  /** Undefined: records of this type are not made by hand. */
  readonly onMake: (() => void) | undefined;
};

/** What to do where a list shows nothing. */
export function ListEmpty({ table, isFiltered, onClear, onMake }: Props) {
  const { label, plural, importable } = tableOf(table);
  if (isFiltered)
    return (
      <EmptyState icon="filter" title={`No ${label.toLowerCase()} matches`} actions={<Button onClick={onClear}>Clear filters</Button>} />
    );
  return (
    <EmptyState
      icon={recordIcon(table)}
      title={`There are no ${plural.toLowerCase()} yet`}
      actions={
        <>
          {importable === true && (
            <Button component="a" href="#/import" variant="filled">
              Import files
            </Button>
          )}
          {onMake && <Button onClick={onMake}>New {label.toLowerCase()}</Button>}
        </>
      }
    >
      {importable === true ? 'They come from your files, or are made one by one.' : undefined}
    </EmptyState>
  );
}
