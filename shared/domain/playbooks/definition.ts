import { config, z } from 'zod';
import { isTableName, type TableName } from '../../model/dictionary.ts';
import type { Condition } from '../../model/condition.ts';
import { isPlainJson } from '../validate/plain-json.ts';
import type { Json } from '../../model/field.ts';
import { isCondition } from '../condition/condition-shape.ts';

// zod would probe `new Function`, which our content security policy reports
config({ jitless: true });

const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/, 'a short name of letters and digits');
const label = z.string().trim().min(1).max(200);
const words = z.string().max(4_000);
const field = z.string().min(1).max(64);
const condition = z.custom<Condition>(isCondition, 'not a condition');
const days = z.number().int().min(0).max(3_650);
const values = z.custom<Readonly<Record<string, Json>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && isPlainJson(value),
  'not values of fields',
);

/** Whom a mail of an activity goes to: the customer's people, or our own. */
const recipients = z.enum(['contact', 'primary', 'customerTeam', 'accountTeam', 'squad']);
const mailText = z.strictObject({ to: recipients, subject: label, body: words });
/** A task that an activity makes; its words in braces are filled in from the record. */
const task = z.strictObject({ subject: label, description: words.optional(), dueDays: days.optional(), values: values.optional() });

const common = {
  key,
  label,
  help: words.optional(),
  /** After all of the group before it; together with the activity before it; or after certain ones that stand before it. */
  start: z
    .union([z.literal('afterPrevious'), z.literal('withPrevious'), z.strictObject({ after: z.array(key).min(1).max(50) })])
    .default('afterPrevious'),
  /** It waits until the record fulfils this. */
  when: condition.optional(),
  /** It is left out as long as the record fulfils this. */
  leaveOutWhen: condition.optional(),
  /** It is left out unless a decision before it was taken so. */
  onlyIf: z.strictObject({ decision: key, is: z.array(key).min(1).max(20) }).optional(),
  /** Nothing waits for it, and it is skipped without a reason. */
  optional: z.boolean().default(false),
  /** It may be skipped, with a reason. */
  skippable: z.boolean().default(false),
  /** Whoever has this responsibility in one of the record's teams does it; absent: whoever the record is assigned to. */
  responsibility: label.optional(),
  /** Due so many days after it could begin. */
  dueDays: days.optional(),
};

const activity = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('form'),
    fields: z.array(field).min(1).max(60),
    mandatory: z.array(field).max(60).default([]),
  }),
  z.strictObject({ ...common, kind: z.literal('choose'), field, create: z.array(field).max(30).default([]) }),
  z.strictObject({ ...common, kind: z.literal('customerTeam') }),
  z.strictObject({ ...common, kind: z.literal('responsibilities'), mails: z.array(mailText).max(5).default([]) }),
  z.strictObject({ ...common, kind: z.literal('accountTeam'), mails: z.array(mailText).max(5).default([]) }),
  z.strictObject({ ...common, kind: z.literal('squad'), mails: z.array(mailText).max(5).default([]) }),
  z.strictObject({ ...common, kind: z.literal('comment') }),
  z.strictObject({ ...common, kind: z.literal('note') }),
  z.strictObject({ ...common, kind: z.literal('tasks'), suggested: z.array(task).max(30).default([]) }),
  z.strictObject({ ...common, kind: z.literal('taskGate'), suggested: z.array(task).max(30).default([]) }),
  z.strictObject({ ...common, kind: z.literal('meetingGate') }),
  z.strictObject({ ...common, kind: z.literal('mail'), mail: mailText, task: task.optional() }),
  z.strictObject({ ...common, kind: z.literal('view'), field }),
  z.strictObject({
    ...common,
    kind: z.literal('checklist'),
    items: z
      .array(z.strictObject({ key, label, optional: z.boolean().default(false) }))
      .min(1)
      .max(60),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('decision'),
    question: label,
    options: z.array(z.strictObject({ key, label })).min(2).max(20),
  }),
  z.strictObject({ ...common, kind: z.literal('task'), task }),
  z.strictObject({ ...common, kind: z.literal('dataImport'), task, intoTable: z.string().max(60) }),
  z.strictObject({ ...common, kind: z.literal('summary'), fields: z.array(field).max(60).default([]) }),
  z.strictObject({ ...common, kind: z.literal('close') }),
]);

const definitionSchema = z.strictObject({
  table: z.custom<TableName>((value) => typeof value === 'string' && isTableName(value), 'not a record type'),
  stages: z
    .array(z.strictObject({ key, label, activities: z.array(activity).max(200) }))
    .min(1)
    .max(40),
});

/** The steps of a playbook: stages with activities, all of it data (PLY-01). */
export type PlaybookDefinition = z.output<typeof definitionSchema>;
export type PlaybookStage = PlaybookDefinition['stages'][number];
export type PlaybookActivity = PlaybookStage['activities'][number];
export type ActivityKind = PlaybookActivity['kind'];
export type TaskTemplate = z.output<typeof task>;
export type MailTemplate = z.output<typeof mailText>;
/** As a person or a file writes it: what has a default may be left out. */
export type PlaybookSource = z.input<typeof definitionSchema>;

/** What reading a definition found: the definition, or what is wrong with its shape, in words. */
export type ReadDefinition = { readonly definition: PlaybookDefinition } | { readonly problem: string };

/** Reads a definition that was stored or brought in as a file; it says where its shape is wrong. */
export function readDefinition(source: unknown): ReadDefinition {
  const read = definitionSchema.safeParse(source);
  if (read.success) return { definition: read.data };
  const [issue] = read.error.issues;
  const at = issue?.path.map((part) => (typeof part === 'number' ? `no. ${part + 1}` : String(part))).join(', ') ?? '';
  return { problem: `${at === '' ? 'The steps' : `The steps at “${at}”`}: ${issue?.message ?? 'they cannot be read'}` };
}

/** All activities in their order. */
export function activitiesOf({ stages }: PlaybookDefinition): readonly PlaybookActivity[] {
  return stages.flatMap(({ activities }) => activities);
}
