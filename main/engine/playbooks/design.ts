import { readDefinition, type PlaybookDefinition } from '#shared/domain/playbooks/definition.ts';
import { problemsOf } from '#shared/domain/playbooks/problems.ts';
import { isPlainJson } from '#shared/domain/validate/plain-json.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { tableOf, type Row } from '#shared/model/dictionary.ts';
import type { Json } from '#shared/model/field.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { Draft } from '../context.ts';
import { definitionOf } from './run-state.ts';

type Design = Output<'playbooks.design'>;

function needPlaybook(view: ReadView, id: string): Row<'playbook'> {
  const found = view.get('playbook', id);
  if (found) return found;
  throw new AppError('not-found', 'This playbook does not exist any more.', { table: 'playbook', recordId: id });
}

const versionsOf = (view: ReadView, playbook: string): readonly Row<'playbookVersion'>[] =>
  view.by('playbookVersion', 'playbook', playbook).toSorted((a, b) => b.version - a.version);

/** Names of the responsibilities that an activity can fall to. */
function responsibilitiesIn(view: ReadView): ReadonlySet<string> {
  return new Set([...view.all('responsibility')].flatMap(({ name, active }) => (active === false ? [] : [name])));
}

/** A playbook with its versions, newest first, and the steps of one of them (by default the draft, else the newest). */
export function design(view: ReadView, { playbook: id, version: asked }: Parsed<'playbooks.design'>): Design {
  const { name, forTable, state } = needPlaybook(view, id);
  const versions = versionsOf(view, id);
  const shown = versions.find((one) => one.id === asked) ?? versions.find((one) => one.state === 'draft') ?? versions[0];
  const runs = new Map<string, number>();
  for (const run of view.by('playbookRun', 'playbook', id))
    if (run.state === 'inProgress') runs.set(run.version, (runs.get(run.version) ?? 0) + 1);
  return {
    name,
    forTable,
    state: state ?? 'draft',
    versions: versions.map((one) => ({ id: one.id, version: one.version, state: one.state ?? 'draft', runs: runs.get(one.id) ?? 0 })),
    ...(shown === undefined
      ? {}
      : { shown: { id: shown.id, rev: shown.rev, state: shown.state ?? 'draft', definition: definitionOf(shown) } }),
    responsibilities: [...responsibilitiesIn(view)].toSorted(),
  };
}

/** Steps that were brought in or typed, read; throws AppError where they cannot be. */
export function readSteps(source: unknown): PlaybookDefinition {
  const read = readDefinition(source);
  if ('problem' in read)
    throw new AppError('validation', `These are no steps of a playbook. ${read.problem}.`, { table: 'playbookVersion' });
  return read.definition;
}

/** Definitions are plain data: what the reader has taken can be stored. */
export function stored(definition: PlaybookDefinition): Json {
  const plain: unknown = JSON.parse(JSON.stringify(definition));
  if (isPlainJson(plain)) return plain;
  throw new AppError('validation', 'These steps are too many to be kept. Split the playbook.', { table: 'playbookVersion' });
}

/** What a new playbook begins with. */
const firstSteps = (table: PlaybookDefinition['table']): PlaybookDefinition =>
  readSteps({
    table,
    stages: [
      { key: 'begin', label: 'Begin', activities: [{ key: 'plan', label: 'Plan', kind: 'note' }] },
      { key: 'end', label: 'End', activities: [{ key: 'close', label: `Close the ${tableOf(table).label.toLowerCase()}`, kind: 'close' }] },
    ],
  });

/** Begins a draft (PLY-10): the next version of a playbook, or the first of a new one, by itself or from a file. */
export function beginDraft(
  draft: Draft,
  { playbook: known, name, forTable, definition }: Parsed<'playbooks.draft'>,
): { readonly playbook: string; readonly version: string } {
  const given = definition === undefined ? undefined : readSteps(definition);
  if (known === undefined) {
    const table = given?.table ?? forTable;
    const of = (['successCase', 'internalPlay', 'successInitiative', 'onboardingCase'] as const).find((one) => one === table);
    if (of === undefined || name === undefined)
      throw new AppError('validation', 'A new playbook needs a name and the type of record that it runs on.', {
        table: 'playbook',
        field: 'name',
      });
    const playbook = draft.create('playbook', { name, forTable: of });
    const version = draft.create('playbookVersion', { playbook, version: 1, definition: stored(given ?? firstSteps(of)) });
    return { playbook, version };
  }
  const { id, forTable: of } = needPlaybook(draft.view, known);
  const versions = versionsOf(draft.view, id);
  if (versions.some(({ state }) => state === 'draft'))
    throw new AppError('rule', 'There is a draft of this playbook already. Go on with that, or delete it.', {
      rule: 'PLY-10',
      table: 'playbook',
      recordId: id,
    });
  const [newest] = versions;
  const steps = given ?? (newest === undefined ? firstSteps(of) : definitionOf(newest));
  const version = draft.create('playbookVersion', { playbook: id, version: (newest?.version ?? 0) + 1, definition: stored(steps) });
  return { playbook: id, version };
}

/** Keeps a draft's steps; unfinished ones, too. */
export function saveDraft(draft: Draft, { version, definition, baseRev }: Parsed<'playbooks.saveDraft'>): void {
  draft.update('playbookVersion', version, { definition: stored(readSteps(definition)) }, { baseRev });
}

/** Publishes a draft: new runs are of it, those under way keep theirs. Throws AppError with the first problem. */
export function publishDraft(draft: Draft, id: string): void {
  const version = draft.view.get('playbookVersion', id);
  if (version === undefined)
    throw new AppError('not-found', 'This version does not exist any more.', { table: 'playbookVersion', recordId: id });
  const [problem] = problemsOf(definitionOf(version), responsibilitiesIn(draft.view));
  if (problem)
    throw new AppError('rule', `This version cannot be published. ${problem.message}`, {
      rule: 'PLY-10',
      table: 'playbookVersion',
      recordId: id,
      ...(problem.activity === undefined ? {} : { field: problem.activity }),
    });
  draft.update('playbookVersion', id, { state: 'published' });
  if (draft.view.get('playbook', version.playbook)?.state === 'draft') draft.update('playbook', version.playbook, { state: 'published' });
}
