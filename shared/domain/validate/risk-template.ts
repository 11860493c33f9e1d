import { dictionary } from '../../model/dictionary.ts';
import { isPlainObject } from './plain-json.ts';

const CHOICES = ['priority', 'probability', 'scope', 'riskOrIssue'] as const;
/** Half of what the field of a signal holds: values are put into the text. */
const MOST_SHORT = 250;
const KEYS: ReadonlySet<string> = new Set(['shortDescription', 'description', 'dueInDays', 'reportedBy', ...CHOICES]);
const PLACEHOLDERS: ReadonlySet<string> = new Set(['value', 'threshold', 'source', 'engagement']);

/** What is wrong with the template of a risk definition, as a sentence; undefined where it is valid (BR-32). */
export function riskTemplateProblem(template: unknown): string | undefined {
  if (!isPlainObject(template)) return 'The template of the signal is missing. Fill in short description and description.';
  const unknown = Object.keys(template).find((key) => !KEYS.has(key));
  if (unknown !== undefined) return `The template sets “${unknown}”, which a risk signal does not take from one. Remove it.`;
  for (const key of ['shortDescription', 'description'] as const) {
    const { label } = dictionary.riskSignal.fields[key];
    const text = template[key];
    if (typeof text !== 'string' || text.trim() === '') return `The template needs “${label}”. Fill it in.`;
    if (key === 'shortDescription' && text.length > MOST_SHORT)
      return `“${label}” of the template is too long; leave room for the values put into it.`;
    const strange = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name).find((name) => !PLACEHOLDERS.has(name));
    if (strange !== undefined)
      return `“${label}” of the template holds {${strange}}; only {${[...PLACEHOLDERS].join('}, {')}} are filled in.`;
  }
  for (const key of CHOICES) {
    const { choices, label } = dictionary.riskSignal.fields[key];
    const value = template[key];
    if (value !== undefined && (typeof value !== 'string' || !Object.hasOwn(choices ?? {}, value)))
      return `“${label}” of the template must be one of: ${Object.values(choices ?? {}).join(', ')}.`;
  }
  const { dueInDays } = template;
  if (dueInDays !== undefined && (!Number.isInteger(dueInDays) || Number(dueInDays) < 0 || Number(dueInDays) > 3_660))
    return 'The template says how many days until the signal is due: a whole number from 0 to 3660.';
  return undefined;
}
