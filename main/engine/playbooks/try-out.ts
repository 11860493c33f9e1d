import { fieldsIn } from '#shared/domain/condition/computed-in.ts';
import { activitiesOf } from '#shared/domain/playbooks/definition.ts';
import { openChildren } from '#shared/domain/playbooks/facts.ts';
import { isPlayed, TASK_LINKS, type PlayedTable } from '#shared/domain/playbooks/task-links.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { parseRef, refTo } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { Call, Draft, EngineContext } from '../context.ts';
import { refOf, refsOf } from '../records/refs.ts';
import { complete, followRecord, goOn, reopen, skip } from './advance.ts';
import { readSteps, stored } from './design.ts';
import { openPlay, playWorld, type Play } from './play.ts';
import { player } from './player.ts';
import { sampleInput } from './sample-input.ts';
import { addTask } from './tasks.ts';

type Input = Parsed<'playbooks.tryOut'>;
type Step = Input['steps'][number];
type Scratch = { readonly draft: Draft; readonly table: PlayedTable; readonly id: string; readonly run: string };

/** A record to try a playbook out on, with a customer around it. */
function scratchRecord({ settings }: EngineContext, draft: Draft, table: PlayedTable): string {
  const account = draft.create('account', { name: 'Scratch customer' });
  const contact = draft.create('contact', { name: 'Scratch contact', email: 'contact@example.invalid', account });
  const onboarding = () => draft.create('onboardingCase', { shortDescription: 'Scratch onboarding', account, contact });
  if (table === 'onboardingCase') return onboarding();
  const engagement = draft.create('engagement', {
    title: 'Scratch engagement',
    account,
    keyContact: contact,
    ...(settings().onboardingMandatory ? { onboardingCase: onboarding() } : {}),
  });
  if (table === 'successCase')
    return draft.create('successCase', { shortDescription: 'Scratch case', description: 'Try-out', engagement, contact });
  if (table === 'internalPlay') {
    const { asOf } = settings();
    const contract = draft.create('contract', { name: 'Scratch contract', account, startDate: asOf, endDate: asOf });
    return draft.create('internalPlay', { shortDescription: 'Scratch play', description: 'Try-out', engagement, contract });
  }
  const objective = draft.create('successObjective', { title: 'Scratch objective', description: 'Try-out', engagement });
  const outcome = draft.create('successOutcome', { title: 'Scratch outcome', description: 'Try-out', objective });
  return draft.create('successInitiative', { subject: 'Scratch initiative', description: 'Try-out', outcome });
}

function addMeeting({ draft, state, asOf }: Play): void {
  const { table, record } = state();
  const { engagement } = record;
  if (typeof engagement !== 'string') throw new AppError('validation', 'This type of record has no meetings.');
  const touchpoint = draft.create('touchpoint', { subject: 'Scratch touchpoint', engagement });
  const times = { startsAt: `${asOf}T09:00:00.000Z`, endsAt: `${asOf}T10:00:00.000Z` };
  draft.create('meeting', { subject: 'Scratch meeting', touchpoint, about: refTo(table, record.id), ...times });
}

/** Ends what a gate could wait for: meetings are held, tasks closed. */
function endOpen({ draft, state }: Play): void {
  const { table, record } = state();
  for (const ref of openChildren('meetingGate', table, record.id, draft.view)) {
    const meeting = parseRef(ref);
    if (meeting) draft.update('meeting', meeting.id, { state: 'completed' });
  }
  for (const ref of openChildren('taskGate', table, record.id, draft.view)) {
    const task = parseRef(ref);
    if (task) draft.close(task.table, task.id, TASK_LINKS[table].closed, 'Try-out');
  }
}

function take(play: Play, step: Step): void {
  const { draft } = play;
  const { table, record, progress } = play.state();
  switch (step.do) {
    case 'complete': {
      const activity = progress.byKey.get(step.activity)?.activity;
      return activity && complete(play, step.activity, sampleInput(play, activity, step.option));
    }
    case 'skip':
      return skip(play, step.activity, 'Try-out');
    case 'reopen':
      return reopen(play, step.activity, '');
    case 'set':
      return draft.update(table, record.id, step.patch);
    case 'addTask':
      return void addTask(play, { subject: 'Scratch task' });
    case 'addMeeting':
      return addMeeting(play);
    case 'endOpen':
      return endOpen(play);
  }
}

async function walk(context: EngineContext, { definition }: Input, steps: readonly Step[], call: Call): Promise<Scratch> {
  const read = readSteps(definition);
  const { table } = read;
  if (!isPlayed(table)) throw new AppError('validation', `Playbooks cannot run on ${tableOf(table).plural.toLowerCase()}.`);
  const { result } = await context.records.rehearse({ actor: call.actor, signal: call.signal }, (draft): Scratch => {
    const world = playWorld(context, draft, call);
    const id = scratchRecord(context, draft, table);
    const playbook = draft.create('playbook', { name: 'Try-out', forTable: table });
    // a draft: it may be unfinished
    const version = draft.create('playbookVersion', { playbook, version: 1, definition: stored(read) });
    const run = draft.create('playbookRun', { playbook, version, about: refTo(table, id) });
    const play = openPlay(world, run);
    play.log('begun');
    goOn(play);
    for (const step of steps) {
      take(play, step);
      if (step.do === 'set') followRecord(world, table, id);
    }
    return { draft, table, id, run };
  });
  return result;
}

/** What was made of a type about the scratch record. */
function madeOf({ draft, table, id }: Scratch): Output<'playbooks.tryOut'>['made'] {
  const { view } = draft;
  const link = TASK_LINKS[table];
  const up = tableOf(link.table).fields[link.up]?.kind === 'anyReference' ? refTo(table, id) : id;
  const rows: readonly (readonly [TableName, readonly AnyRow[]])[] = [
    [link.table, view.by(link.table, link.up, up)],
    ['dataImportTask', table === 'onboardingCase' ? view.by('dataImportTask', 'onboardingCase', id) : []],
    ['meeting', view.by('meeting', 'about', refTo(table, id))],
    ['email', view.by('email', 'about', refTo(table, id))],
  ];
  return rows.flatMap(([of, found]) =>
    found.map((row) => {
      const field = tableOf(of).fields['state'];
      const { state } = row;
      return { record: refOf(of, row, view), state: (typeof state === 'string' ? field?.choices?.[state] : undefined) ?? '' };
    }),
  );
}

/** Fields of the record that conditions of the playbook look at, and those that its forms ask for. */
function fieldsAsked(definition: unknown, table: TableName): string[] {
  const own = tableOf(table).fields;
  const names = activitiesOf(readSteps(definition)).flatMap(({ when, leaveOutWhen }) =>
    [when, leaveOutWhen].flatMap((condition) => (condition === undefined ? [] : fieldsIn(condition))),
  );
  return [...new Set(names.map((name) => name.split('.')[0] ?? name))].filter(
    (name) => own[name] !== undefined && own[name].readOnly !== true,
  );
}

/**
 * Walks a playbook on a scratch record (PLY-10): with the rules, conditions, gates and effects that a run has, and without keeping
 * anything. All steps are taken anew each time. A last step that is refused is left out, and why is said.
 */
export async function tryOut(context: EngineContext, input: Input, call: Call): Promise<Output<'playbooks.tryOut'>> {
  const { steps, definition } = input;
  let refused: AppError | undefined;
  const scratch = await walk(context, input, steps, call).catch((thrown: unknown) => {
    if (!(thrown instanceof AppError) || thrown.code === 'cancelled' || steps.length === 0) throw thrown;
    refused = thrown;
    return walk(context, input, steps.slice(0, -1), call);
  });
  const { draft, table, id, run } = scratch;
  const { view } = draft;
  const { current } = player({ ...context, view }, { table, id, run });
  const row: AnyRow | undefined = view.get(table, id);
  if (current === undefined || row === undefined) throw new AppError('not-found', 'This try-out is not there any more. Begin anew.');
  return {
    activities: current.activities,
    stages: current.stages,
    isOver: current.state !== 'inProgress',
    row,
    refs: refsOf(table, [row], view),
    fields: fieldsAsked(definition, table),
    made: madeOf(scratch),
    ...(refused === undefined ? {} : { refused: refused.message }),
  };
}
