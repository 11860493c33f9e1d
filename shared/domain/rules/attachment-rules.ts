import { harmlessName } from '../attachments/file-names.ts';
import { refusal } from './refusal.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';

/** An attachment's name harms no system, whoever writes it (REC-33). */
const namesAreHarmless = rule('REC-33', 'attachment', SAVED, {
  fields: ['name'],
  fill: (_context, { after }) => after && { name: harmlessName(after.name) },
});

/** An attachment is a file whose bytes have arrived: no form and no import makes one (REC-33, S16). */
const hasBytes = rule('REC-33', 'attachment', ['create'], {
  check: (_context, change) =>
    change.after?.sha256 === undefined
      ? refusal('REC-33', change, 'An attachment needs its file. Add the file on the page of the record that it belongs to.', {
          field: 'sha256',
        })
      : undefined,
});

export const attachmentRules: readonly AnyRule[] = [namesAreHarmless, hasBytes];
