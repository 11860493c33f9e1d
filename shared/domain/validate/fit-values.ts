import { AppError } from '../../errors/app-error.ts';
import type { ValidatePatch, ValidateValues } from '../rules/rule.ts';
import type { TableName } from '../../model/dictionary.ts';
import { cleanText } from './field-values.ts';
import { planOf } from './field-plan.ts';
import { LIMITS } from './limits.ts';
import { named, quoted, titleIn, wrong } from './wrong.ts';

/**
 * Values made fit to be stored, field by field: empty ones left out, no defaults, no look at other records (that references
 * exist and mandatory fields are there is checked when the command ends). Throws AppError `validation` naming the field.
 */
export const validateValues: ValidateValues = (table, values, by) => {
  const fit: Record<string, unknown> = {};
  for (const [key, value] of fitted(table, values, by)) if (value !== undefined) fit[key] = value;
  return fit;
};

/** As {@link validateValues} for a change: an emptied field is there as undefined, text for a journal stays text to be appended, blank text is left out. */
export const validatePatch: ValidatePatch = (table, values, by) => Object.fromEntries(fitted(table, values, by));

function* fitted(
  table: TableName,
  values: Readonly<Record<string, unknown>>,
  by: 'person' | 'system',
): Iterable<readonly [string, unknown]> {
  const plan = planOf(table);
  const record = titleIn(table, values);
  for (const key of Object.keys(values)) {
    const planned = plan.get(key);
    if (!planned)
      throw new AppError('validation', `${named(table, record)}: there is no field ${quoted(key)}.`, { table, field: key.slice(0, 100) });
    const given = values[key];
    if (given === undefined) continue;
    const place = { table, field: key, record };
    if (planned.field.readOnly === true && by === 'person') throw wrong(place, 'is filled in by Satchel and cannot be written.');
    if (planned.field.kind === 'journal' && by === 'person') {
      const text = entryText(given, place);
      // nothing said is nothing to append; undefined would empty the journal
      if (text !== '') yield [key, text];
    } else yield [key, given === null ? undefined : planned.read(given, { view: undefined, place })];
  }
}

function entryText(given: unknown, place: Parameters<typeof wrong>[0]): string {
  if (typeof given !== 'string') throw wrong(place, 'only takes the text of a new entry; old entries stay.');
  const text = cleanText(given).trim();
  if (text.length > LIMITS.journalText) throw wrong(place, `takes at most ${LIMITS.journalText} characters in one entry. Split it.`);
  return text;
}
