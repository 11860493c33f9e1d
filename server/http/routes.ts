import {
  attachmentSchema,
  checksumsSchema,
  deviceParamsSchema,
  newPasswordSchema,
  pullSchema,
  pushSchema,
  readPartSchema,
  refreshSchema,
  signInSchema,
  SYNC_LIMITS,
  SYNC_OLDEST_SCHEMA,
  SYNC_SCHEMA_VERSION,
  takePartSchema,
  wantedSchema,
} from '#shared/contract/sync-contract.ts';
import { isClockWrong, skewOf } from '#shared/sync-core/skew.ts';
import { z } from 'zod';
import { attachmentState, readAttachment, takePart, wantedAttachments } from '../attachments/attachments.ts';
import { confirmErased, eraseDevice } from '../auth/erase-device.ts';
import { changePassword, issueCode, listDevices, refresh, revokeDevice, signIn } from '../auth/sign-in.ts';
import { checksumsForCustomer, pullForCustomer, pullScopeForCustomer } from '../customers/customer-pull.ts';
import { checksums } from '../pull/checksums.ts';
import { pullScope } from '../pull/pull-scope.ts';
import { noteReached, pull } from '../pull/pull.ts';
import { sql } from '../storage/storage.ts';
import { route, type Route } from './route.ts';
import { SIGN_IN_ROUTES } from './sign-in-routes.ts';
import { restored, SyncError } from './sync-error.ts';

const nothing = z.strictObject({});
const alive = sql('alive', 'select 1 as one');

/** Every route of the server, as data: the server is made of it, and so is the test of who may do what. */
export const ROUTES: readonly Route[] = [
  route('GET', '/health', 'open', nothing, async () => ({ status: 'ok' })),
  route('GET', '/ready', 'open', nothing, async ({ tools }) => {
    await tools.storage.global(alive, []).catch(() => {
      throw new SyncError('unavailable', 'The database does not answer.');
    });
    return { status: 'ready' };
  }),
  route('GET', '/metrics', 'operations', nothing, async ({ tools }) => {
    const { busy, waiting } = tools.storage.load();
    return {
      text: tools.metrics.text({
        database_busy: busy,
        database_waiting: waiting,
        news_listeners: tools.news.listeners(),
        memory_bytes: process.memoryUsage().rss,
      }),
    };
  }),
  route('GET', '/v1/about', 'open', nothing, async ({ tools }) => ({
    schema: SYNC_SCHEMA_VERSION,
    oldestSchema: SYNC_OLDEST_SCHEMA,
    signIn: ['password', ...(tools.publicUrl === undefined ? [] : ['organisation'])],
  })),
  route('POST', '/v1/sign-in', 'sign-in', signInSchema, ({ tools, body }) => signIn(tools, body)),
  ...SIGN_IN_ROUTES,
  route('POST', '/v1/refresh', 'sign-in', refreshSchema, ({ tools, body }) => refresh(tools, body.refreshToken)),
  // as rare as refreshing: it is proven by the same token
  route('POST', '/v1/erased', 'sign-in', refreshSchema, async ({ tools, body }) => {
    await confirmErased(tools, body.refreshToken);
    return {};
  }),
  route('POST', '/v1/sign-out', 'device', nothing, async ({ tools }, { tenant, user, device }) => {
    await revokeDevice(tools, tenant, user, device, true);
    return {};
  }),
  route('POST', '/v1/password', 'device', newPasswordSchema, async ({ tools, body }, session) => {
    await changePassword(tools, session, body.old, body.new);
    return {};
  }),
  route('GET', '/v1/me', 'device', nothing, async (_request, { user, device, rights }) => ({
    user,
    device,
    roles: [...rights.roles].toSorted(),
  })),
  route('GET', '/v1/devices', 'device', nothing, async ({ tools }, { tenant, user }) => ({
    devices: await listDevices(tools, tenant, user),
  })),
  route('POST', '/v1/devices/code', 'device', nothing, async ({ tools }, { tenant, user }) => ({
    code: await issueCode(tools, tenant, user),
  })),
  route('POST', '/v1/devices/:device/revoke', 'device', deviceParamsSchema, async ({ tools, body }, { tenant, user }) => {
    // someone else's device is as little there as one that never was
    if (!(await revokeDevice(tools, tenant, user, body.device))) throw new SyncError('not-found', 'You have no such device.');
    return {};
  }),
  route('POST', '/v1/devices/:device/erase', 'device', deviceParamsSchema, async ({ tools, body }, { tenant, user }) => {
    if (!(await eraseDevice(tools, tenant, user, body.device)))
      throw new SyncError('not-found', 'You have no such device that can still be told to erase itself.');
    return {};
  }),
  route('POST', '/v1/push', 'device', pushSchema, async ({ tools, body }, { tenant, user, rights, device }) => {
    const operations = body.intents.reduce((sum, { operations: list }) => sum + (Array.isArray(list) ? list.length : 0), 0);
    if (operations > SYNC_LIMITS.pushOperations)
      throw new SyncError('too-large', `A push holds at most ${SYNC_LIMITS.pushOperations} operations. Send fewer at once.`);
    const reply = await tools.push({
      tenant,
      author: { user, rights },
      device,
      epoch: body.epoch,
      intents: body.intents,
      deletionsConfirmed: body.deletionsConfirmed === true,
    });
    for (const { outcome } of reply.answers) tools.metrics.count('intents_total', { outcome });
    const skewMs = skewOf(body.deviceTime, tools.now());
    return { ...reply, ...(skewMs === undefined ? {} : { skewMs, clockIsWrong: isClockWrong(skewMs) }) };
  }),
  route('GET', '/v1/pull', 'device', pullSchema, async ({ tools, body }, { tenant, user, rights, device }) => {
    const reader = { tenant, user, device };
    const { scope, cursor, limit = SYNC_LIMITS.pageRows } = body;
    const [readAll, readScope] = rights.isCustomer ? [pullForCustomer, pullScopeForCustomer] : [pull, pullScope];
    const pulled = await (scope === undefined
      ? readAll(tools.storage, reader, cursor, limit)
      : readScope(tools.storage, reader, { scope, cursor, limit }));
    if (pulled === undefined) throw new SyncError('malformed', 'The cursor cannot be read.');
    if ('reset' in pulled) throw reset(pulled.reset);
    tools.metrics.count('pulled_rows_total', {}, pulled.page.rows.length);
    // all of one scope says nothing of how far the device has read
    if (scope === undefined) await noteReached(tools.storage, reader, cursor, new Date(tools.now()), undefined);
    return pulled.page;
  }),
  route('GET', '/v1/checksums', 'device', checksumsSchema, ({ tools, body }, { tenant, user, rights, device }) =>
    (rights.isCustomer ? checksumsForCustomer : checksums)(tools.storage, { tenant, user, device }, body.after),
  ),
  route('POST', '/v1/attachments/wanted', 'device', wantedSchema, ({ tools, body }, session) =>
    wantedAttachments(tools, session, body.sha256),
  ),
  route('GET', '/v1/attachments/:sha256', 'device', attachmentSchema, ({ tools, body }, session) =>
    attachmentState(tools, session, body.sha256),
  ),
  route('PUT', '/v1/attachments/:sha256/parts/:at', 'device', takePartSchema, ({ tools, body }, session) => {
    if (!session.rights.may('attachment', 'create')) throw new SyncError('forbidden', 'Your roles do not allow you to attach files.');
    return takePart(tools, session, { sha256: body.sha256, at: body.at, bytes: body.body ?? new Uint8Array() });
  }),
  route('GET', '/v1/attachments/:sha256/parts/:at', 'device', readPartSchema, async ({ tools, body }, session) => ({
    bytes: await readAttachment(tools, session, body.sha256, body.at),
  })),
  route('GET', '/v1/news', 'stream', nothing, async () => ({})),
];

function reset(why: 'restored' | 'too-old' | 'role'): SyncError {
  if (why === 'restored') return restored();
  if (why === 'role') return new SyncError('reset-required', 'What you may see has changed. Everything is loaded anew; your changes stay.');
  return new SyncError('reset-required', 'This device has been away for too long. Everything is loaded anew; your changes stay.');
}
