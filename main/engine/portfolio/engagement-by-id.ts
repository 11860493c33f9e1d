import { AppError } from '#shared/errors/app-error.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';

/** An engagement that must be there. Throws AppError `not-found`. */
export function engagementById(view: ReadView, id: string): Row<'engagement'> {
  const engagement = view.get('engagement', id);
  if (!engagement) throw new AppError('not-found', 'This engagement does not exist any more.', { table: 'engagement', recordId: id });
  return engagement;
}
