import { cleanText } from '#shared/domain/validate/field-values.ts';
import { LIMITS } from '#shared/domain/validate/limits.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import type { JournalEntry } from '#shared/model/field.ts';
import type { JournalPatch } from '#shared/sync-core/merge-field.ts';
import { z } from 'zod';

const entry = z.strictObject({ at: z.iso.datetime(), by: z.string().min(1).max(100), text: z.string().min(1).max(LIMITS.journalText) });
const patch = z.strictObject({ add: z.array(entry).max(100).optional(), remove: z.array(entry).max(100).optional() });

/**
 * Reads what an intent does to a journal. Everyone writes, and takes back, under their own name only; an entry's time is at most that
 * of the intent. Throws AppError `validation`.
 */
export function readJournalPatch(table: TableName, field: string, given: unknown, author: string, latest: string): JournalPatch {
  const read = patch.safeParse(given);
  const label = tableOf(table).fields[field]?.label ?? field;
  if (!read.success) throw new AppError('validation', `${label} only takes new entries.`, { table, field });
  const { add = [], remove = [] } = read.data;
  if ([...add, ...remove].some(({ by }) => by !== author))
    throw new AppError('permission', `${label}: entries are written under one's own name.`, { table, field });
  const fit = (one: JournalEntry): JournalEntry => ({
    at: one.at > latest ? latest : one.at,
    by: one.by,
    text: cleanText(one.text).trim(),
  });
  return { add: add.map(fit).filter(({ text }) => text !== ''), remove };
}
