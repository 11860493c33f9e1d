import { callerOf, rolesAreSetUp, type Caller } from '#shared/domain/permission/caller.ts';
import { lacksRight } from '#shared/domain/permission/refusals.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { EngineContext } from '../context.ts';
import { limitContext, type LimitedContext } from './limited-context.ts';

/** Who asks just now, and what of the engine they get. */
export type Standing = {
  readonly context: EngineContext;
  /** Signs what is done: the person at the device, also while they try out what someone else sees. */
  readonly actor: string;
  /** Undefined: everything is open, because nobody has a role or the device's own person is not named. */
  readonly caller: Caller | undefined;
  /** The person whose view is tried out. */
  readonly seeingAs: string | undefined;
  /** Nobody has a role yet. */
  readonly open: () => boolean;
};

export type Callers = {
  readonly now: () => Standing;
  /** Shows everything as another person sees it, until it is ended (null) or the engine stops. */
  readonly seeAs: (user: string | null) => void;
  /** Told when the caller, or what the caller sees, has become another. */
  readonly onChange: (listener: () => void) => void;
};

/** Stands for the person at this device while the settings name none. */
export const LOCAL_USER = 'local-user';
/** Derived topic of what is known about the caller. */
const TOPIC: ReadonlySet<string> = new Set(['derived:people']);

const opened = new WeakMap<EngineContext, Callers>();

/** The callers of an engine. */
export function callersOf(context: EngineContext): Callers {
  const { whole } = context;
  const known = opened.get(whole);
  if (known !== undefined) return known;
  const callers = openCallers(whole);
  opened.set(whole, callers);
  return callers;
}

function openCallers(whole: EngineContext): Callers {
  const { view, feed, settings } = whole;
  const limited = new Map<string, LimitedContext>();
  const listeners: (() => void)[] = [];
  let seeing: string | undefined;
  let setUp: boolean | undefined;
  let callers = new Map<string, Caller>();

  const caller = (user: string): Caller => {
    const known = callers.get(user) ?? callerOf(view, user);
    callers.set(user, known);
    return known;
  };
  const isSetUp = (): boolean => (setUp ??= rolesAreSetUp(view));
  /** The contact that a customer is may become another. */
  const hasCustomers = (): boolean => [...callers.values()].some(({ rights }) => rights.isCustomer);
  const changed = (): void => {
    feed.announceDerived(TOPIC);
    for (const listener of listeners) listener();
  };
  const contextOf = (user: string): EngineContext => {
    let known = limited.get(user);
    if (known === undefined) {
      known = limitContext(whole, user, () => caller(user));
      limited.set(user, known);
    }
    return known.context;
  };

  // first to hear of a change, as it is made before any query runs: whoever asks next sees what is theirs then
  feed.subscribe((touched) => {
    const people = touched.rows.has('user') || touched.rows.has('setting') || (hasCustomers() && touched.rows.has('contact'));
    if (people) {
      setUp = undefined;
      callers = new Map();
      if (seeing !== undefined && view.get('user', seeing) === undefined) seeing = undefined;
    }
    let moved = people;
    for (const one of limited.values()) {
      if (people) one.rows.reset();
      else if (one.rows.follow(touched)) moved = true;
    }
    if (moved) changed();
  });

  return {
    now: () => {
      const own = settings().currentUser;
      const actor = own ?? LOCAL_USER;
      const user = seeing ?? own;
      if (user === null || (seeing === undefined && !isSetUp()))
        return { context: whole, actor, caller: undefined, seeingAs: undefined, open: () => !isSetUp() };
      const asking = caller(user);
      const isWhole = seeing === undefined && asking.domain === undefined && asking.rights.has('seeAll');
      return { context: isWhole ? whole : contextOf(user), actor, caller: asking, seeingAs: seeing, open: () => !isSetUp() };
    },
    seeAs: (user) => {
      const own = settings().currentUser;
      if (user !== null) {
        if (own !== null && isSetUp() && !caller(own).rights.has('seeAs')) throw lacksRight(view, caller(own), 'seeAs');
        const row = view.get('user', user);
        if (row === undefined) throw new AppError('not-found', 'This user does not exist any more.', { table: 'user', recordId: user });
        if (caller(user).rights.roles.size === 0)
          throw new AppError('validation', `${row.name} has no role yet, so there is nothing to see. Give them one first.`, {
            table: 'user',
            recordId: user,
          });
      }
      seeing = user === null || user === own ? undefined : user;
      changed();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
