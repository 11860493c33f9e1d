import { Failure } from '../../ui/failure.tsx';
import type { ListWork } from './use-list-work.ts';

/** Why an export did not come about. */
export function ListFailures({ work }: { readonly work: ListWork }) {
  const { state } = work.exporting;
  return state.kind === 'failed' && state.error.code !== 'cancelled' ? <Failure failure={state.error} /> : null;
}
