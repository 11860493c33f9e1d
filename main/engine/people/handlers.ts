import { mayNot } from '#shared/domain/permission/refusals.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { recordActions } from '#shared/model/access.ts';
import { tableNames, tableOf } from '#shared/model/dictionary.ts';
import type { EngineContext, Handlers, ReadsOf } from '../context.ts';
import { callersOf } from './callers.ts';

type Names = 'people.me' | 'people.allowed' | 'people.seeAs';

function personOf({ view }: EngineContext, id: string | null | undefined) {
  const user = id === null || id === undefined ? undefined : view.get('user', id);
  return user && { id: user.id, name: user.name };
}

/** Who asks, what they may do, and whose view is shown. */
export const peopleHandlers: Handlers<Names> = {
  'people.me': ({ whole }) => {
    const { caller, seeingAs, open } = callersOf(whole).now();
    const user = personOf(whole, whole.settings().currentUser);
    const seen = personOf(whole, seeingAs);
    const own = caller?.rights;
    return {
      ...(user && { user }),
      open: open(),
      roles: own === undefined ? [] : [...own.roles],
      customer: own?.isCustomer === true,
      ...(seen && { seeingAs: seen }),
      maySeeAs: seen !== undefined || own === undefined || own.has('seeAs'),
      settings: own === undefined || own.has('settings'),
      people: own === undefined || own.has('people'),
      tables: Object.fromEntries(
        tableNames.map((table) => [table, recordActions.filter((action) => own === undefined || own.may(table, action))]),
      ),
    };
  },
  'people.allowed': ({ view, whole }, { table, id }) => {
    if (view.get(table, id) === undefined)
      throw new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more.`, { table, recordId: id });
    const { caller } = callersOf(whole).now();
    return {
      actions: recordActions.map((action) =>
        caller === undefined || caller.rights.may(table, action)
          ? { action, allowed: true }
          : { action, allowed: false, reason: mayNot(whole.view, caller, table, action).message },
      ),
    };
  },
  'people.seeAs': ({ whole }, { user }) => {
    callersOf(whole).seeAs(user);
    return {};
  },
};

export const peopleReads: ReadsOf<Names> = { 'people.me': ['user', 'setting', 'derived:people'] };
