import { AppError } from '../../errors/app-error.ts';
import { refsIn } from '../../model/any-reference.ts';
import type { RecordAction } from '../../model/access.ts';
import { tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { PUBLICATION } from '../../model/mixins.ts';
import type { ReadView } from '../view.ts';
import type { Caller } from './caller.ts';
import { isOwnDecision, refuseDeciding } from './deciding.ts';
import { mayNot } from './refusals.ts';

type Values = Readonly<Record<string, unknown>>;

/** Checks what a caller wants to write, record by record and field by field, before any rule. Everything throws AppError. */
export type WriteGuard = {
  /** Answers the values with those that follow from who creates the record. */
  readonly create: (table: TableName, values: Values) => Values;
  readonly update: (table: TableName, id: string, patch: Values) => void;
  readonly act: (table: TableName, id: string, action: RecordAction) => void;
};

/** The record as its writer may see it; `hidden`: it exists and is not theirs to see. */
export type Look = (table: TableName, id: string) => 'seen' | 'hidden' | 'absent';

/** What changing these fields amounts to: adding to a journal is commenting, a definition's state is its publication. */
function actionOf(table: TableName, row: AnyRow, patch: Values): RecordAction {
  const { fields } = tableOf(table);
  const names = Object.keys(patch);
  if (names.length > 0 && names.every((name) => fields[name]?.kind === 'journal')) return 'comment';
  const { state } = patch;
  const isPublication = fields['state']?.choices === PUBLICATION;
  return isPublication && state !== undefined && state !== row['state'] && state !== 'draft' ? 'publish' : 'update';
}

/** Makes the guard of a caller's writes. `view` sees everything: it only serves to name whom to ask. */
export function writeGuard(view: ReadView, caller: Caller, look: Look): WriteGuard {
  const { rights } = caller;
  const needMay = (table: TableName, action: RecordAction, recordId?: string): void => {
    if (!rights.may(table, action)) throw mayNot(view, caller, table, action, recordId === undefined ? {} : { recordId });
  };
  /** A record that may not be seen is answered as one that is not there. */
  const needSeen = (table: TableName, id: string): void => {
    if (look(table, id) === 'seen') return;
    throw new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more.`, { table, recordId: id });
  };
  const refuseHiddenRefs = (table: TableName, values: Values): void => {
    const { fields } = tableOf(table);
    for (const [name, value] of Object.entries(values)) {
      const field = fields[name];
      if (field === undefined) continue;
      for (const ref of refsIn(field, value)) {
        if (look(ref.table, ref.id) !== 'hidden') continue;
        // the words of a reference that leads nowhere: whether the record exists is not for this caller to know
        throw new AppError('validation', `${field.label} names a ${tableOf(ref.table).label.toLowerCase()} that does not exist.`, {
          table,
          field: name,
        });
      }
    }
  };
  const refuseFields = (table: TableName, action: 'create' | 'update', values: Values): void => {
    if (!rights.isCustomer) return;
    const { customer, access } = tableOf(table);
    if (access === 'private') return;
    const open = [...(customer?.[action] ?? []), ...(customer?.fields.includes('comments') === true ? ['comments'] : [])];
    const field = Object.keys(values).find((name) => !open.includes(name));
    if (field !== undefined) throw mayNot(view, caller, table, action, { field });
  };

  return {
    create: (table, values) => {
      needMay(table, 'create');
      if (table === 'approval') refuseDeciding(view, caller, undefined, values['approver'], values);
      refuseFields(table, 'create', values);
      refuseHiddenRefs(table, values);
      const { fields, customer } = tableOf(table);
      const when = rights.isCustomer ? customer?.when : undefined;
      return {
        // what someone of a domain adds is that domain's (BR-42)
        ...(caller.domain !== undefined && fields['domain']?.to === 'domain' ? { domain: caller.domain } : {}),
        ...values,
        ...(when === undefined ? {} : { [when]: true }),
      };
    },
    update: (table, id, patch) => {
      needSeen(table, id);
      const row: AnyRow | undefined = view.get(table, id);
      // whoever is asked for a decision may give it, whatever their roles
      const isAsked = table === 'approval' && row !== undefined && isOwnDecision(caller, row, patch);
      if (row !== undefined && !isAsked) needMay(table, actionOf(table, row, patch), id);
      if (table === 'approval' && row !== undefined) refuseDeciding(view, caller, id, row['approver'], patch);
      refuseFields(table, 'update', patch);
      refuseHiddenRefs(table, patch);
    },
    act: (table, id, action) => {
      needSeen(table, id);
      needMay(table, action, id);
    },
  };
}
