import type { AppError } from '../../errors/app-error.ts';
import type { Row } from '../../model/dictionary.ts';
import { fold } from '../../util/folding.ts';
import { roundHalfAway } from '../../util/rounding.ts';
import { sameValue } from '../validate/same-value.ts';
import { labelOfId } from '../labels/record-label.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, type AnyRule, type Change, type RuleContext } from './rule.ts';

type Definition = Row<'healthDefinition'>;

/** BR-35: at most one definition for all engagements; retired ones do not count. */
const oneGlobal = rule('BR-35', 'healthDefinition', ['create', 'update'], {
  fields: ['global', 'state'],
  check: ({ view }, change) => {
    const definition = change.after;
    if (!definition || definition.global !== true || definition.state === 'retired') return undefined;
    for (const other of view.all('healthDefinition'))
      if (other.id !== definition.id && other.global === true && other.state !== 'retired')
        return refusal(
          'BR-35',
          change,
          `There is a definition for all engagements already: ${nameOf('healthDefinition', other, view)}. Change or retire that one, or give this one a condition.`,
          {
            field: 'global',
            blocking: [{ table: 'healthDefinition', id: other.id, label: other.name }],
          },
        );
    return undefined;
  },
});

/** BR-36: no two definitions with the same name or for the same engagements; retired ones do not count. */
const definitionOnce = rule('BR-36', 'healthDefinition', ['create', 'update'], {
  fields: ['name', 'filter', 'state'],
  check: ({ view }, change) => {
    const definition = change.after;
    if (!definition || definition.state === 'retired') return undefined;
    const name = fold(definition.name);
    for (const other of view.all('healthDefinition')) {
      if (other.id === definition.id || other.state === 'retired') continue;
      const sameName = fold(other.name) === name;
      const sameFilter = definition.filter !== undefined && sameValue(definition.filter, other.filter);
      if (!sameName && !sameFilter) continue;
      const what = sameName ? 'has the same name' : 'applies to the same engagements';
      return refusal(
        'BR-36',
        change,
        `${sentence(nameOf('healthDefinition', other, view))} ${what}. Change that one instead, or tell them apart.`,
        {
          field: sameName ? 'name' : 'filter',
          blocking: [{ table: 'healthDefinition', id: other.id, label: other.name }],
        },
      );
    }
    return undefined;
  },
});

function weightProblem({ view }: RuleContext, change: Change, definition: Definition): AppError | undefined {
  if (definition.state !== 'published') return undefined;
  const metrics = view.by('healthMetric', 'definition', definition.id);
  const sum = roundHalfAway(
    metrics.reduce((total, { weight }) => total + weight, 0),
    6,
  );
  const name = sentence(nameOf('healthDefinition', definition, view));
  const at = { table: 'healthDefinition', recordId: definition.id, field: 'weight' };
  if (metrics.length === 0) return refusal('BR-37', change, `${name} has no metric yet. Add at least one before publishing.`, at);
  return sum === 100
    ? undefined
    : refusal('BR-37', change, `${name}: the weights of its metrics add up to ${sum} %, not 100 %. Change them until they do.`, at);
}

/** BR-37: the weights of a published definition add up to 100, whichever end changes. */
const weightsSum = rule('BR-37', 'healthDefinition', ['create', 'update'], {
  fields: ['state'],
  check: (context, change) => change.after && weightProblem(context, change, change.after),
});
const metricsSum = rule('BR-37', 'healthMetric', ['create', 'update', 'delete'], {
  fields: ['weight', 'definition'],
  check: (context, change) => {
    for (const id of new Set([change.before, change.after].flatMap((metric) => metric?.definition ?? []))) {
      const definition = context.view.get('healthDefinition', id);
      const problem = definition && weightProblem(context, change, definition);
      if (problem) return problem;
    }
    return undefined;
  },
});

/** HLT-01: a definition that is published says whom it is for. */
const appliesToSomeone = rule('HLT-01', 'healthDefinition', ['create', 'update'], {
  fields: ['state', 'global', 'filter'],
  check: ({ view }, change) => {
    const definition = change.after;
    if (definition?.state !== 'published' || definition.global === true || definition.filter !== undefined) return undefined;
    return refusal(
      'HLT-01',
      change,
      `${sentence(nameOf('healthDefinition', definition, view))} applies to nobody. Give it a condition, or make it the one for all engagements.`,
      {
        field: 'filter',
      },
    );
  },
});

/** BR-38: a published definition takes no new metric. Metrics that come with its publication are part of it. */
const publishedTakesNone = rule('BR-38', 'healthMetric', ['create', 'update'], {
  fields: ['definition'],
  check: ({ view, changeOf, puttingBack }, change) => {
    const definition = change.after && view.get('healthDefinition', change.after.definition);
    if (definition?.state !== 'published' || puttingBack) return undefined;
    const before = changeOf('healthDefinition', definition.id);
    if (before && before.before?.state !== 'published') return undefined;
    return refusal(
      'BR-38',
      change,
      `${sentence(nameOf('healthDefinition', definition, view))} is published and takes no new metric. Retire it and set it back to draft, or make a new definition.`,
      {
        field: 'definition',
      },
    );
  },
});

/** BR-39: no data source twice in one definition. */
const sourceOnce = rule('BR-39', 'healthMetric', ['create', 'update'], {
  fields: ['definition', 'source'],
  check: ({ view }, change) => {
    const metric = change.after;
    const twin =
      metric &&
      view.by('healthMetric', 'definition', metric.definition).find(({ id, source }) => id !== metric.id && source === metric.source);
    if (!metric || !twin) return undefined;
    const definition = labelOfId('healthDefinition', metric.definition, view);
    return refusal(
      'BR-39',
      change,
      `“${labelOfId('dataSource', metric.source, view)}” is a metric of “${definition}” already. Change its weight or target instead.`,
      {
        field: 'source',
        blocking: [{ table: 'healthMetric', id: twin.id, label: labelOfId('dataSource', twin.source, view) }],
      },
    );
  },
});

export const healthDefinitionRules: readonly AnyRule[] = [
  oneGlobal,
  definitionOnce,
  appliesToSomeone,
  publishedTakesNone,
  sourceOnce,
  weightsSum,
  metricsSum,
];
