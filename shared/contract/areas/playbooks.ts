import { z } from 'zod';
import type { PlaybookActivity, PlaybookDefinition } from '../../domain/playbooks/definition.ts';
import type { ActivityState, StageState } from '../../domain/playbooks/progress.ts';
import { PUBLICATION } from '../../model/mixins.ts';
import { EVENT_KINDS, RUN_STATES } from '../../model/tables/playbook.ts';
import { command, query } from '../define.ts';
import { refSchema } from './records.ts';
import { dateSchema, idSchema, rowSchema, tableSchema, valuesSchema } from './schemas.ts';

const key = z.string().min(1).max(60);
const reason = z.string().max(2_000);
// plain data that the definition's own validator has read
const activity = z.custom<PlaybookActivity>((value) => typeof value === 'object' && value !== null);
const definition = z.custom<PlaybookDefinition>((value) => typeof value === 'object' && value !== null);
const publication = z.enum(Object.keys(PUBLICATION) as (keyof typeof PUBLICATION)[]); // Object.keys loses the literal type
const activityState = z.custom<ActivityState>((value) => typeof value === 'string');
const stageState = z.custom<StageState>((value) => typeof value === 'string');
const runStates = Object.keys(RUN_STATES) as (keyof typeof RUN_STATES)[]; // Object.keys loses the literal type
const eventKinds = Object.keys(EVENT_KINDS) as (keyof typeof EVENT_KINDS)[]; // as above

const refusals = ['rule', 'validation', 'not-found', 'permission', 'conflict'] as const;
const done = z.strictObject({ changeSetId: idSchema, run: idSchema });
const step = z.strictObject({ run: idSchema, activity: key });

const playedActivity = z.strictObject({
  activity,
  stage: z.string(),
  state: activityState,
  waitsFor: z.array(z.string()),
  /** Open records that a gate waits for. */
  open: z.array(refSchema),
  /** Its start condition in words, where that holds it. */
  holding: z.string().optional(),
  input: valuesSchema,
  by: z.string().optional(),
  at: z.string().optional(),
  reason: z.string().optional(),
  assignee: z.string().optional(),
  dueOn: dateSchema.optional(),
  /** The record that was made for it, or that it is about. */
  record: refSchema.optional(),
  mayReopen: z.boolean(),
  /** Mails: as it would go out, and to whom. */
  mail: z.strictObject({ subject: z.string(), body: z.string(), to: z.array(refSchema) }).optional(),
});

const playedStage = z.strictObject({ key: z.string(), label: z.string(), state: stageState, settled: z.number(), of: z.number() });

/** A step of a try-out: an activity is completed with made-up input, or something about the scratch record changes. */
const trial = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('complete'), activity: key, option: key.optional() }),
  z.strictObject({ do: z.enum(['skip', 'reopen']), activity: key }),
  z.strictObject({ do: z.literal('set'), patch: valuesSchema }),
  z.strictObject({ do: z.enum(['addTask', 'addMeeting', 'endOpen']) }),
]);

/** Playbooks at work (PLY-01, PLY-07, PLY-08). */
export const playbooks = {
  /** The playbooks of a record: runs, open ones first, one of them in full, and what could be started. */
  'playbooks.player': query(
    z.strictObject({ table: tableSchema, id: idSchema, run: idSchema.optional() }),
    z.strictObject({
      runs: z.array(
        z.strictObject({ id: idSchema, name: z.string(), number: z.string().optional(), state: z.enum(runStates), startedAt: z.string() }),
      ),
      offers: z.array(z.strictObject({ id: idSchema, name: z.string() })),
      current: z
        .strictObject({
          id: idSchema,
          name: z.string(),
          version: z.number(),
          state: z.enum(runStates),
          closeNotes: z.string().optional(),
          stages: z.array(playedStage),
          activities: z.array(playedActivity),
          log: z.array(
            z.strictObject({
              id: idSchema,
              kind: z.enum(eventKinds),
              at: z.string(),
              by: z.string(),
              activity: z.string().optional(),
              /** What the activity is called, in whichever version has it. */
              label: z.string().optional(),
              text: z.string().optional(),
              /** It changed nothing: someone else was quicker, or this version does not have the activity. */
              moot: z.enum(['late', 'gone']).optional(),
            }),
          ),
          /** Another run of the same playbook under way on the same record: two people began it apart from each other. */
          twin: z.strictObject({ id: idSchema, by: z.string(), startedAt: z.string(), settled: z.number() }).optional(),
          /** Newer published version that the run could move to. */
          newer: z.strictObject({ id: idSchema, version: z.number() }).optional(),
        })
        .optional(),
      refs: z.record(z.string(), refSchema),
    }),
    ['not-found'],
  ),
  /** Open activities of the person who asks, over all runs, by due date. */
  'playbooks.mine': query(
    z.strictObject({ limit: z.number().int().min(1).max(2_000).optional() }),
    z.strictObject({
      total: z.number(),
      overdue: z.number(),
      activities: z.array(
        z.strictObject({
          run: idSchema,
          playbook: z.string(),
          record: refSchema,
          activity: key,
          label: z.string(),
          kind: z.string(),
          stage: z.string(),
          state: activityState,
          dueOn: dateSchema.optional(),
          /** It can be completed together with others. */
          bulk: z.boolean(),
        }),
      ),
    }),
  ),
  /** What would become of a run under another published version of its playbook. */
  'playbooks.migration': query(
    z.strictObject({ run: idSchema, version: idSchema }),
    z.strictObject({
      /** Activities that would be over with. */
      done: z.number(),
      /** Activities that are over with and that the other version does not have. */
      lost: z.number(),
      changes: z.array(
        z.strictObject({ key: z.string(), label: z.string(), before: activityState.optional(), after: activityState.optional() }),
      ),
    }),
    ['not-found', 'validation'],
  ),
  'playbooks.migrate': command(z.strictObject({ run: idSchema, version: idSchema }), done, refusals),
  /** A playbook as it is designed (PLY-10): its versions, and the steps of one. */
  'playbooks.design': query(
    z.strictObject({ playbook: idSchema, version: idSchema.optional() }),
    z.strictObject({
      name: z.string(),
      forTable: tableSchema,
      state: publication,
      versions: z.array(z.strictObject({ id: idSchema, version: z.number(), state: publication, runs: z.number() })),
      shown: z.strictObject({ id: idSchema, rev: z.number(), state: publication, definition }).optional(),
      responsibilities: z.array(z.string()),
    }),
    ['not-found', 'validation'],
  ),
  /** Walks steps on a scratch record, with rules, conditions, gates and effects; nothing is kept. */
  'playbooks.tryOut': query(
    z.strictObject({ definition: z.unknown(), steps: z.array(trial).max(400) }),
    z.strictObject({
      activities: z.array(playedActivity),
      stages: z.array(playedStage),
      isOver: z.boolean(),
      row: rowSchema,
      refs: z.record(z.string(), refSchema),
      /** Fields of the record that conditions look at. */
      fields: z.array(z.string()),
      /** What it has made, with what state that is in. */
      made: z.array(z.strictObject({ record: refSchema, state: z.string() })),
      /** Why the last step was not taken. */
      refused: z.string().optional(),
    }),
    [...refusals, 'cancelled'],
  ),
  /** Begins a draft: the next version of a playbook, or a new playbook, also from steps that were exported. */
  'playbooks.draft': command(
    z.strictObject({
      playbook: idSchema.optional(),
      name: z.string().trim().min(1).max(200).optional(),
      forTable: tableSchema.optional(),
      definition: z.unknown().optional(),
    }),
    z.strictObject({ changeSetId: idSchema, playbook: idSchema, version: idSchema }),
    refusals,
  ),
  'playbooks.saveDraft': command(
    z.strictObject({ version: idSchema, definition: z.unknown(), baseRev: z.number().int().optional() }),
    z.strictObject({ changeSetId: idSchema }),
    refusals,
  ),
  'playbooks.publish': command(z.strictObject({ version: idSchema }), z.strictObject({ changeSetId: idSchema }), refusals),
  'playbooks.start': command(z.strictObject({ playbook: idSchema, table: tableSchema, id: idSchema }), done, refusals),
  /** Someone looks at an activity: what it begins with is made. */
  'playbooks.open': command(step, done, refusals),
  'playbooks.keep': command(step.extend({ input: valuesSchema }), done, refusals),
  'playbooks.complete': command(step.extend({ input: valuesSchema }), done, refusals),
  'playbooks.skip': command(step.extend({ reason }), done, refusals),
  'playbooks.reopen': command(step.extend({ reason }), done, refusals),
  'playbooks.reassign': command(step.extend({ to: idSchema }), done, refusals),
  /** Cancels a run with everything pending in it; its record stays as it is. */
  'playbooks.cancel': command(z.strictObject({ run: idSchema, notes: z.string().trim().min(1).max(4_000) }), done, refusals),
  /** Completes many activities as one step; those that cannot be are named and left. */
  'playbooks.completeMany': command(
    z.strictObject({ items: z.array(step).min(1).max(500), closeNotes: z.string().max(2_000).optional() }),
    z.strictObject({
      changeSetId: idSchema,
      completed: z.number(),
      refused: z.array(z.strictObject({ run: idSchema, activity: key, message: z.string() })),
    }),
    refusals,
  ),
} as const;
