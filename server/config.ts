import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isServerAddress } from '#shared/util/server-address.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const positive = z.coerce.number().int().min(1);

const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  SATCHEL_DATA: z.string().min(1).optional(),
  SATCHEL_HOST: z.string().min(1).default('127.0.0.1'),
  SATCHEL_PORT: port.default(47_300),
  SATCHEL_POOL: positive.max(500).default(10),
  SATCHEL_REQUESTS_PER_MINUTE: positive.default(1_200),
  SATCHEL_SIGN_INS_PER_MINUTE: positive.default(10),
  SATCHEL_ACCESS_MINUTES: positive.max(1_440).default(15),
  SATCHEL_NEWS_MS: positive.max(60_000).default(200),
  SATCHEL_METRICS_TOKEN: z.string().min(16).optional(),
  // the nearest proxies alone are believed: what stands further left in X-Forwarded-For, anybody may have written
  SATCHEL_TRUST_PROXY: z.preprocess(
    (value) => (value === 'yes' ? 1 : value === 'no' ? 0 : value),
    z.coerce.number({ error: 'is yes, no, or the number of proxies in front' }).int().min(0).max(10).default(0),
  ),
  SATCHEL_ALLOWED_ORIGINS: z.string().transform(readOrigins).default([]),
  SATCHEL_PUBLIC_URL: z
    .string()
    .refine(isServerAddress, 'is no address of a server: https://host, or http://127.0.0.1:port, without a slash at its end')
    .optional(),
  SATCHEL_APP: z
    .string()
    .refine(
      (folder) => existsSync(join(folder, 'renderer', 'index.html')),
      'is no folder with the built application (npm run build makes out/)',
    )
    .optional(),
});

/** Origins as browsers write them: no path, https or this very machine. */
function readOrigins(text: string, context: z.RefinementCtx): readonly string[] {
  return text.split(',').map((one) => {
    const origin = one.trim();
    if (!isServerAddress(origin) || new URL(origin).origin !== origin)
      context.addIssue(
        `${origin === '' ? 'an empty origin' : origin} is no origin: https://host or http://127.0.0.1:port, with commas between several`,
      );
    return origin;
  });
}

/** What the server runs with; docs/operations.md says what each is for. */
export type Config = {
  /** Absent: the embedded database, for trying out and small teams. */
  readonly databaseUrl: string | undefined;
  /** Folder of the embedded database. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly poolSize: number;
  readonly requestsPerMinute: number;
  readonly signInsPerMinute: number;
  readonly accessSeconds: number;
  readonly newsMs: number;
  readonly metricsToken: string | undefined;
  /** Reverse proxies in front, whose word on the caller's address counts. */
  readonly trustProxy: number;
  /** Pages of these origins may ask from a browser. */
  readonly allowedOrigins: readonly string[];
  /** Under which people and providers reach the server; absent: nobody signs in with their organisation (S15). */
  readonly publicUrl: string | undefined;
  /** Folder of the built application, which is then served at `/`. */
  readonly appFolder: string | undefined;
};

/** Reads the configuration from the environment. Throws an Error that names every variable that does not fit, and how. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, workingFolder: string): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = environment.safeParse(set);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new Error(`The server's configuration does not fit:\n${faults.join('\n')}`);
  }
  const unknown = Object.keys(set).filter(
    (name) => name.startsWith('SATCHEL_') && !Object.hasOwn(environment.shape, name) && !ELSEWHERE.has(name),
  );
  if (unknown.length > 0) throw new Error(`The server knows no setting ${unknown.join(', ')}; see docs/operations.md.`);
  const { data } = read;
  return {
    databaseUrl: data.DATABASE_URL,
    dataFolder: data.SATCHEL_DATA ?? join(workingFolder, '.satchel-server'),
    host: data.SATCHEL_HOST,
    port: data.SATCHEL_PORT,
    poolSize: data.SATCHEL_POOL,
    requestsPerMinute: data.SATCHEL_REQUESTS_PER_MINUTE,
    signInsPerMinute: data.SATCHEL_SIGN_INS_PER_MINUTE,
    accessSeconds: data.SATCHEL_ACCESS_MINUTES * 60,
    newsMs: data.SATCHEL_NEWS_MS,
    metricsToken: data.SATCHEL_METRICS_TOKEN,
    trustProxy: data.SATCHEL_TRUST_PROXY,
    allowedOrigins: data.SATCHEL_ALLOWED_ORIGINS,
    publicUrl: data.SATCHEL_PUBLIC_URL,
    appFolder: data.SATCHEL_APP,
  };
}

/** Variables of other parts of Satchel, and the administration's secrets. */
const ELSEWHERE = new Set(['SATCHEL_SHARED', 'SATCHEL_PASSWORD', 'SATCHEL_CLIENT_SECRET', 'SATCHEL_PROFILE', 'SATCHEL_SERVER']);
