import { config, z } from 'zod';
import { isTableName, type AnyRow, type TableName } from '../../model/dictionary.ts';
import type { Condition } from '../../model/condition.ts';
import { OPERATORS } from '../../model/condition.ts';

// zod would probe `new Function`, which our content security policy reports
config({ jitless: true });

export const idSchema = z.string().min(1).max(64);
export const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');
export const tableSchema = z.custom<TableName>((value) => typeof value === 'string' && isTableName(value), 'not a record type');
export const valuesSchema = z.record(z.string().max(64), z.unknown());
/** A row as the engine holds it; the dictionary's validators have checked it when it was written. */
export const rowSchema = z.custom<AnyRow>((value) => typeof value === 'object' && value !== null);

const conditionValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.array(z.number()),
  z.strictObject({ daysFromToday: z.number().int() }),
]);
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).max(100) }),
    z.strictObject({ any: z.array(conditionSchema).max(100) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ field: z.string().max(200), op: z.enum(OPERATORS), value: conditionValue.optional() }),
  ]),
) as z.ZodType<Condition>; // exact optional properties: zod says `value?: X | undefined`

export const sortSchema = z.array(z.strictObject({ field: z.string().max(200), direction: z.enum(['up', 'down']) })).max(5);
export const windowSchema = z.strictObject({ offset: z.number().int().min(0), limit: z.number().int().min(1).max(1000) });
export const changeDone = z.strictObject({ changeSetId: idSchema, id: idSchema, number: z.string().optional() });
