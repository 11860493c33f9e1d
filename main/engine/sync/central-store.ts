import type { z } from 'zod';
import type { KeyStore, Net, NetCall, NetReply } from '#shared/contract/net.ts';
import {
  aboutSchema,
  attachmentStateSchema,
  begunSchema,
  checksumsReplySchema,
  codeSchema,
  deviceLinesSchema,
  meSchema,
  newsSchema,
  nothingSchema,
  organisationTokensSchema,
  pullPageSchema,
  pushReplySchema,
  tokensSchema,
  wantedReplySchema,
  waysReplySchema,
  type About,
  type DeviceLine,
} from '#shared/contract/sync-answers.ts';
import { PART_BYTES } from '#shared/domain/attachments/limits.ts';
import { SYNC_SCHEMA_HEADER, SYNC_SCHEMA_VERSION } from '#shared/contract/sync-contract.ts';
import type { AttachmentState, ChecksumsReply, Intent, PullPage, PushReply, SignInWays, Tokens } from '#shared/contract/sync-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { serverAddress } from '#shared/util/server-address.ts';
import { eraseOf, foreignAnswer, parsed, refusalOf } from './central-errors.ts';
import { packed } from './pack.ts';
import { forgetSession, keepSession, readSession, type CentralSession } from './central-session.ts';

export type SignIn = {
  /** As typed; `https://` may be left out. */
  readonly server: string;
  readonly tenant: string;
  readonly login: string;
  readonly password: string;
  readonly device: { readonly id: string; readonly name: string };
  /** The approval code, the first time on this device. */
  readonly code?: string | undefined;
};
type Device = SignIn['device'];
/** The server has answered this device's own refresh token that the device is to erase itself (S15). */
export type EraseOrder = {
  readonly server: string;
  readonly tenant: string;
  readonly device: string;
  readonly asked: string;
  /** By which it confirms. */
  readonly refreshToken: string;
};
/** Where somebody signs in with their organisation, and for which device. */
export type Beginning = { readonly server: string; readonly tenant: string; readonly deviceName: string };
/** What the server gave for it: the ticket never leaves the engine, the page is for the system's browser. */
export type Begun = Beginning & { readonly ticket: string; readonly page: string; readonly expiresIn: number };
export type Push = {
  readonly deviceTime: string;
  /** The restore epoch that the intents are numbered by (S13). */
  readonly epoch?: string | undefined;
  readonly intents: readonly Intent[];
  readonly deletionsConfirmed?: boolean | undefined;
};
type Signal = NetCall['signal'];

/**
 * The central store, one method a route. Every method throws AppError: `network`, `unavailable` (with `retryAfterMs`), `unauthorized`,
 * `permission`, `too-old-client`, `restored`, `reset-required`, `limit`, `contract`, `cancelled`. Nothing here changes records.
 */
export type CentralStore = {
  /** Who is signed in; the network is not asked. */
  readonly session: () => Promise<CentralSession | undefined>;
  /** What a server says of itself, before anyone signs in. Throws `validation` where the address is none. */
  readonly about: (server: string) => Promise<About>;
  /** Signs in and keeps the session. Throws `approval-needed` where the device is new and the code is missing or wrong. */
  readonly signIn: (given: SignIn) => Promise<CentralSession>;
  /** How people of a tenant may sign in. */
  readonly ways: (server: string, tenant: string) => Promise<SignInWays>;
  /** Begins to sign in with the organisation's provider (S15). Throws `not-found` where it has none. */
  readonly beginSignIn: (given: Beginning) => Promise<Begun>;
  /** Signs in by the code that the page shows, and keeps the session. Throws `approval-needed` where the code is not right, or not there yet. */
  readonly finishSignIn: (begun: Begun, code: string, device: Device) => Promise<CentralSession>;
  /** Signs this device off for good and forgets the session, which it does without a network as well. */
  readonly signOut: () => Promise<void>;
  readonly me: () => Promise<{ readonly user: string; readonly device: string; readonly roles: readonly string[] }>;
  readonly push: (push: Push, signal?: Signal) => Promise<PushReply>;
  readonly pull: (
    from: { readonly cursor?: string | undefined; readonly limit?: number | undefined; readonly scope?: string | undefined },
    signal?: Signal,
  ) => Promise<PullPage>;
  readonly checksums: (after?: string, signal?: Signal) => Promise<ChecksumsReply>;
  /** Hears of new changes until the signal or the server ends it; the number is the newest change's (S17). */
  readonly news: (onHead: (head: number) => void, signal: NonNullable<Signal>) => Promise<void>;
  readonly devices: () => Promise<readonly DeviceLine[]>;
  /** Of these files those that a record names and that the server lacks (S16). */
  readonly attachmentsWanted: (sha256: readonly string[], signal?: Signal) => Promise<readonly string[]>;
  /** How much of a file this device has sent. Throws `not-found` where no record of the person's names it. */
  readonly attachmentState: (sha256: string, signal?: Signal) => Promise<AttachmentState>;
  /** Sends the part that begins at `at`; answers from where to go on. */
  readonly putAttachmentPart: (sha256: string, at: number, bytes: Uint8Array<ArrayBuffer>, signal?: Signal) => Promise<AttachmentState>;
  /** The part of a file that begins at `at`; empty behind its end. */
  readonly readAttachmentPart: (sha256: string, at: number, signal?: Signal) => Promise<Uint8Array<ArrayBuffer>>;
  /** A code by which the person registers one more device. */
  readonly deviceCode: () => Promise<string>;
  readonly revokeDevice: (device: string) => Promise<void>;
  /** Signs it off and has it erase itself (S15). Throws `not-found` where it cannot be told any more. */
  readonly eraseDevice: (device: string) => Promise<void>;
  readonly changePassword: (old: string, fresh: string) => Promise<void>;
};

type Asking = Pick<NetCall, 'method' | 'path'> & {
  readonly signal?: Signal | undefined;
  readonly body?: Uint8Array<ArrayBuffer> | object;
  readonly deadlineMs?: number;
  readonly maxBytes?: number;
  readonly refused?: (reply: NetReply) => void;
};

const SHORT_MS = 20_000;
const LONG_MS = 60_000;
const SMALL_BYTES = 512 * 1024;
/** A page ends with the row that goes over its 2 MB, and one row may be as large as a push. */
const PAGE_BYTES = 32 * 2 ** 20;

const partPath = (sha256: string, at: number): string => `/v1/attachments/${sha256}/parts/${at}`;

const otherAddress = (page: string): AppError =>
  new AppError('validation', 'The central store calls itself by another address than the one that you typed.', {
    field: 'server',
    wayOut: `Type ${new URL(page).origin} as its address if your organisation gave you that one, or ask who runs it.`,
  });

const signedOut = (): AppError => new AppError('unauthorized', 'You are not signed in to a central store.');

type Ways = { readonly net: Net; readonly keys: KeyStore; readonly ordered?: (order: EraseOrder) => Promise<void> };

/**
 * The central store over a host's network and keys. One refresh runs at a time, and a new token is kept before it is used (S15). `ordered` is
 * called before a refresh rejects as `unauthorized` because this device is to erase itself.
 */
export function openCentralStore({ net, keys, ordered }: Ways): CentralStore {
  /** Servers that take packed bodies; an older one does not say so. */
  const takesPacked = new Set<string>();
  let access: string | undefined;
  let refreshing: Promise<string> | undefined;

  const fetched = async (server: string, token: string | undefined, asking: Asking): Promise<NetReply> => {
    const { method, path, body, signal, deadlineMs = SHORT_MS, maxBytes = SMALL_BYTES, refused } = asking;
    const isBytes = body instanceof Uint8Array;
    const text = body === undefined || isBytes ? undefined : JSON.stringify(body);
    const small = text !== undefined && takesPacked.has(server) ? await packed(text) : undefined;
    const sent = small ?? (isBytes ? body : text);
    const reply = await net.request({
      server,
      method,
      path,
      deadlineMs,
      maxBytes,
      headers: {
        accept: 'application/json',
        [SYNC_SCHEMA_HEADER]: String(SYNC_SCHEMA_VERSION),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
        ...(small === undefined ? {} : { 'content-encoding': 'gzip' }),
      },
      ...(sent === undefined ? {} : { body: sent }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (/\bgzip\b/.test(reply.headers['accept-encoding'] ?? '')) takesPacked.add(server);
    if (reply.status >= 200 && reply.status < 300) return reply;
    refused?.(reply);
    throw refusalOf(reply);
  };
  const ask = async <T>(server: string, token: string | undefined, asking: Asking, schema: z.ZodType<T>): Promise<T> => {
    const reply = await fetched(server, token, asking);
    const json = parsed(reply.body);
    if (json === undefined) throw foreignAnswer(reply.status);
    const read = schema.safeParse(json);
    if (read.success) return read.data;
    const at = read.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new AppError('contract', `The central store answered what Satchel cannot read${at === '' ? '' : ` (${at})`}. Update Satchel.`);
  };

  const refreshed = async (): Promise<string> => {
    const session = await readSession(keys);
    if (session === undefined) throw signedOut();
    const { refreshToken, ...rest } = session;
    const { server, tenant, device } = session;
    let erase: ReturnType<typeof eraseOf>;
    const refused = (reply: NetReply): void => {
      erase = eraseOf(reply);
    };
    const asking = { method: 'POST', path: '/v1/refresh', body: { refreshToken }, refused } as const;
    const tokens = await ask<Tokens>(server, undefined, asking, tokensSchema).catch(async (thrown: unknown) => {
      if (erase?.device === device) await ordered?.({ server, tenant, device, asked: erase.asked, refreshToken });
      throw thrown;
    });
    // first kept, then used: the server takes the old one until a new one is used
    await keepSession(keys, rest, tokens);
    access = tokens.accessToken;
    return tokens.accessToken;
  };
  const refresh = (): Promise<string> => {
    refreshing ??= refreshed().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };
  /** A refresh that is under way would bring its session back. */
  const quiet = async (): Promise<void> => void (await refreshing?.catch(() => undefined));

  /** Runs with an access token; one that has run out is exchanged, once. */
  const withToken = async <T>(run: (server: string, token: string) => Promise<T>): Promise<T> => {
    const session = await readSession(keys);
    if (session === undefined) throw signedOut();
    const token = access ?? (await refresh());
    try {
      return await run(session.server, token);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'unauthorized') throw thrown;
      const next = access !== undefined && access !== token ? access : await refresh();
      return run(session.server, next);
    }
  };
  const call = <T>(asking: Asking, schema: z.ZodType<T>): Promise<T> => withToken((server, token) => ask(server, token, asking, schema));
  const tell = async (path: string, body: object): Promise<void> => void (await call({ method: 'POST', path, body }, nothingSchema));

  const begin = async (
    where: Pick<CentralSession, 'server' | 'tenant' | 'login'>,
    device: Device,
    tokens: Tokens,
  ): Promise<CentralSession> => {
    const { user, device: id, block, epoch } = tokens;
    const session: CentralSession = { ...where, user, device: id, deviceName: device.name, block, epoch };
    await quiet();
    await keepSession(keys, session, tokens);
    access = tokens.accessToken;
    return session;
  };

  return {
    session: async () => {
      const session = await readSession(keys);
      if (session === undefined) return undefined;
      const { refreshToken: _secret, ...rest } = session;
      return rest;
    },
    about: async (server) => ask(serverAddress(server), undefined, { method: 'GET', path: '/v1/about' }, aboutSchema),
    signIn: async ({ server: typed, tenant, login, password, device, code }) => {
      const server = serverAddress(typed);
      const body = { tenant, login, password, device, ...(code === undefined ? {} : { code }) };
      const tokens = await ask<Tokens>(server, undefined, { method: 'POST', path: '/v1/sign-in', body }, tokensSchema);
      return begin({ server, tenant, login }, device, tokens);
    },
    ways: (typed, tenant) =>
      ask(
        serverAddress(typed),
        undefined,
        { method: 'GET', path: `/v1/sign-in/ways?${new URLSearchParams({ tenant }).toString()}` },
        waysReplySchema,
      ),
    beginSignIn: async ({ server: typed, tenant, deviceName }) => {
      const server = serverAddress(typed);
      const begun = await ask(
        server,
        undefined,
        { method: 'POST', path: '/v1/sign-in/organisation', body: { tenant, deviceName } },
        begunSchema,
      );
      // a server may send nobody anywhere but to a page of its own
      if (!begun.page.startsWith(`${server}/sign-in/go?`)) throw otherAddress(begun.page);
      return { ...begun, server, tenant, deviceName };
    },
    finishSignIn: async ({ server, tenant, ticket }, code, device) => {
      const body = { ticket, code, device };
      const asking = { method: 'POST', path: '/v1/sign-in/organisation/finish', body } as const;
      const tokens = await ask(server, undefined, asking, organisationTokensSchema);
      return begin({ server, tenant, login: tokens.login }, device, tokens);
    },
    signOut: async () => {
      // without a network the server hears of it when an administrator or another device signs this one off
      await tell('/v1/sign-out', {}).catch(() => undefined);
      await quiet();
      access = undefined;
      await forgetSession(keys);
    },
    me: () => call({ method: 'GET', path: '/v1/me' }, meSchema),
    push: ({ deviceTime, epoch, intents, deletionsConfirmed }, signal) =>
      call(
        {
          method: 'POST',
          path: '/v1/push',
          body: {
            deviceTime,
            ...(epoch === undefined ? {} : { epoch }),
            intents,
            ...(deletionsConfirmed === undefined ? {} : { deletionsConfirmed }),
          },
          deadlineMs: LONG_MS,
          maxBytes: PAGE_BYTES,
          signal,
        },
        pushReplySchema,
      ),
    pull: ({ cursor, limit, scope }, signal) => {
      const query = new URLSearchParams({
        ...(scope === undefined ? {} : { scope }),
        ...(cursor === undefined ? {} : { cursor }),
        ...(limit === undefined ? {} : { limit: String(limit) }),
      }).toString();
      return call(
        {
          method: 'GET',
          path: query === '' ? '/v1/pull' : `/v1/pull?${query}`,
          deadlineMs: LONG_MS,
          maxBytes: PAGE_BYTES,
          signal,
        },
        pullPageSchema,
      );
    },
    checksums: (after, signal) =>
      call(
        {
          method: 'GET',
          path: `/v1/checksums${after === undefined ? '' : `?after=${encodeURIComponent(after)}`}`,
          deadlineMs: LONG_MS,
          signal,
        },
        checksumsReplySchema,
      ),
    news: (onHead, signal) =>
      withToken((server, token) =>
        net.listen({
          server,
          path: '/v1/news',
          headers: { authorization: `Bearer ${token}`, [SYNC_SCHEMA_HEADER]: String(SYNC_SCHEMA_VERSION) },
          signal,
          onEvent: (data) => {
            const read = newsSchema.safeParse(parsed(new TextEncoder().encode(data)));
            if (read.success) onHead(read.data.head);
          },
        }),
      ),
    attachmentsWanted: async (sha256, signal) =>
      (await call({ method: 'POST', path: '/v1/attachments/wanted', body: { sha256 }, signal }, wantedReplySchema)).wanted,
    attachmentState: (sha256, signal) => call({ method: 'GET', path: `/v1/attachments/${sha256}`, signal }, attachmentStateSchema),
    putAttachmentPart: (sha256, at, bytes, signal) =>
      call({ method: 'PUT', path: partPath(sha256, at), body: bytes, deadlineMs: LONG_MS, signal }, attachmentStateSchema),
    readAttachmentPart: (sha256, at, signal) =>
      withToken(async (server, token) => {
        const asking = { method: 'GET' as const, path: partPath(sha256, at), deadlineMs: LONG_MS, maxBytes: PART_BYTES, signal };
        const { body, headers } = await fetched(server, token, asking);
        if (headers['content-type'] !== 'application/octet-stream') throw foreignAnswer(200);
        return body;
      }),
    devices: async () => (await call({ method: 'GET', path: '/v1/devices' }, deviceLinesSchema)).devices,
    deviceCode: async () => (await call({ method: 'POST', path: '/v1/devices/code', body: {} }, codeSchema)).code,
    revokeDevice: (device) => tell(`/v1/devices/${encodeURIComponent(device)}/revoke`, {}),
    eraseDevice: (device) => tell(`/v1/devices/${encodeURIComponent(device)}/erase`, {}),
    changePassword: (old, fresh) => tell('/v1/password', { old, new: fresh }),
  };
}
