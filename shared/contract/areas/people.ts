import { z } from 'zod';
import { recordActions } from '../../model/access.ts';
import { roleNames } from '../../model/roles.ts';
import { command, query } from '../define.ts';
import { idSchema, tableSchema } from './schemas.ts';

const personSchema = z.strictObject({ id: idSchema, name: z.string() });
const actionSchema = z.enum(recordActions as [string, ...string[]]);

export const people = {
  /** Who asks, and what they may do: for showing only what can be done. The engine checks every call all the same. */
  'people.me': query(
    z.strictObject({}),
    z.strictObject({
      user: personSchema.optional(),
      /** Nobody has a role yet: everyone may do everything. */
      open: z.boolean(),
      roles: z.array(z.enum(roleNames as [string, ...string[]])),
      customer: z.boolean(),
      /** The person whose view is being tried out. */
      seeingAs: personSchema.optional(),
      maySeeAs: z.boolean(),
      settings: z.boolean(),
      people: z.boolean(),
      /** What may be done with records, by record type. */
      tables: z.record(z.string(), z.array(actionSchema)),
    }),
  ),
  /** What may be done with one record; of what may not, why not and whom to ask. */
  'people.allowed': query(
    z.strictObject({ table: tableSchema, id: idSchema }),
    z.strictObject({ actions: z.array(z.strictObject({ action: actionSchema, allowed: z.boolean(), reason: z.string().optional() })) }),
    ['not-found'],
  ),
  /** Shows everything as another person sees it; null ends it. */
  'people.seeAs': command(z.strictObject({ user: idSchema.nullable() }), z.strictObject({}), ['not-found', 'validation']),
} as const;
