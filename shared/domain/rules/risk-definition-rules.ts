import { tableOf, type Row } from '../../model/dictionary.ts';
import { fold } from '../../util/folding.ts';
import { labelOfId } from '../labels/record-label.ts';
import { riskTemplateProblem } from '../validate/risk-template.ts';
import { sameValue } from '../validate/same-value.ts';
import type { ReadView } from '../view.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, type AnyRule } from './rule.ts';

type Definition = Row<'riskDefinition'>;

const SUBSTANCE = [
  'type',
  'category',
  'source',
  'condition',
  'threshold',
  'lookBackDays',
  'applicable',
  'sourceTable',
  'sourceCondition',
] as const;

/** BR-31: no two definitions with the same name, or that ask the same of the same. Retired ones do not count. */
const definitionOnce = rule('BR-31', 'riskDefinition', ['create', 'update'], {
  fields: ['name', 'state', ...SUBSTANCE],
  check: ({ view }, change) => {
    const definition = change.after;
    if (!definition || definition.state === 'retired') return undefined;
    const name = fold(definition.name);
    const complete = definition.source !== undefined || definition.sourceTable !== undefined;
    for (const other of view.all('riskDefinition')) {
      if (other.id === definition.id || other.state === 'retired') continue;
      const sameName = fold(other.name) === name;
      if (!sameName && !(complete && SUBSTANCE.every((field) => sameValue(definition[field], other[field])))) continue;
      const what = sameName ? 'has the same name' : 'raises a signal for the same cause';
      return refusal('BR-31', change, `${sentence(nameOf('riskDefinition', other, view))} ${what}. Change that one instead.`, {
        field: sameName ? 'name' : 'threshold',
        blocking: [{ table: 'riskDefinition', id: other.id, label: other.name }],
      });
    }
    return undefined;
  },
});

/** BR-31: no two overrides of a definition for the same engagements with the same threshold or the same rank. */
const overrideOnce = rule('BR-31', 'thresholdOverride', ['create', 'update'], {
  check: ({ view }, change) => {
    const { after } = change;
    if (!after || after.state === 'retired') return undefined;
    for (const other of view.by('thresholdOverride', 'definition', after.definition)) {
      if (other.id === after.id || other.state === 'retired' || !sameValue(after.filter, other.filter)) continue;
      if (after.rank !== other.rank && after.threshold !== other.threshold) continue;
      return refusal(
        'BR-31',
        change,
        `“${labelOfId('riskDefinition', after.definition, view)}” has an override with threshold ${other.threshold} and rank ${other.rank} for the same engagements already. Change that one.`,
        {
          field: 'filter',
          blocking: [{ table: 'thresholdOverride', id: other.id, label: String(other.threshold) }],
        },
      );
    }
    return undefined;
  },
});

/** BR-32: a template is valid as soon as there is one, and there is one when the definition is published. */
const templateValid = rule('BR-32', 'riskDefinition', ['create', 'update'], {
  fields: ['template', 'state'],
  check: ({ view }, change) => {
    const definition = change.after;
    if (!definition || (definition.template === undefined && definition.state !== 'published')) return undefined;
    const problem = riskTemplateProblem(definition.template) ?? reporterProblem(definition.template, view);
    return problem === undefined
      ? undefined
      : refusal('BR-32', change, `${sentence(nameOf('riskDefinition', definition, view))}: ${problem}`, { field: 'template' });
  },
});

function reporterProblem(template: unknown, view: ReadView): string | undefined {
  const reporter = typeof template === 'object' && template !== null && 'reportedBy' in template ? template.reportedBy : undefined;
  if (reporter === undefined || (typeof reporter === 'string' && view.get('user', reporter))) return undefined;
  return 'The template names a user who does not exist as “Reported by”. Choose another one.';
}

/** RSK-01, RSK-02: what a published definition needs to say. */
const causeComplete = rule('RSK-01', 'riskDefinition', ['create', 'update'], {
  fields: ['state', 'type', 'source', 'condition', 'threshold', 'sourceTable', 'sourceCondition'],
  check: ({ view }, change) => {
    const definition = change.after;
    if (definition?.state !== 'published') return undefined;
    const wanted =
      definition.type === 'metric' ? (['source', 'condition', 'threshold'] as const) : (['sourceTable', 'sourceCondition'] as const);
    const missing = wanted.find((field) => definition[field] === undefined);
    if (missing === undefined) return undefined;
    const label = tableOf('riskDefinition').fields[missing]?.label ?? missing;
    return refusal(
      definition.type === 'metric' ? 'RSK-01' : 'RSK-02',
      change,
      `${sentence(nameOf('riskDefinition', definition, view))} needs “${label}” before it can be published.`,
      { field: missing },
    );
  },
});

type SourceTable = NonNullable<Definition['sourceTable']>;
type Mapper = Row<'dataSourceContext'>['mapper'];

/** Mappers that lead from records of a table to engagements. Engagements and touchpoints lead there themselves. */
const MAPPERS: { readonly [T in SourceTable]: readonly Mapper[] } = {
  engagement: [],
  touchpoint: [],
  account: ['account'],
  supportTicket: ['account'],
  opportunity: ['account'],
  contract: ['contract', 'account'],
  soldProduct: ['soldProduct', 'contract', 'account'],
};

/** Whether an active mapper leads from records of the table to engagements (BR-33). */
function leadsToEngagements(table: SourceTable, view: ReadView): boolean {
  const mappers = MAPPERS[table];
  if (mappers.length === 0) return true;
  for (const { active, mapper } of view.all('dataSourceContext')) if (active !== false && mappers.includes(mapper)) return true;
  return false;
}

/** BR-33: a published definition over records needs an active mapper from those records to engagements. */
const mapperThere = rule('BR-33', 'riskDefinition', ['create', 'update'], {
  fields: ['state', 'type', 'sourceTable'],
  check: ({ view }, change) => {
    const definition = change.after;
    if (definition?.state !== 'published' || definition.type !== 'table' || definition.sourceTable === undefined) return undefined;
    if (leadsToEngagements(definition.sourceTable, view)) return undefined;
    const plural = tableOf(definition.sourceTable).plural.toLowerCase();
    return refusal(
      'BR-33',
      change,
      `${sentence(nameOf('riskDefinition', definition, view))}: no active context says how ${plural} lead to engagements. Add one to a data source first.`,
      {
        field: 'sourceTable',
      },
    );
  },
});

export const riskDefinitionRules: readonly AnyRule[] = [definitionOnce, overrideOnce, templateValid, causeComplete, mapperThere];
