import { SYNC_SCHEMA_HEADER } from '#shared/contract/sync-contract.ts';
import type { FastifyInstance } from 'fastify';

/** Browsers ask beforehand only so often, in seconds. */
const REMEMBER_S = 600;
const NO_CONTENT = 204;

/**
 * Lets pages of the given origins ask from a browser (CORS): without cookies, with the headers that a device sends. To any other page the
 * answers stay closed; the token that every request needs lies with the page that signed in.
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  const allowed = new Set(origins);
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (allowed.size > 0) reply.header('vary', 'origin, accept-encoding');
    if (origin === undefined || !allowed.has(origin)) return;
    reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', 'accept-encoding');
    if (request.method !== 'OPTIONS') return;
    reply
      .header('access-control-allow-methods', 'GET, POST, PUT')
      .header('access-control-allow-headers', `authorization, content-type, content-encoding, ${SYNC_SCHEMA_HEADER}`)
      .header('access-control-max-age', String(REMEMBER_S));
    await reply.code(NO_CONTENT).send();
  });
}
