import { gzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { PART_BYTES } from '#shared/domain/attachments/limits.ts';
import { SYNC_LIMITS, SYNC_SCHEMA_HEADER } from '#shared/contract/sync-contract.ts';
import { sessionFor, type Session } from '../auth/sign-in.ts';
import type { Log } from '../log.ts';
import { allowOrigins } from './origins.ts';
import { readPage } from './pages.ts';
import { refuseSchema, unreadable } from './client-schema.ts';
import { unpacked } from './packed-body.ts';
import { openRateLimit } from './rate-limit.ts';
import type { Route, ServerTools } from './route.ts';
import { ROUTES } from './routes.ts';
import { isOutage } from '../storage/faults.ts';
import { failureBody, statusOf, SyncError } from './sync-error.ts';

export type AppOptions = {
  readonly tools: ServerTools;
  readonly log: Log;
  readonly requestsPerMinute: number;
  readonly signInsPerMinute: number;
  readonly trustProxy: number;
  /** Pages of these origins may ask from a browser. */
  readonly allowedOrigins: readonly string[];
  /** Folder of the built application; absent: the server is an API alone. */
  readonly appFolder: string | undefined;
};

const zip = promisify(gzip);
/** Smaller answers go out in one burst, packed or not (ten segments), so packing them gains nobody anything. */
const ZIP_FROM = 12_000;
const REQUEST_MS = 60_000;
/** Leaving, coming back, and some more: for people who share an address. */
const PAGES_A_SIGN_IN = 6;

/** Makes the HTTP server out of the routes; it listens where it is told to. */
export function openApp(options: AppOptions): FastifyInstance {
  const { tools, log, requestsPerMinute, signInsPerMinute, trustProxy, allowedOrigins, appFolder } = options;
  const app = fastify({
    bodyLimit: SYNC_LIMITS.bodyBytes,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: 75_000,
    // hops are counted from here: what a caller writes into the header itself is never believed
    trustProxy: (_address, hop) => hop < trustProxy,
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
  });
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: PART_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  allowOrigins(app, allowedOrigins);
  const byDevice = openRateLimit(requestsPerMinute, tools.now);
  const byAddress = openRateLimit(signInsPerMinute, tools.now);
  const byBrowser = openRateLimit(signInsPerMinute * PAGES_A_SIGN_IN, tools.now);
  const limit = (wait: number): void => {
    if (wait > 0) throw new SyncError('too-many', 'Too many requests. Try again in a moment.', wait);
  };

  const authenticate = async (route: Route, request: FastifyRequest): Promise<Session | undefined> => {
    const bearer = bearerOf(request);
    if (route.kind === 'open') return undefined;
    if (route.kind === 'sign-in') {
      limit(byAddress.take(request.ip));
      return undefined;
    }
    if (route.kind === 'page') {
      limit(byBrowser.take(request.ip));
      return undefined;
    }
    if (route.kind === 'operations') {
      if (tools.metricsToken !== undefined && bearer !== tools.metricsToken)
        throw new SyncError('unauthorized', 'The metrics need their token.');
      return undefined;
    }
    const session = bearer === undefined ? undefined : await sessionFor(tools, bearer);
    if (session === undefined) throw new SyncError('unauthorized', 'Sign in again.');
    limit(byDevice.take(`${session.tenant}/${session.device}`));
    return session;
  };

  const sessions = new WeakMap<FastifyRequest, Session>();
  // devices hear which packing is taken (RFC 7694)
  app.addHook('onRequest', async (_request, reply) => void reply.header('accept-encoding', 'gzip'));

  for (const route of ROUTES)
    app.route({
      method: route.method,
      url: route.path,
      // before a body is read, so that nobody unknown makes the server read much
      onRequest: async (request) => {
        const session = await authenticate(route, request);
        if (session !== undefined) sessions.set(request, session);
      },
      preParsing: async (request, _reply, payload) => unpacked(payload as Readable, request.headers['content-encoding']), // a request's stream
      handler: async (request, reply) => {
        const began = performance.now();
        const session = sessions.get(request);
        if (session !== undefined) refuseSchema(route, request.headers[SYNC_SCHEMA_HEADER]);
        const body = route.takes.safeParse(givenOf(request));
        if (!body.success)
          throw unreadable(request.headers[SYNC_SCHEMA_HEADER], body.error.issues.map(({ path }) => path.join('.') || 'body').join(', '));
        if (route.kind === 'stream') return session && stream(tools, session, request, reply);
        // only routes of devices look at the session, and those have one
        const answer = await route.answer(
          { tools, body: body.data as never, address: request.ip, bearer: bearerOf(request), cookie: request.headers.cookie },
          session as Session,
        );
        tools.metrics.count('request_ms_total', { route: route.path }, Math.round(performance.now() - began));
        if ('text' in answer && Object.keys(answer).length === 1) return reply.type('text/plain; version=0.0.4').send(answer.text);
        if (route.kind === 'page' && 'page' in answer) {
          const { status, headers, body: page } = answer.page;
          return reply.code(status).headers(headers).send(page);
        }
        if ('bytes' in answer && answer.bytes instanceof Uint8Array)
          return reply
            .headers({ 'content-type': 'application/octet-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
            .send(Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.byteLength));
        return send(request, reply, answer);
      },
    });

  app.setNotFoundHandler(async (request, reply) => {
    const page = appFolder === undefined ? undefined : await readPage(appFolder, request.method, request.url);
    if (page === undefined) return reply.code(404).send(failureBody(new SyncError('not-found', 'There is nothing here.')));
    return reply.headers(page.headers).send(page.body);
  });
  app.setErrorHandler((thrown: unknown, _request, reply) => {
    const refusal = asRefusal(thrown);
    if (refusal.code === 'internal') log('fault', faultFields(thrown));
    if (refusal.retryAfterMs !== undefined) reply.header('retry-after', String(Math.ceil(refusal.retryAfterMs / 1_000)));
    return reply.code(statusOf(refusal.code)).send(failureBody(refusal));
  });
  app.addHook('onResponse', async (request, reply) => {
    const path = request.routeOptions.url ?? 'none';
    tools.metrics.count('requests_total', { route: path, status: String(reply.statusCode) });
    if (path.startsWith('/v1/')) log('request', { route: path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) });
  });
  return app;
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  const [, token] = /^Bearer (\S{1,300})$/.exec(headers.authorization ?? '') ?? [];
  return token;
}

/** What a request gives: its query and parts of the path, or its body; both together would hide one another. */
function givenOf({ method, query, params, body }: FastifyRequest): unknown {
  const inAddress = { ...(query as object), ...(params as object) };
  if (method === 'GET' || (Object.keys(inAddress).length > 0 && isEmpty(body))) return inAddress;
  return Object.keys(inAddress).length > 0 ? { ...inAddress, body } : (body ?? {});
}

const isEmpty = (body: unknown): boolean =>
  body === undefined ||
  body === null ||
  (typeof body === 'object' && (body instanceof Uint8Array ? body.length : Object.keys(body).length) === 0);

async function send(request: FastifyRequest, reply: FastifyReply, answer: object): Promise<FastifyReply> {
  const text = JSON.stringify(answer);
  reply.type('application/json; charset=utf-8').header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  const takesZip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (!takesZip || text.length < ZIP_FROM) return reply.send(text);
  return reply
    .header('content-encoding', 'gzip')
    .header('vary', 'origin, accept-encoding')
    .send(await zip(text));
}

function stream(tools: ServerTools, { tenant, device, rights }: Session, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  // what has been said of origins goes along
  const said = Object.fromEntries(
    Object.entries(reply.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  raw.writeHead(200, { ...said, 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  raw.write('retry: 2000\n\n');
  const end = (): void => {
    raw.end();
  };
  const stop = tools.news.listen(tenant, device, {
    // customers are woken by the clock: neither when nor how much others work is for them to know
    tell: (head) => void (rights.isCustomer || raw.write(`data: {"head":${head}}\n\n`)),
    beat: () => void raw.write(rights.isCustomer ? `data: {"head":${Number.MAX_SAFE_INTEGER}}\n\n` : ':\n\n'),
    end,
  });
  // the stream lives as long as an access token at most, so that a revoked device falls silent
  const over = setTimeout(end, tools.accessSeconds * 1_000);
  request.raw.socket.once('close', end);
  raw.once('close', () => {
    clearTimeout(over);
    stop();
  });
  return reply;
}

function asRefusal(thrown: unknown): SyncError {
  if (thrown instanceof SyncError) return thrown;
  const status = thrown instanceof Error && 'statusCode' in thrown ? Number(thrown.statusCode) : 500;
  if (status === 413) return new SyncError('too-large', 'This is too much at once. Send it in smaller parts.');
  if (status >= 400 && status < 500) return new SyncError('malformed', 'The request cannot be read.');
  if (isOutage(thrown)) return new SyncError('unavailable', 'The database does not answer. Try again in a moment.', 2_000);
  return new SyncError('internal', 'Something went wrong in the central store. Nothing was changed.');
}

/** What a fault says about itself without quoting data: its kind and where it came from. */
function faultFields(thrown: unknown): Readonly<Record<string, string>> {
  if (!(thrown instanceof Error)) return { kind: typeof thrown };
  const at = /\n\s+at (.+)/.exec(thrown.stack ?? '')?.[1] ?? '';
  return { kind: thrown.name, code: 'code' in thrown ? String(thrown.code) : '', where: at.replace(/\(.*[/\\]/, '(') };
}
