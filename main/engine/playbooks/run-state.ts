import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import { readDefinition, type PlaybookDefinition } from '#shared/domain/playbooks/definition.ts';
import type { EventDetail, PlayEvent } from '#shared/domain/playbooks/events.ts';
import { factsOf } from '#shared/domain/playbooks/facts.ts';
import { planOf, type PlaybookPlan } from '#shared/domain/playbooks/plan.ts';
import { progressOf, type RunProgress } from '#shared/domain/playbooks/progress.ts';
import { isPlayed, type PlayedTable } from '#shared/domain/playbooks/task-links.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { parseRef } from '#shared/model/any-reference.ts';
import type { AnyRow, Row } from '#shared/model/dictionary.ts';

/** A run with everything that it is made of, as it stands. */
export type RunState = {
  readonly run: Row<'playbookRun'>;
  readonly playbook: Row<'playbook'> | undefined;
  readonly version: Row<'playbookVersion'>;
  readonly plan: PlaybookPlan;
  readonly table: PlayedTable;
  readonly record: AnyRow;
  readonly progress: RunProgress;
};

/** What a run is looked at with. */
export type Look = { readonly view: ReadView; readonly asOf: string; readonly more?: DerivedTables | undefined };

// definitions of published versions never change, and a draft's is a new object with every change
const definitions = new WeakMap<object, PlaybookDefinition>();

/** The steps of a version. Throws AppError where they cannot be read. */
export function definitionOf(version: Row<'playbookVersion'>): PlaybookDefinition {
  const { definition } = version;
  if (typeof definition !== 'object' || definition === null) throw unreadable(version);
  const known = definitions.get(definition);
  if (known) return known;
  const read = readDefinition(definition);
  if ('problem' in read) throw unreadable(version);
  definitions.set(definition, read.definition);
  return read.definition;
}

const unreadable = (version: Row<'playbookVersion'>): AppError =>
  new AppError('validation', 'The steps of this playbook cannot be read here. Bring Satchel up to date, or start another playbook.', {
    table: 'playbookVersion',
    recordId: version.id,
  });

/** An event as it was stored. */
export function eventOf({ id, stamp, createdAt, createdBy, kind, activity, detail }: Row<'playbookEvent'>): PlayEvent {
  // only this area writes events; one of a newer version has more in it
  return { id, stamp, at: createdAt, by: createdBy, kind, activity, detail: detail as EventDetail | undefined };
}

/** A run as it stands; undefined where the record or the version is not there (or not to be seen). Throws as {@link definitionOf}. */
export function stateOf(run: Row<'playbookRun'>, look: Look): RunState | undefined {
  const { view } = look;
  const about = parseRef(run.about);
  const version = view.get('playbookVersion', run.version);
  const record: AnyRow | undefined = about && view.get(about.table, about.id);
  if (about === undefined || version === undefined || record === undefined || !isPlayed(about.table)) return undefined;
  const plan = planOf(definitionOf(version));
  const progress = progressOf(plan, factsOf(plan, run, look), view.by('playbookEvent', 'run', run.id).map(eventOf));
  return { run, playbook: view.get('playbook', run.playbook), version, plan, table: about.table, record, progress };
}

/** The same of a run by its ID. Throws AppError `not-found`. */
export function needState(id: string, look: Look): RunState {
  const run = look.view.get('playbookRun', id);
  const state = run && stateOf(run, look);
  if (state) return state;
  throw new AppError('not-found', 'This playbook run does not exist any more.', { table: 'playbookRun', recordId: id });
}
