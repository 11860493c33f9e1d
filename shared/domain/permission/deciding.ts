import { AppError } from '../../errors/app-error.ts';
import type { AnyRow } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';
import type { Rights } from './rights.ts';

type Values = Readonly<Record<string, unknown>>;
/** Who wants to decide. */
export type Decider = { readonly user: string; readonly rights: Rights };

const isDecided = (state: unknown): boolean => state === 'approved' || state === 'rejected';

/**
 * REC-34: of an approval only whom it names decides, or an administrator; nobody appoints themselves afterwards. Throws AppError `permission`.
 * @param id undefined: the approval is being made
 * @param approver whom it names now
 */
export function refuseDeciding(view: ReadView, decider: Decider, id: string | undefined, approver: unknown, patch: Values): void {
  if (decider.rights.roles.has('administrator') || approver === decider.user) return;
  const appoints = id !== undefined && patch['approver'] === decider.user;
  if (!isDecided(patch['state']) && !appoints) return;
  const named: AnyRow | undefined = typeof approver === 'string' ? view.get('user', approver) : undefined;
  const ask = typeof named?.['name'] === 'string' ? `Ask ${named['name']} or an administrator.` : 'Ask an administrator.';
  throw new AppError('permission', `Only the approver decides on an approval. ${ask}`, {
    rule: 'REC-34',
    table: 'approval',
    field: appoints ? 'approver' : 'state',
    wayOut: ask,
    ...(id === undefined ? {} : { recordId: id }),
  });
}

/** Whether a change of an approval is no more than the decision of whom it names: they give it whatever their roles. */
export function isOwnDecision({ user, rights }: Decider, row: AnyRow, patch: Values): boolean {
  return row['approver'] === user && !rights.isCustomer && Object.keys(patch).every((field) => field === 'state' || field === 'reason');
}
