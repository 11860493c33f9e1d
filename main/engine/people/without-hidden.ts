import type { Sight } from '#shared/domain/permission/sight.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isTableName, type AnyRow } from '#shared/model/dictionary.ts';

/** A refusal without the records that its reader may not see: where it names such, its words become general ones. */
export function withoutHidden(thrown: unknown, view: ReadView, sight: Sight): unknown {
  if (!(thrown instanceof AppError)) return thrown;
  const { blocking } = thrown.details;
  if (blocking === undefined) return thrown;
  const seen = blocking.filter(({ table, id }) => {
    const row: AnyRow | undefined = isTableName(table) ? view.get(table, id) : undefined;
    return row === undefined || !isTableName(table) || sight.sees(table, row);
  });
  if (seen.length === blocking.length) return thrown;
  const { rule } = thrown.details;
  const wayOut = 'Ask the person who looks after them.';
  return new AppError(
    thrown.code,
    `Records that you may not see stand in the way${rule === undefined ? '' : ` (${rule})`}. ${wayOut}`,
    { ...thrown.details, blocking: seen, wayOut },
    thrown.retryable,
  );
}
