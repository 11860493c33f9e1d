import type { Input } from '#shared/contract/engine-contract.ts';
import { isCondition } from '#shared/domain/condition/condition-shape.ts';
import type { RiskTemplate } from '#shared/model/indicator.ts';
import { riskDefinition, THRESHOLD_CONDITIONS } from '#shared/model/tables/risk.ts';
import { isTableName, type TableName } from '#shared/model/dictionary.ts';
import { numberOf, textOf } from './use-draft-record.ts';

type Values = Readonly<Record<string, unknown>>;

export const EMPTY_RISK: Values = { name: '', type: 'metric', condition: 'below', template: { shortDescription: '', description: '' } };

/** A template while it is edited: every part may be empty. */
export type TemplateDraft = { readonly [K in keyof RiskTemplate]: RiskTemplate[K] | undefined } & {
  readonly shortDescription: string;
  readonly description: string;
};

/** The template of a draft; parts of another shape count as empty. */
export function templateOf(value: unknown): TemplateDraft {
  const parts: Values = typeof value === 'object' && value !== null ? { ...value } : {};
  const optional = (name: string) => (typeof parts[name] === 'string' ? textOf(parts, name) : undefined);
  return {
    shortDescription: textOf(parts, 'shortDescription'),
    description: textOf(parts, 'description'),
    priority: optional('priority'),
    probability: optional('probability'),
    scope: optional('scope'),
    riskOrIssue: optional('riskOrIssue'),
    dueInDays: numberOf(parts, 'dueInDays'),
  };
}

/** The template as it is stored: empty parts left out. */
export function withTemplate(template: TemplateDraft): Values {
  return Object.fromEntries(Object.entries(template).filter(([, value]) => value !== undefined));
}

/** The record type of a table-based definition. */
export function asSourceTable(name: string): TableName | undefined {
  return isTableName(name) && Object.hasOwn(riskDefinition.fields.sourceTable.choices ?? {}, name) ? name : undefined;
}

const isThresholdCondition = (value: string): value is keyof typeof THRESHOLD_CONDITIONS => Object.hasOwn(THRESHOLD_CONDITIONS, value);

/** What the preview is asked; undefined while the draft is too unfinished to be evaluated. */
export function previewOf(values: Values): Input<'risk.preview'> | undefined {
  if (textOf(values, 'type') === 'table') {
    const sourceTable = asSourceTable(textOf(values, 'sourceTable'));
    const sourceCondition = values['sourceCondition'];
    return sourceTable !== undefined && isCondition(sourceCondition) ? { type: 'table', sourceTable, sourceCondition } : undefined;
  }
  const [source, condition, threshold] = [textOf(values, 'source'), textOf(values, 'condition'), numberOf(values, 'threshold')];
  if (source === '' || !isThresholdCondition(condition) || threshold === undefined) return undefined;
  const lookBackDays = numberOf(values, 'lookBackDays');
  const applicable = values['applicable'];
  return {
    type: 'metric',
    source,
    condition,
    threshold,
    ...(lookBackDays !== undefined && { lookBackDays }),
    ...(isCondition(applicable) && { applicable }),
  };
}
