import { z } from 'zod';
import type { ErrorShape } from '../errors/app-error.ts';
import { MAX_ATTACHMENT_BYTES, PART_BYTES } from '../domain/attachments/limits.ts';
import { areSound } from '../sync-core/points.ts';
import type { Scope } from '../sync-core/scope.ts';

/*
 * What a device and the central store say to each other over HTTP (spec/sync.md; rules S1–S18). Bodies are strict: an unknown key
 * is refused. Intents of a push are read one by one, so that one bad one never blocks its neighbours (S3).
 */

/**
 * Version of record types, intents and what stands in requests; the server also takes the two before it (S14). Whatever a device says anew raises it
 * (`server/skew.test.ts`), for a server of before cannot read it. 1: records; 2: data points and attachments; 3: the epoch in a push.
 */
export const SYNC_SCHEMA_VERSION = 3;
export const SYNC_OLDEST_SCHEMA = Math.max(1, SYNC_SCHEMA_VERSION - 2);

/** Header by which a device says its schema version with every request; without it, it counts as the first. */
export const SYNC_SCHEMA_HEADER = 'satchel-schema';

/** Bounds of one request. A larger change goes as several intents. */
export const SYNC_LIMITS = {
  /** Intents in one push. */
  intents: 500,
  /** Operations in one intent. */
  operations: 2_000,
  /** Operations in one push. */
  pushOperations: 5_000,
  bodyBytes: 8 * 2 ** 20,
  pageRows: 5_000,
  pageBytes: 2 * 2 ** 20,
  /** Scopes in one page of checksums. */
  checksums: 1_000,
  /** Data points in one operation. */
  points: 5_000,
  /** Attachments that are asked about at once. */
  attachments: 500,
} as const;

const id = z.string().min(1).max(100);
const name = z.string().min(1).max(100);
const text = z.string().max(200_000);
const values = z.record(z.string().max(100), z.unknown());
const base = z.strictObject({ version: z.int().min(0), fields: values });
const onRecord = { table: name, id };
const days = z.array(z.int()).max(SYNC_LIMITS.points).readonly();
const points = z
  .strictObject({ start: days, end: days, value: z.array(z.number()).max(SYNC_LIMITS.points).readonly() })
  .refine(areSound, 'are no data points');

const operation = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('create'), ...onRecord, number: z.string().max(30).optional(), values }),
  z.strictObject({ action: z.literal('update'), ...onRecord, patch: values, base }),
  z.strictObject({ action: z.literal('close'), ...onRecord, closureCode: name, closeNotes: text, base }),
  z.strictObject({ action: z.literal('cancel'), ...onRecord, closeNotes: text, base }),
  z.strictObject({ action: z.literal('reopen'), ...onRecord, base }),
  z.strictObject({ action: z.literal('delete'), ...onRecord, base: z.strictObject({ version: z.int().min(0) }) }),
  // data points of the series `id`: no base, for each point counts as it arrives last (`shared/sync-core/points.ts`)
  z.strictObject({ action: z.literal('points'), table: z.literal('dataPointSeries'), id, set: points, remove: days }),
]);
/** What an intent does to one record. Journal fields of a patch hold a `JournalPatch`. */
export type Operation = z.infer<typeof operation>;

/** One deed of a person (S3): all of its operations come in, or none. */
export const intentSchema = z.strictObject({
  /** Place in the device's queue: 1, 2, 3 … without a gap. */
  seq: z.int().min(1),
  id,
  /** `undo` and `redo` put recorded values back; `job` is what the device's own jobs found. */
  kind: z.enum(['do', 'undo', 'redo', 'job']),
  /** What was done, in words, for the activity stream. */
  label: z.string().max(500),
  at: z.string().max(40),
  hlc: z.string().max(120),
  schemaVersion: z.int().min(1),
  operations: z.array(operation).min(1).max(SYNC_LIMITS.operations),
});
export type Intent = z.infer<typeof intentSchema>;

export const pushSchema = z.strictObject({
  /** The device's clock, to tell it when that is wrong (S2). */
  deviceTime: z.string().max(40),
  /**
   * The server's restore epoch that the device knows, and numbers its intents by: what was on its way while the server was put back would take the
   * numbers of what comes now (S13).
   */
  epoch: z.string().min(1).max(100).optional(),
  intents: z.array(z.looseObject({ seq: z.int().min(1), id })).max(SYNC_LIMITS.intents),
  /** The person has confirmed that so much is to be deleted (S12). */
  deletionsConfirmed: z.boolean().optional(),
});

export type Outcome = 'applied' | 'merged' | 'conflict' | 'refused' | 'superseded';
/** The server's word on one intent (S3); a repeated one gets the same again. */
export type Answer = {
  readonly seq: number;
  readonly id: string;
  readonly outcome: Outcome;
  /** `table/id.field` of values that were joined with someone else's. */
  readonly merged?: readonly string[];
  /** Conflicts that were opened. */
  readonly conflicts?: readonly string[];
  /** Why it was refused. */
  readonly error?: ErrorShape;
  /** Numbers that the server had to change: record → number. */
  readonly numbers?: Readonly<Record<string, string>>;
};

export type PushReply = {
  readonly epoch: string;
  readonly answers: readonly Answer[];
  /** Highest number that is answered for this device. */
  readonly acknowledged: number;
  /** The number that is missing: send from there. */
  readonly gap?: number;
  /** Nothing was done: the person has to confirm the deletions first. */
  readonly confirmDeletions?: { readonly deleted: number; readonly of: number };
  /** Milliseconds by which the device's clock is ahead. */
  readonly skewMs?: number;
  readonly clockIsWrong?: boolean;
};

/**
 * A record as it is now, or that it is gone. `table` may be one that this client does not know: it keeps such rows as they are (S14). Rows
 * of `POINTS_TABLE` are segments of series, their values `SegmentValues` (`shared/sync-core/points.ts`).
 */
export type PulledRow = {
  readonly table: string;
  readonly id: string;
  readonly version: number;
  readonly scope: Scope;
  /** Absent: deleted. Without `id`, `rev` and `stamps`. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly stamps?: Readonly<Record<string, string>>;
};

export type PullPage = {
  readonly epoch: string;
  readonly rows: readonly PulledRow[];
  /** Scopes that the device no longer has: it purges them, which is not a deletion (S9). */
  readonly forget: readonly Scope[];
  /** Records that moved to a scope that the device does not have. */
  readonly forgetRows: readonly { readonly table: string; readonly id: string }[];
  readonly cursor: string;
  /** There is another page right away. */
  readonly more: boolean;
  /** A first load or a fill under way: scopes done and to do, for the progress bar. */
  readonly filling?: { readonly done: number; readonly of: number };
  /** The device's last answered intent, as of this very page (S8). */
  readonly acknowledged: number;
};

export const pullSchema = z.strictObject({
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(SYNC_LIMITS.pageRows).optional(),
  /** All of this scope alone, whatever the device has (S12): a cursor then only says where its pages go on. */
  scope: z.string().min(1).max(300).optional(),
});

export const checksumsSchema = z.strictObject({ after: z.string().min(1).max(300).optional() });
/** Checksums of all scopes that the person has, a page of them. */
export type ChecksumsReply = {
  readonly head: number;
  readonly checksums: Readonly<Record<Scope, string>>;
  /** There are more, after this one. */
  readonly next?: Scope;
};

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a digest');
const at = z.coerce
  .number()
  .int()
  .min(0)
  .max(MAX_ATTACHMENT_BYTES)
  .refine((value) => value % PART_BYTES === 0, 'must be where a part begins');
export const wantedSchema = z.strictObject({ sha256: z.array(sha256).min(1).max(SYNC_LIMITS.attachments) });
export const attachmentSchema = z.strictObject({ sha256 });
export const readPartSchema = z.strictObject({ sha256, at });
/** The body is the part's bytes as they are: all parts but the last have the size of one. */
export const takePartSchema = z.strictObject({
  sha256,
  at,
  body: z
    .instanceof(Uint8Array)
    .refine((bytes) => bytes.length <= PART_BYTES, 'a part is too large')
    // of an empty file
    .optional(),
});
/** A file by its content (S16): its size by the record that names it, and how many of its bytes this device has sent. */
export type AttachmentState = { readonly size: number; readonly have: number; readonly complete: boolean };

const password = z.string().min(1).max(500);
export const signInSchema = z.strictObject({
  tenant: name,
  login: z.string().min(1).max(320),
  password,
  device: z.strictObject({ id, name: z.string().min(1).max(200) }),
  /** The approval code; needed once per device (S15). */
  code: z.string().max(40).optional(),
});
export const waysSchema = z.strictObject({ tenant: name });
/** How people of a tenant may sign in. */
export type SignInWays = { readonly password: boolean; readonly organisation: boolean };
/** A device begins to sign somebody in with their organisation's provider (S15). */
export const beginOrganisationSchema = z.strictObject({ tenant: name, deviceName: z.string().min(1).max(200) });
/** The ticket stays on the device; the page is for the system's browser, and shows the code at its end. */
export type BegunSignIn = { readonly ticket: string; readonly page: string; readonly expiresIn: number };
export const finishOrganisationSchema = z.strictObject({
  ticket: z.string().min(1).max(200),
  code: z.string().min(1).max(40),
  device: z.strictObject({ id, name: z.string().min(1).max(200) }),
});
export const refreshSchema = z.strictObject({ refreshToken: z.string().min(1).max(200) });
export type Tokens = {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds that the access token lives. */
  readonly expiresIn: number;
  readonly user: string;
  readonly device: string;
  /** The device's own block of human numbers. */
  readonly block: number;
  readonly epoch: string;
};
export const newPasswordSchema = z.strictObject({ old: password, new: z.string().min(12).max(500) });
export const deviceParamsSchema = z.strictObject({ device: id });

/** What the server says instead of an answer. */
export type SyncFailure = {
  readonly error: {
    readonly code:
      | 'unauthorized'
      /** To the holder of a device's own refresh token alone: it is to erase itself (S15). */
      | 'erase'
      | 'approval-needed'
      | 'forbidden'
      | 'not-found'
      | 'malformed'
      | 'too-large'
      | 'too-many'
      | 'too-old-client'
      | 'restored'
      | 'reset-required'
      | 'unavailable'
      | 'internal';
    readonly message: string;
    readonly retryAfterMs?: number;
    /** With `erase`: which device, and since when. */
    readonly erase?: { readonly device: string; readonly asked: string };
  };
};
export type SyncFailureCode = SyncFailure['error']['code'];
