import { z } from 'zod';
import { command, query } from '../define.ts';
import { idSchema } from './schemas.ts';

const instant = z.string().max(40);
const recordSchema = z.strictObject({ table: z.string(), id: z.string(), title: z.string() });
/** A deed that the central store has not taken in: what was done, when, and the first records that it touched. */
const deedSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  at: instant,
  records: z.array(recordSchema),
  /** All records that it touched, those not listed included. */
  recordCount: z.number(),
});
const idsSchema = z.array(z.string().min(1).max(120)).min(1).max(1_000);
/** An address as a person types it (`shared/util/server-address.ts`): `satchel.example.com` will do. */
const serverSchema = z.string().min(1).max(300);

/**
 * - `local`: no central store; `signed-out`: the session is over, work goes on; `first-load`: usable, records still arrive
 * - `idle`, `working`: in touch; `offline`: not reached, tried again; `paused`: the person or the server asked to wait
 * - `asks`: so much would be deleted that the person has to agree; `too-old`: Satchel has to be updated first
 */
export const SYNC_STATES = ['local', 'signed-out', 'first-load', 'idle', 'working', 'offline', 'paused', 'asks', 'too-old'] as const;

/** The device's side of sync (spec/sync.md). None of these waits for the network but signing in and out, how to sign in, and the list of devices. */
export const sync = {
  'sync.status': query(
    z.strictObject({}),
    z.strictObject({
      state: z.enum(SYNC_STATES),
      connection: z
        .strictObject({
          server: z.string(),
          tenant: z.string(),
          login: z.string(),
          user: z.string(),
          device: z.string(),
          deviceName: z.string(),
        })
        .optional(),
      /** Changes sent, or scopes loaded; without `of` nobody knows how many there will be. */
      progress: z
        .strictObject({ what: z.enum(['sending', 'fetching', 'loading']), done: z.number(), of: z.number().optional() })
        .optional(),
      /** When everything had been sent and fetched last. */
      lastSync: instant.optional(),
      /** As of when the server's records are here. */
      dataAsOf: instant.optional(),
      pending: z.number(),
      conflicts: z.number(),
      refused: z.number(),
      /** The clock of this computer is so far ahead (negative: behind); only where it matters (S2). */
      clockAheadMs: z.number().optional(),
      /** The person has to agree to these deletions (S12); `here`: records that others deleted, `server`: those that this device would. */
      deletions: z.strictObject({ where: z.enum(['here', 'server']), deleted: z.number(), of: z.number() }).optional(),
      problem: z
        .strictObject({ code: z.string(), message: z.string(), wayOut: z.string(), since: instant, nextTryAt: instant.optional() })
        .optional(),
    }),
  ),
  /** Signs in to a central store; the first time on a device an approval code is needed. */
  'sync.signIn': command(
    z.strictObject({
      server: serverSchema,
      tenant: z.string().min(1).max(100),
      login: z.string().min(1).max(320),
      password: z.string().min(1).max(500),
      deviceName: z.string().min(1).max(200),
      code: z.string().max(40).optional(),
    }),
    z.strictObject({ outcome: z.enum(['signed-in', 'approval-needed']) }),
    ['validation', 'conflict', 'permission', 'not-found', 'limit', 'network', 'unavailable', 'unauthorized', 'too-old-client'],
  ),
  /** How people of an organisation may sign in there. Not reached, nobody knows: a password can always be tried. */
  'sync.ways': query(
    z.strictObject({ server: serverSchema, tenant: z.string().min(1).max(100) }),
    z.strictObject({ reached: z.boolean(), password: z.boolean(), organisation: z.boolean() }),
  ),
  /** Begins to sign in with the organisation's own sign-in: the page is to be opened in the system's browser, and shows a code at its end. */
  'sync.beginSignIn': command(
    z.strictObject({ server: serverSchema, tenant: z.string().min(1).max(100), deviceName: z.string().min(1).max(200) }),
    z.strictObject({ page: z.url().max(1_000), expiresIn: z.number() }),
    ['validation', 'conflict', 'permission', 'not-found', 'limit', 'network', 'unavailable', 'too-old-client'],
  ),
  /** Signs in by that code. `code-needed`: it is not right, or nobody has signed in on the page yet; the message says which. */
  'sync.finishSignIn': command(
    z.strictObject({ code: z.string().min(1).max(40) }),
    z.strictObject({ outcome: z.enum(['signed-in', 'code-needed']), message: z.string().optional() }),
    ['validation', 'conflict', 'permission', 'not-found', 'limit', 'network', 'unavailable', 'unauthorized', 'too-old-client'],
  ),
  /** Ends the session; records and what was not sent stay here. */
  'sync.signOut': command(z.strictObject({}), z.strictObject({}), ['conflict']),
  'sync.now': command(z.strictObject({}), z.strictObject({})),
  'sync.confirmDeletions': command(z.strictObject({ agree: z.boolean() }), z.strictObject({})),
  /** What was not sent yet, oldest first. */
  'sync.pending': query(z.strictObject({}), z.strictObject({ total: z.number(), deeds: z.array(deedSchema) })),
  /** What the central store did not take in, newest first, with the person's own text (S5). */
  'sync.refused': query(
    z.strictObject({}),
    z.strictObject({
      total: z.number(),
      deeds: z.array(
        deedSchema.extend({
          reason: z.strictObject({
            message: z.string(),
            rule: z.string().optional(),
            field: z.string().optional(),
            wayOut: z.string().optional(),
          }),
          fields: z.array(
            z.strictObject({
              table: z.string(),
              id: z.string(),
              field: z.string(),
              label: z.string(),
              text: z.string(),
              /** What was written, as a record holds it, for a form; absent: the field was emptied. */
              value: z.unknown().optional(),
            }),
          ),
        }),
      ),
    }),
  ),
  /** Does refused changes again, as one change that can be undone; what a rule here refuses as well stays where it is. */
  'sync.retry': command(z.strictObject({ ids: idsSchema }), z.strictObject({ done: z.number() }), [
    'rule',
    'validation',
    'not-found',
    'conflict',
  ]),
  /** Creates the record of a refused creation, put right, under the ID that it had; it is no longer among the refused then. */
  'sync.createRefused': command(
    z.strictObject({ id: z.string().min(1).max(120), values: z.record(z.string().max(100), z.unknown()) }),
    z.strictObject({ changeSetId: z.string(), id: z.string() }),
    ['rule', 'validation', 'not-found', 'conflict', 'permission'],
  ),
  'sync.discard': command(z.strictObject({ ids: idsSchema }), z.strictObject({ done: z.number() }), ['conflict']),
  /** Open conflicts, a line for each field (S4, S5). */
  'sync.conflicts': query(
    z.strictObject({}),
    z.strictObject({
      total: z.number(),
      lines: z.array(
        z.strictObject({
          /** Of this line: `<conflict>/<field>`, or the conflict's where the whole record is meant. */
          id: z.string(),
          conflict: z.string(),
          table: z.string(),
          recordId: z.string(),
          title: z.string(),
          field: z.string().optional(),
          label: z.string(),
          base: z.string(),
          mine: z.string(),
          theirs: z.string(),
          /** The three as a record holds them, for a form and for figures and dates in the person's own way; absent where empty. */
          values: z.strictObject({ base: z.unknown().optional(), mine: z.unknown().optional(), theirs: z.unknown().optional() }).optional(),
          /** Who sent what did not come in, and when. */
          by: z.string(),
          author: z.string().optional(),
          at: instant,
          kind: z.enum(['field', 'deleted']),
        }),
      ),
    }),
  ),
  /** Decides lines of conflicts as one change that can be undone; works offline. `value` is for one line alone. */
  'sync.resolve': command(
    z.strictObject({ ids: idsSchema, choice: z.enum(['mine', 'theirs', 'value']), value: z.unknown().optional() }),
    z.strictObject({ changeSetId: idSchema, done: z.number() }),
    ['rule', 'validation', 'not-found', 'conflict'],
  ),
  /** The person's devices, as the central store knows them; empty while nobody is signed in or it is not reached. */
  'sync.devices': query(
    z.strictObject({}),
    z.strictObject({
      reached: z.boolean(),
      devices: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          lastSeen: instant,
          current: z.boolean(),
          revoked: z.boolean(),
          /** Since when it is to erase itself, and when it said that it has (S15). */
          eraseAsked: instant.optional(),
          erased: instant.optional(),
        }),
      ),
    }),
  ),
  /** A code by which the person connects one more device. */
  'sync.deviceCode': command(z.strictObject({}), z.strictObject({ code: z.string() }), [
    'conflict',
    'network',
    'unavailable',
    'unauthorized',
  ]),
  'sync.revokeDevice': command(z.strictObject({ device: z.string().min(1).max(100) }), z.strictObject({}), [
    'not-found',
    'conflict',
    'network',
    'unavailable',
    'unauthorized',
  ]),
  /** Signs a device off and has it erase all that it keeps, unsent work included, when it is in touch next (S15). */
  'sync.eraseDevice': command(z.strictObject({ device: z.string().min(1).max(100) }), z.strictObject({}), [
    'not-found',
    'conflict',
    'network',
    'unavailable',
    'unauthorized',
  ]),
  /** On whose behalf this very device was erased, until the person has read it. */
  'sync.erased': query(
    z.strictObject({}),
    z.strictObject({
      erased: z
        .strictObject({
          server: z.string(),
          tenant: z.string(),
          login: z.string(),
          asked: instant,
          /** What pages keep by themselves has gone as well. */
          isPageErased: z.boolean(),
        })
        .optional(),
    }),
  ),
  /** A page says that what it kept by itself (drafts, its layout) has gone. */
  'sync.pageErased': command(z.strictObject({}), z.strictObject({})),
  /** The person has read that this device was erased. */
  'sync.readErased': command(z.strictObject({}), z.strictObject({})),
} as const;
