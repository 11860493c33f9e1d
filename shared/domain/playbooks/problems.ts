import { AppError } from '../../errors/app-error.ts';
import { tablesOfField } from '../../model/any-reference.ts';
import type { Condition } from '../../model/condition.ts';
import { tableOf } from '../../model/dictionary.ts';
import { compileCondition } from '../condition/compile-condition.ts';
import { activitiesOf, type PlaybookActivity, type PlaybookDefinition } from './definition.ts';
import { isPlayed } from './task-links.ts';

/** What is wrong with a definition, at which activity. */
export type DefinitionProblem = { readonly activity?: string; readonly message: string };

/**
 * What keeps a definition from being published (PLY-10): activities that cannot be reached, gates that can never open, fields and
 * decisions that do not exist, an activity that falls to nobody. `responsibilities`: those that exist; absent: not asked.
 */
export function problemsOf(definition: PlaybookDefinition, responsibilities?: ReadonlySet<string>): readonly DefinitionProblem[] {
  const activities = activitiesOf(definition);
  const general: DefinitionProblem[] = [];
  if (activities.length === 0) general.push({ message: 'There is no activity yet. Add one.' });
  if (!isPlayed(definition.table)) general.push({ message: `Playbooks cannot run on ${tableOf(definition.table).plural.toLowerCase()}.` });
  const stages = new Set<string>();
  for (const { key, label, activities: inside } of definition.stages) {
    if (stages.has(key)) general.push({ message: `Two stages are called “${key}”. Give one another key.` });
    stages.add(key);
    if (inside.length === 0) general.push({ message: `The stage “${label}” has no activity. Add one, or remove the stage.` });
  }
  const before = new Map<string, PlaybookActivity>();
  const found = activities.flatMap((activity) => {
    const messages = [...ownProblems(definition, activity, before), ...personProblems(activity, responsibilities)];
    if (before.has(activity.key)) messages.push(`There are two activities “${activity.key}”. Give one another key.`);
    before.set(activity.key, activity);
    return messages.map((message) => ({ activity: activity.key, message: `“${activity.label}”: ${message}` }));
  });
  return [...general, ...found];
}

function personProblems({ responsibility }: PlaybookActivity, known: ReadonlySet<string> | undefined): string[] {
  if (responsibility === undefined || known === undefined || known.has(responsibility)) return [];
  return [`there is no responsibility “${responsibility}”, so it falls to nobody. Choose one that exists.`];
}

function ownProblems(definition: PlaybookDefinition, activity: PlaybookActivity, before: ReadonlyMap<string, PlaybookActivity>): string[] {
  const { table, stages } = definition;
  const isLast = stages.at(-1)?.activities.at(-1)?.key === activity.key;
  return [
    ...reachProblems(activity, before),
    ...fieldProblems(table, activity),
    ...[activity.when, activity.leaveOutWhen].flatMap((one) => conditionProblem(one, table)),
    activity.kind === 'close' && !isLast ? 'what comes after the close of the record can never be reached. Move it to the end.' : [],
    activity.kind === 'meetingGate' && table === 'onboardingCase'
      ? 'onboarding cases have no meetings, so this gate has nothing to wait for. Use another activity.'
      : [],
    isEmpty(activity.leaveOutWhen) ? 'it is always left out. Say when, or remove it.' : [],
    isNever(activity.when) ? 'its condition is never fulfilled, so it can never be reached.' : [],
  ].flat();
}

const isEmpty = (condition: Condition | undefined): boolean => condition !== undefined && 'all' in condition && condition.all.length === 0;
const isNever = (condition: Condition | undefined): boolean => condition !== undefined && 'any' in condition && condition.any.length === 0;

function reachProblems({ start, onlyIf }: PlaybookActivity, before: ReadonlyMap<string, PlaybookActivity>): string[] {
  const missing = typeof start === 'object' ? start.after.filter((key) => !before.has(key)) : [];
  const problems = missing.map(
    (key) => `it can never be reached: it waits for “${key}”, which is not before it. Choose an activity before it.`,
  );
  if (onlyIf === undefined) return problems;
  const decision = before.get(onlyIf.decision);
  if (decision?.kind !== 'decision') return [...problems, `it depends on a decision “${onlyIf.decision}” that is not before it.`];
  const known = new Set(decision.options.map(({ key }) => key));
  return onlyIf.is.some((key) => known.has(key))
    ? problems
    : [...problems, `it can never be reached: “${decision.label}” has no such answer.`];
}

function fieldProblems(table: PlaybookDefinition['table'], activity: PlaybookActivity): string[] {
  const { fields } = tableOf(table);
  const named =
    activity.kind === 'form'
      ? [...activity.fields, ...activity.mandatory]
      : activity.kind === 'summary'
        ? activity.fields
        : activity.kind === 'choose' || activity.kind === 'view'
          ? [activity.field]
          : [];
  const problems = named
    .filter((name) => fields[name] === undefined)
    .map((name) => `there is no field “${name}” of a record of type ${tableOf(table).label.toLowerCase()}.`);
  if (activity.kind === 'form') {
    for (const name of activity.fields)
      if (fields[name]?.readOnly === true) problems.push(`“${fields[name].label}” is filled in by Satchel and cannot be asked for.`);
    for (const name of activity.mandatory)
      if (!activity.fields.includes(name))
        problems.push(`“${fields[name]?.label ?? name}” has to be filled in, but is not shown. Show it.`);
  }
  if (activity.kind === 'choose' || activity.kind === 'view') {
    const field = fields[activity.field];
    if (field !== undefined && tablesOfField(field).length === 0) problems.push(`“${field.label}” names no record.`);
  }
  if (activity.kind === 'comment' && fields['comments'] === undefined)
    problems.push('customers do not see this type of record. Use an internal note.');
  return problems;
}

function conditionProblem(condition: Condition | undefined, table: PlaybookDefinition['table']): string[] {
  if (condition === undefined) return [];
  try {
    compileCondition(condition, table);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return [thrown.message];
  }
}
