import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type NewValues } from '#shared/model/dictionary.ts';
import type { Call, EngineContext, Handlers, ReadsOf } from '../context.ts';
import { confirmErased } from '../erase/confirm.ts';
import { dropMark, readMark, writeMark } from '../erase/mark.ts';
import { chosenConflicts, conflictLines, openConflicts, resolveConflicts } from './conflicts.ts';
import { needSync, syncOf, type Sync } from './open-sync.ts';
import { doAgain, pendingDeeds, refusedById, refusedDeeds } from './refused.ts';

type Names =
  | 'sync.status'
  | 'sync.signIn'
  | 'sync.ways'
  | 'sync.beginSignIn'
  | 'sync.finishSignIn'
  | 'sync.signOut'
  | 'sync.now'
  | 'sync.confirmDeletions'
  | 'sync.pending'
  | 'sync.refused'
  | 'sync.retry'
  | 'sync.createRefused'
  | 'sync.discard'
  | 'sync.conflicts'
  | 'sync.resolve'
  | 'sync.devices'
  | 'sync.deviceCode'
  | 'sync.revokeDevice'
  | 'sync.eraseDevice'
  | 'sync.erased'
  | 'sync.pageErased'
  | 'sync.readErased';

/** Tells screens of what no record says. */
const announce = ({ feed }: EngineContext): void => feed.announceDerived(new Set(['derived:sync']));

/** The sync of an engine, whether anyone is signed in or not. */
function anySync(context: EngineContext): Sync {
  const sync = syncOf(context);
  if (sync !== undefined) return sync;
  throw new AppError('conflict', 'This Satchel keeps everything on this computer alone.');
}

/** Takes refused deeds off the list. */
async function forgetRefused(context: EngineContext, { writer }: Sync, keys: readonly string[]): Promise<void> {
  await writer.bring(async () => ({ label: '', rows: [], puts: new Map(), removes: new Map(), sync: { remove: keys } }));
  announce(context);
}

/** So long a refused change waits for what others have done meanwhile. */
const FETCH_MS = 5_000;
const pause = ({ host }: EngineContext, ms: number): Promise<void> => new Promise((done) => void host.later(ms, done));

async function resolve(
  context: EngineContext,
  { ids, choice, value }: { readonly ids: readonly string[]; readonly choice: 'mine' | 'theirs' | 'value'; readonly value?: unknown },
  call: Call,
) {
  const { writer } = needSync(context);
  if (choice === 'value' && ids.length !== 1) throw new AppError('validation', 'A value of your own is for one line at a time.');
  const chosen = await chosenConflicts(context.view, context.whole.history, ids);
  const label = chosen.length === 1 ? 'Decide a sync conflict' : `Decide ${chosen.length} sync conflicts`;
  const moment = { at: context.host.now(), actor: call.actor };
  const { changeSetId } = await writer.runBare({ ...call, label }, async (core) => {
    resolveConflicts(core, chosen, choice, value, moment);
    return { result: null, origin: { kind: 'do', undoable: true, label }, rules: 'all' };
  });
  announce(context);
  return { changeSetId, done: ids.length };
}

/** The device's side of sync, for screens. Nothing but signing in and out and the list of devices waits for the network. */
export const syncHandlers: Handlers<Names> = {
  'sync.status': (context) => {
    const sync = syncOf(context);
    // nothing waits where nobody is signed in
    if (sync?.standing() === undefined) return { state: 'local', pending: 0, conflicts: 0, refused: 0 };
    return { ...sync.status(), conflicts: openConflicts(context.view).length };
  },
  'sync.signIn': async (context, input) => {
    try {
      await anySync(context).signIn(input);
      return { outcome: 'signed-in' };
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'approval-needed') return { outcome: 'approval-needed' };
      throw thrown;
    }
  },
  'sync.ways': async (context, { server, tenant }) => {
    try {
      return { reached: true, ...(await anySync(context).central.ways(server, tenant)) };
    } catch (thrown) {
      // it only spares people a wrong turn
      if (thrown instanceof AppError) return { reached: false, password: true, organisation: false };
      throw thrown;
    }
  },
  'sync.beginSignIn': (context, input) => anySync(context).beginSignIn(input),
  'sync.finishSignIn': async (context, { code }) => {
    try {
      await anySync(context).finishSignIn(code);
      return { outcome: 'signed-in' };
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'approval-needed') return { outcome: 'code-needed', message: thrown.message };
      throw thrown;
    }
  },
  'sync.signOut': async (context) => {
    await needSync(context).signOut();
    return {};
  },
  'sync.now': (context) => {
    syncOf(context)?.now();
    return {};
  },
  'sync.confirmDeletions': (context, { agree }) => {
    syncOf(context)?.confirmDeletions(agree);
    return {};
  },
  'sync.pending': (context) => {
    const sync = syncOf(context);
    return sync === undefined ? { total: 0, deeds: [] } : pendingDeeds(context.view, sync.queue);
  },
  'sync.refused': (context) => {
    const sync = syncOf(context);
    return sync === undefined ? { total: 0, deeds: [] } : refusedDeeds(context.view, sync.store.sync);
  },
  'sync.retry': async (context, { ids }, call) => {
    const sync = needSync(context);
    // what is mended may not have come yet; where nothing can be fetched it is tried on what is here
    await Promise.race([sync.once().catch(() => undefined), pause(context, FETCH_MS)]);
    const found = refusedById(sync.store.sync, ids);
    const [first] = found;
    if (first === undefined) return { done: 0 };
    const label = found.length === 1 ? first.value.label : `Try ${found.length} changes again`;
    await context.records.run({ ...call, label }, (draft) => {
      for (const { value } of found) doAgain(draft, value);
    });
    await forgetRefused(
      context,
      sync,
      found.map(({ key }) => key),
    );
    return { done: found.length };
  },
  'sync.createRefused': async (context, { id: refused, values }, call) => {
    const sync = needSync(context);
    const [found] = refusedById(sync.store.sync, [refused]);
    const [change] = found?.value.rows ?? [];
    if (found === undefined || change?.action !== 'create' || found.value.rows.length !== 1)
      throw new AppError('not-found', 'This change is not among the refused ones any more.');
    const { table } = change;
    const label = `Create ${tableOf(table).label.toLowerCase()}`;
    // the validators check every value before anything is kept
    const { changeSetId, result: id } = await context.records.run({ ...call, label }, (draft) =>
      draft.create(table, values as NewValues<typeof table>, { id: change.id }),
    );
    await forgetRefused(context, sync, [found.key]);
    return { changeSetId, id };
  },
  'sync.discard': async (context, { ids }) => {
    const sync = needSync(context);
    const keys = refusedById(sync.store.sync, ids).map(({ key }) => key);
    await forgetRefused(context, sync, keys);
    return { done: keys.length };
  },
  'sync.conflicts': (context) => conflictLines(context.view),
  'sync.resolve': resolve,
  'sync.devices': async (context) => {
    const sync = syncOf(context);
    const standing = sync?.standing();
    if (sync === undefined || standing === undefined) return { reached: false, devices: [] };
    try {
      const devices = await sync.central.devices();
      return {
        reached: true,
        devices: devices.map(({ id, name, seen, revoked, eraseAsked, erased }) => ({
          id,
          name,
          lastSeen: seen,
          current: id === standing.device,
          revoked,
          ...(eraseAsked === undefined ? {} : { eraseAsked }),
          ...(erased === undefined ? {} : { erased }),
        })),
      };
    } catch (thrown) {
      // the list is a help; without a network there is none
      if (thrown instanceof AppError) return { reached: false, devices: [] };
      throw thrown;
    }
  },
  'sync.deviceCode': async (context) => ({ code: await needSync(context).central.deviceCode() }),
  'sync.revokeDevice': async (context, { device }) => {
    const { central } = needSync(context);
    await central.revokeDevice(device);
    context.feed.announceDerived(new Set(DEVICES));
    return {};
  },
  'sync.eraseDevice': async (context, { device }) => {
    await needSync(context).central.eraseDevice(device);
    context.feed.announceDerived(new Set(DEVICES));
    return {};
  },
  'sync.erased': async ({ host }) => {
    const mark = await readMark(host);
    if (mark === undefined) return {};
    const { server, tenant, login, asked, phase } = mark;
    return { erased: { server, tenant, login, asked, isPageErased: phase === 'all' } };
  },
  'sync.pageErased': async (context) => {
    const mark = await readMark(context.host);
    if (mark?.phase !== 'erased') return {};
    await writeMark(context.host, { ...mark, phase: 'all' });
    context.feed.announceDerived(new Set(ERASED));
    // out of the person's way: where nobody is reached, it is tried again
    void confirmErased(context.host).catch(() => undefined);
    return {};
  },
  'sync.readErased': async (context) => {
    if ((await readMark(context.host))?.phase === 'all') await dropMark(context.host);
    context.feed.announceDerived(new Set(ERASED));
    return {};
  },
};

const STATE = ['derived:sync'] as const;
/** The list of devices is asked of the server, so not at everything that sync does. */
const DEVICES = ['derived:devices'] as const;
/** It lies outside the store, and changes twice in a device's life. */
const ERASED = ['derived:erased'] as const;
export const syncReads: ReadsOf<Names> = {
  'sync.status': ['derived:sync', 'syncConflict'],
  'sync.pending': STATE,
  'sync.refused': STATE,
  'sync.devices': DEVICES,
  'sync.erased': ERASED,
  'sync.ways': [],
};
