import type { Condition } from '#shared/model/condition.ts';
import type { Row, TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';

const MOST = 500;

/** All rows of a small table (definitions are few), kept up to date; undefined until they are there. */
export function useRows<T extends TableName>(table: T, condition?: Condition): readonly Row<T>[] | undefined {
  const { data } = useLive('records.list', { table, window: { offset: 0, limit: MOST }, ...(condition && { condition }) });
  // the list's rows are of the table that was asked for
  return data?.rows.map(({ row }) => row as Row as Row<T>);
}

/** The rows that belong to one record, for example the metrics of a definition. */
export function useOwned<T extends TableName>(table: T, field: string, id: string | undefined): readonly Row<T>[] | undefined {
  return useRows(table, { field, op: 'is', value: id ?? 'none' });
}
