import { AppError } from '#shared/errors/app-error.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import type { CentralSession } from './central-session.ts';
import type { Begun, SignIn } from './central-store.ts';
import { answersOfOld } from './load-anew.ts';
import type { StepParts } from './sync.ts';
import { kept, KNOWN_TABLES, STANDING, standingOf, type Standing } from './sync-keys.ts';

/** By login and password, or by the code that the organisation's page shows. */
export type SigningIn = (Omit<SignIn, 'device'> & { readonly deviceName: string }) | { readonly begun: Begun; readonly code: string };

/**
 * Signs this device in. It gets a new identity unless it still has the keys of the one it had: a profile that was copied, put back or signed
 * off goes on as another device, and numbers what is left of its queue anew (S1). Throws AppError; records are not touched.
 */
export async function signIn(parts: StepParts, given: SigningIn, isForeign: boolean): Promise<void> {
  const { host, store, central } = parts;
  const { tenant, deviceName } = 'begun' in given ? given.begun : given;
  const before = standingOf(store.sync);
  const isOther = before !== undefined && !('begun' in given) && before.login !== given.login.trim().toLowerCase();
  if (before !== undefined && (before.tenant !== tenant || isOther))
    throw new AppError('conflict', `These records belong to ${before.login} in the workspace ${before.tenant}.`, {
      wayOut: 'Sign in as this person, or begin another profile for someone else.',
    });
  const session = await central.session();
  const isSame = !isForeign && before !== undefined && session?.device === before.device;
  const device = isSame ? before.device : host.newId();
  const attempt = (id: string): Promise<CentralSession> => {
    const named = { id, name: deviceName };
    if ('begun' in given) return central.finishSignIn(given.begun, given.code, named);
    const { server, login, password, code } = given;
    return central.signIn({ server, tenant, login, password, code, device: named });
  };
  const signed = await attempt(device).catch((thrown: unknown) => {
    // it was signed off meanwhile
    if (isSame && thrown instanceof AppError && thrown.code === 'permission') return attempt(host.newId());
    throw thrown;
  });
  if (before !== undefined && before.user !== signed.user) {
    await central.signOut();
    throw new AppError('conflict', 'This account is another person now than the one whose records these are.');
  }
  await tie(parts, signed, before);
}

/** Keeps who is signed in, and takes what was not sent so far as what was here before. */
async function tie(
  { store, writer, queue, settings, host }: StepParts,
  session: CentralSession,
  before: Standing | undefined,
): Promise<void> {
  const { server, tenant, login, user, device, deviceName, block } = session;
  const connection = { server, tenant, login: login.trim().toLowerCase(), user, device, deviceName };
  const former = settings().currentUser;
  await writer.bring(async () => {
    const isNew = before?.device !== device;
    const standing: Standing =
      before === undefined
        ? {
            ...connection,
            answered: 0,
            loading: true,
            adopted: false,
            tables: KNOWN_TABLES,
            mismatches: 0,
            ...(former === null ? {} : { former }),
          }
        : { ...before, ...connection, ...(isNew ? { answered: 0 } : {}) };
    const own = store.rows.table('setting').by('key', 'currentUser')[0];
    const now = host.now();
    const fresh: AnyRow = {
      id: own?.id ?? host.newId(),
      key: 'currentUser',
      value: user,
      createdAt: own?.createdAt ?? now,
      createdBy: own?.createdBy ?? user,
      updatedAt: now,
      updatedBy: user,
      rev: (own?.rev ?? 0) + 1,
    };
    const isKnownUser = own?.['value'] === user;
    return {
      label: 'Signed in',
      rows: isKnownUser
        ? []
        : [
            own === undefined
              ? { table: 'setting', id: fresh.id, action: 'create', rev: 1 }
              : {
                  table: 'setting',
                  id: fresh.id,
                  action: 'update',
                  rev: fresh.rev,
                  before: { value: own['value'] },
                  after: { value: user },
                },
          ],
      puts: isKnownUser ? new Map() : new Map([['setting', [fresh]]]),
      removes: new Map(),
      sync: {
        put: [kept(STANDING, standing), ...(before !== undefined && isNew ? answersOfOld({ queue }) : [])],
        // it goes up as it is after the first load, not deed by deed
        sent: before === undefined ? (await store.outbox()).map(({ seq }) => seq) : [],
      },
      block,
    };
  });
  await writer.bring(async () => {
    await queue.reopen();
    return undefined;
  });
}
