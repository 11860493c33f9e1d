import { z } from 'zod';
import type { ErrorCode, ErrorShape } from '../errors/app-error.ts';
import type {
  Answer,
  AttachmentState,
  BegunSignIn,
  ChecksumsReply,
  PulledRow,
  PullPage,
  PushReply,
  SignInWays,
  SyncFailure,
  Tokens,
} from './sync-contract.ts';

/*
 * What a device reads of the central store's answers. The server is not trusted: what does not fit is refused as a whole. It may be newer
 * than this client, so keys that nobody here knows are left out of the answers' own objects, and kept in the records' values (S14).
 */

const id = z.string().min(1).max(100);
const name = z.string().min(1).max(100);
const scope = z.string().min(1).max(300);
const text = z.string().max(4_000);
const count = z.int().min(0);

const fault: z.ZodType<ErrorShape> = z.object({
  // a newer server may know more codes; an unknown one means nothing here, and its message says what it is
  code: z.custom<ErrorCode>((value) => typeof value === 'string' && /^[a-z-]{1,40}$/.test(value)),
  message: text,
  details: z.object({
    rule: z.string().max(100).exactOptional(),
    table: name.exactOptional(),
    recordId: id.exactOptional(),
    field: z.string().max(100).exactOptional(),
    file: z.string().max(500).exactOptional(),
    line: count.exactOptional(),
    column: z.string().max(200).exactOptional(),
    blocking: z
      .array(z.object({ table: name, id, label: text }))
      .max(10_000)
      .exactOptional(),
    wayOut: text.exactOptional(),
    retryAfterMs: count.exactOptional(),
  }),
  retryable: z.boolean(),
});

const answer: z.ZodType<Answer> = z.object({
  seq: z.int().min(1),
  id,
  outcome: z.enum(['applied', 'merged', 'conflict', 'refused', 'superseded']),
  merged: z.array(z.string().max(400)).exactOptional(),
  conflicts: z.array(id).exactOptional(),
  error: fault.exactOptional(),
  numbers: z.record(z.string().max(200), z.string().max(30)).exactOptional(),
});

/** The server's word on a push (S3). */
export const pushReplySchema: z.ZodType<PushReply> = z.object({
  epoch: id,
  answers: z.array(answer).max(10_000),
  acknowledged: count,
  gap: z.int().min(1).exactOptional(),
  confirmDeletions: z.object({ deleted: count, of: count }).exactOptional(),
  skewMs: z.number().exactOptional(),
  clockIsWrong: z.boolean().exactOptional(),
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length > 0 && value.length <= most;
const hasTexts = (value: unknown): boolean => isObject(value) && Object.values(value).every((each) => isText(each, 200));

/** By hand: a first load brings a hundred thousand of them, and what their values hold is for the dictionary to judge. */
const row = z.custom<PulledRow>(
  (value) =>
    isObject(value) &&
    isText(value['table'], 100) &&
    isText(value['id'], 100) &&
    isText(value['scope'], 300) &&
    Number.isSafeInteger(value['version']) &&
    (value['values'] === undefined || (isObject(value['values']) && !Object.hasOwn(value['values'], '__proto__'))) &&
    (value['stamps'] === undefined || hasTexts(value['stamps'])),
  'is no record',
);

/** A page of a pull (S8). */
export const pullPageSchema: z.ZodType<PullPage> = z.object({
  epoch: id,
  rows: z.array(row),
  forget: z.array(scope),
  forgetRows: z.array(z.object({ table: name, id })),
  cursor: z.string().min(1).max(1_000),
  more: z.boolean(),
  filling: z.object({ done: count, of: count }).exactOptional(),
  acknowledged: count,
});

export const checksumsReplySchema: z.ZodType<ChecksumsReply> = z.object({
  head: count,
  checksums: z.record(scope, z.string().max(100)),
  next: scope.exactOptional(),
});

const tokens = z.object({
  accessToken: z.string().min(1).max(300),
  refreshToken: z.string().min(1).max(300),
  expiresIn: count,
  user: id,
  device: id,
  block: count,
  epoch: id,
});

export const tokensSchema: z.ZodType<Tokens> = tokens;
/** Who has signed in with their organisation did not type a login. */
export const organisationTokensSchema: z.ZodType<Tokens & { readonly login: string }> = tokens.extend({
  login: z.string().min(1).max(320),
});
export const waysReplySchema: z.ZodType<SignInWays> = z.object({ password: z.boolean(), organisation: z.boolean() });
export const begunSchema: z.ZodType<BegunSignIn> = z.object({
  ticket: z.string().min(1).max(300),
  page: z.url().max(1_000),
  expiresIn: count,
});

/** What a server says of itself to anyone. */
export const aboutSchema = z.object({
  schema: z.int().min(1),
  oldestSchema: z.int().min(1),
  signIn: z.array(z.string().max(40)).max(10),
});
export type About = z.infer<typeof aboutSchema>;

export const deviceLinesSchema = z.object({
  devices: z
    .array(
      z.object({
        id,
        name: z.string().max(200),
        created: z.string().max(40),
        seen: z.string().max(40),
        revoked: z.boolean(),
        /** An older server says nothing of it. */
        eraseAsked: z.string().max(40).exactOptional(),
        erased: z.string().max(40).exactOptional(),
        acknowledged: count,
        skewMs: z.number(),
      }),
    )
    .max(10_000),
});
/** A device of the person's, as the server knows it. */
export type DeviceLine = z.infer<typeof deviceLinesSchema>['devices'][number];

export const wantedReplySchema = z.object({ wanted: z.array(z.string().regex(/^[0-9a-f]{64}$/)) });
export const attachmentStateSchema: z.ZodType<AttachmentState> = z.object({ size: count, have: count, complete: z.boolean() });

export const meSchema = z.object({ user: id, device: id, roles: z.array(name).max(100) });
export const codeSchema = z.object({ code: z.string().min(1).max(40) });
export const newsSchema = z.object({ head: count });
export const nothingSchema = z.object({});

/** A refusal of the whole request; codes that nobody here knows come through as they are. */
export const failureSchema = z.object({
  error: z.object({
    code: z.string().max(40),
    message: text,
    retryAfterMs: count.exactOptional(),
    erase: z.object({ device: id, asked: z.iso.datetime() }).exactOptional(),
  }),
}) satisfies z.ZodType<{ readonly error: Omit<SyncFailure['error'], 'code'> }>;
