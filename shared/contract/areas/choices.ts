import { z } from 'zod';
import { command, query } from '../define.ts';
import { idSchema, tableSchema } from './schemas.ts';

const listName = z.string().max(130);
const choice = z.strictObject({ value: z.string(), label: z.string(), active: z.boolean() });

/** Choice lists that an administrator extends (REC-35). */
export const choices = {
  /** Lists that differ from what was shipped, by name (`table.field`): what screens need to call every choice by its name. */
  'choices.changed': query(z.strictObject({}), z.strictObject({ lists: z.record(z.string(), z.array(choice)) })),
  /** One list with how many records have each choice. */
  'choices.list': query(
    z.strictObject({ list: listName }),
    z.strictObject({
      table: tableSchema,
      field: z.string(),
      choices: z.array(choice.extend({ shipped: z.boolean(), uses: z.number() })),
    }),
    ['not-found'],
  ),
  /** Saves a whole list in its new order; a choice without a value is added. One step for undo. */
  'choices.save': command(
    z.strictObject({
      list: listName,
      choices: z.array(z.strictObject({ value: z.string().max(60).optional(), label: z.string().max(200), active: z.boolean() })).max(500),
    }),
    z.strictObject({ changeSetId: idSchema }),
    ['rule', 'validation', 'not-found', 'permission'],
  ),
} as const;
