import { isTableName, tableOf } from '../../model/dictionary.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';

/** What the answers of a survey can be. */
export const SURVEY_SCALES = { nps: [0, 10], csat: [1, 5], ces: [1, 7] } as const;

/** REC-45: a score lies on the scale of its survey. */
const scoreOnScale = rule('REC-45', 'surveyResponse', ['create', 'update'], {
  fields: ['kind', 'score'],
  check: ({ view }, change) => {
    const { after } = change;
    if (!after) return undefined;
    const [least, most] = SURVEY_SCALES[after.kind];
    if (after.score >= least && after.score <= most) return undefined;
    return refusal(
      'REC-45',
      change,
      `${sentence(nameOf('surveyResponse', after, view))}: a score of ${after.kind.toUpperCase()} is from ${least} to ${most}, not ${after.score}. Correct it.`,
      { field: 'score' },
    );
  },
});

/** REC-42: an outreach with a day of its answer is answered; one that is not answered has none. */
const answerFits = rule('REC-42', 'outreach', SAVED, {
  fields: ['result', 'respondedOn'],
  fill: ({ asOf }, { before, after }) => {
    if (!after) return undefined;
    const cleared = before?.respondedOn !== undefined && after.respondedOn === undefined;
    if (after.respondedOn !== undefined && after.result === 'waiting')
      // set back to "no answer yet", the day goes; given a day, the answer is there
      return before?.respondedOn === after.respondedOn ? { respondedOn: null } : { result: 'answered' };
    if (after.result === 'answered' && after.respondedOn === undefined) return cleared ? { result: 'waiting' } : { respondedOn: asOf };
    return undefined;
  },
});

/** REC-38: a record template fills in fields that its record type has and that people may write. */
const templateFits = rule('REC-38', 'recordTemplate', ['create', 'update'], {
  fields: ['intoTable', 'values'],
  check: ({ view }, change) => {
    const { after } = change;
    if (!after) return undefined;
    const name = sentence(nameOf('recordTemplate', after, view));
    if (!isTableName(after.intoTable))
      return refusal('REC-38', change, `${name}: there is no record type “${after.intoTable.slice(0, 60)}”. Choose one.`, {
        field: 'intoTable',
      });
    const { fields, label } = tableOf(after.intoTable);
    const values = typeof after.values === 'object' && after.values !== null ? Object.keys(after.values) : [];
    const odd = values.find((key) => !Object.hasOwn(fields, key) || fields[key]?.readOnly === true);
    if (odd === undefined && values.length > 0) return undefined;
    const why =
      odd === undefined ? 'fills in nothing yet' : `cannot fill in “${odd.slice(0, 60)}” of a record of type ${label.toLowerCase()}`;
    return refusal('REC-38', change, `${name} ${why}. Make it anew from a record of this type.`, { field: 'values' });
  },
});

/** REC-39: a response template is for a record type that exists, or for all. */
const responseFits = rule('REC-39', 'responseTemplate', ['create', 'update'], {
  fields: ['forTable'],
  check: ({ view }, change) =>
    change.after?.forTable === undefined || isTableName(change.after.forTable)
      ? undefined
      : refusal(
          'REC-39',
          change,
          `${sentence(nameOf('responseTemplate', change.after, view))}: there is no record type “${change.after.forTable.slice(0, 60)}”. Choose one, or leave it empty.`,
          { field: 'forTable' },
        ),
});

export const sayingRules: readonly AnyRule[] = [scoreOnScale, answerFits, templateFits, responseFits];
