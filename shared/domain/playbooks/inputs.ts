import { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import type { ActivityKind, PlaybookActivity } from './definition.ts';
import type { Inputs } from './events.ts';

const id = z.string().min(1).max(64);
const text = z.string().max(20_000);
const line = z.string().trim().min(1).max(500);
const values = z.record(z.string().max(64), z.unknown());
const nothing = z.object({});

/** A person of the customer's: one who is known, or a new one. */
const person = z.union([z.strictObject({ contact: id }), z.strictObject({ name: line, email: z.string().trim().min(3).max(320) })]);
const member = z.strictObject({ user: id, responsibility: id.optional() });
const newTask = z.strictObject({
  subject: line,
  description: text.optional(),
  assignedTo: id.optional(),
  dueDate: z.string().max(10).optional(),
});
const ending = z.object({ closureCode: z.string().max(60).optional(), closeNotes: text.optional() });

/** What completing an activity of each kind takes. */
export const INPUTS = {
  form: z.object({ values: values.default({}) }),
  choose: z.object({ id: id.optional(), create: values.optional() }),
  customerTeam: z.object({ add: z.array(person).max(200).default([]) }),
  responsibilities: z.object({
    set: z
      .array(z.strictObject({ contact: id, responsibility: id, primary: z.boolean().optional() }))
      .max(200)
      .default([]),
  }),
  accountTeam: z.object({ add: z.array(member).max(200).default([]) }),
  squad: z.object({ add: z.array(member).max(200).default([]) }),
  comment: z.object({ text: text.default('') }),
  note: z.object({ text: text.default('') }),
  tasks: z.object({ tasks: z.array(newTask).max(100).default([]) }),
  taskGate: nothing,
  meetingGate: nothing,
  mail: z.object({ send: z.boolean().default(true), subject: z.string().max(500).optional(), body: text.optional() }),
  view: nothing,
  checklist: z.object({ checked: z.array(z.string().max(60)).max(60).default([]) }),
  decision: z.object({ option: z.string().max(60).optional() }),
  task: ending,
  dataImport: ending,
  summary: nothing,
  close: z.object({ closureCode: z.string().max(60).default(''), closeNotes: text.default('') }),
} as const satisfies Readonly<Record<ActivityKind, z.ZodType>>;

export type InputOf<K extends ActivityKind> = z.output<(typeof INPUTS)[K]>;

/** Kinds that many activities can be completed of at once: what they take is nothing, or can be said of all of them. */
export const BULK_KINDS: ReadonlySet<ActivityKind> = new Set(['taskGate', 'meetingGate', 'view', 'summary', 'task', 'dataImport']);

/** Reads what was filled in for an activity. Throws AppError `validation` that names the activity. */
export function readInput<K extends ActivityKind>(
  kind: K,
  { label, key }: Pick<PlaybookActivity, 'label' | 'key'>,
  input: Inputs,
): InputOf<K> {
  const read = INPUTS[kind].safeParse(input);
  if (read.success) return read.data as InputOf<K>; // by the schema of this very kind
  const [issue] = read.error.issues;
  const at = issue?.path.join(' ') ?? '';
  throw new AppError('validation', `“${label}” cannot take what was filled in${at === '' ? '' : ` (${at})`}. Fill it in again.`, {
    field: key,
  });
}
