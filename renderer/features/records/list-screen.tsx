import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { isTableName } from '#shared/model/dictionary.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RecordList } from './record-list.tsx';

const route = getRouteApi('/records/$table');

/** The list of any record type, as the dictionary describes it. */
export function ListScreen() {
  const { table } = route.useParams();
  if (isTableName(table)) return <RecordList key={table} table={table} />;
  return (
    <EmptyState
      title="There is no such list"
      actions={
        <Button component="a" href="#/records">
          All record types
        </Button>
      }
    />
  );
}
