import { useCallback } from 'react';
import type { Target } from '#shared/contract/areas/lists.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { saveBytes } from '../../data/save-bytes.ts';
import { useAsk } from '../../data/use-ask.ts';
import { asAppError } from '../../data/use-command.ts';
import { useJob } from '../../data/use-job.ts';
import { copyToClipboard, tableHtml, tableText } from '../../ui/copy-table.ts';
import type { Sort } from '../../ui/data-list/types.ts';
import { plural } from '../../ui/format.ts';
import { toastDone, toastFailure } from '../../ui/toast.ts';

type What = { readonly table: TableName; readonly target: Target; readonly sort: Sort; readonly columns: readonly string[] };

/** Rows as they are shown, to the clipboard or into a file. */
export function useTakeAway() {
  const ask = useAsk();
  const job = useJob('records.export');
  const copy = useCallback(
    async ({ table, target, sort, columns }: What, words: (count: number) => string) => {
      try {
        const cells = await ask('records.cells', { table, target, sort: [...sort], columns: [...columns] });
        if (!copyToClipboard(tableText(cells), tableHtml(cells)))
          return toastFailure({ message: 'The clipboard did not take the table. Export it instead.' });
        const cut = cells.rows.length < cells.total ? ` of ${plural(cells.total, 'row')}; export the list for all of them` : '';
        toastDone(`${words(cells.rows.length)} copied${cut}`);
      } catch (thrown) {
        toastFailure(asAppError(thrown));
      }
    },
    [ask],
  );
  const { start } = job;
  const save = useCallback(
    ({ table, target, sort, columns }: What, format: 'csv' | 'xlsx') =>
      start({ table, target, sort: [...sort], columns: [...columns], format }, ({ fileName, bytes }) => {
        // the copy is in a buffer of its own, as the type of what a port brings does not say
        saveBytes(fileName, new Uint8Array(bytes)).then(
          (isSaved) => isSaved && toastDone(`${fileName} saved`),
          (thrown: unknown) => toastFailure(asAppError(thrown)),
        );
      }),
    [start],
  );
  return { copy, save, job };
}
