import { refusalOf } from '#shared/domain/playbooks/decide.ts';
import type { Inputs } from '#shared/domain/playbooks/events.ts';
import { BULK_KINDS } from '#shared/domain/playbooks/inputs.ts';
import { PLAYED_TABLES } from '#shared/model/tables/playbook.ts';
import { isPlainJson } from '#shared/domain/validate/plain-json.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Parsed } from '#shared/contract/engine-contract.ts';
import type { Call, EngineContext, Handlers, ReadsOf } from '../context.ts';
import { complete, keep, open, reassign, reopen, skip } from './advance.ts';
import { beginDraft, design, publishDraft, saveDraft } from './design.ts';
import { cancelRun } from './made.ts';
import { migrate, previewMigration } from './migrate.ts';
import { myActivities } from './mine.ts';
import { openPlay, playWorld, type Play } from './play.ts';
import { player } from './player.ts';
import { needState } from './run-state.ts';
import { startRun } from './start-run.ts';
import { tryOut } from './try-out.ts';

type Names =
  | 'playbooks.player'
  | 'playbooks.mine'
  | 'playbooks.migration'
  | 'playbooks.migrate'
  | 'playbooks.design'
  | 'playbooks.tryOut'
  | 'playbooks.draft'
  | 'playbooks.saveDraft'
  | 'playbooks.publish'
  | 'playbooks.start'
  | 'playbooks.open'
  | 'playbooks.keep'
  | 'playbooks.complete'
  | 'playbooks.skip'
  | 'playbooks.reopen'
  | 'playbooks.reassign'
  | 'playbooks.cancel'
  | 'playbooks.completeMany';

type Step = { readonly run: string; readonly activity: string };

function look({ view, settings, derivedFields }: EngineContext) {
  return { view, asOf: settings().asOf, more: derivedFields.all() };
}

/** One step of a run as one command, named for undo after its activity. */
async function step(context: EngineContext, call: Call, verb: string, at: Step, work: (play: Play) => void, isQuiet = false) {
  const { activity } = needState(at.run, look(context)).progress.byKey.get(at.activity) ?? {};
  const label = `${verb} “${activity?.label ?? at.activity}”`;
  const meta = { commandId: call.commandId, actor: call.actor, label, signal: call.signal, ...(isQuiet ? { notUndoable: true } : {}) };
  const { changeSetId } = await context.records.run(meta, (draft) => work(openPlay(playWorld(context, draft, call), at.run)));
  return { changeSetId, run: at.run };
}

/** What a screen filled in, as plain data. */
function plain(input: Readonly<Record<string, unknown>>): Inputs {
  if (isPlainJson(input)) return input;
  throw new AppError('validation', 'This cannot be kept. Fill it in again.');
}

async function completeMany(context: EngineContext, { items, closeNotes }: Parsed<'playbooks.completeMany'>, call: Call) {
  const refused: { run: string; activity: string; message: string }[] = [];
  const meta = { commandId: call.commandId, actor: call.actor, label: `Complete ${items.length} activities`, signal: call.signal };
  const { changeSetId, result } = await context.records.run(meta, (draft) => {
    const world = playWorld(context, draft, call);
    let completed = 0;
    for (const { run, activity } of items) {
      const play = openPlay(world, run);
      const { progress } = play.state();
      const kind = progress.byKey.get(activity)?.activity.kind;
      const why = refusalOf(progress, activity, 'complete');
      const message =
        why?.message ?? (kind !== undefined && BULK_KINDS.has(kind) ? undefined : 'This activity needs something of its own. Open it.');
      if (message !== undefined) refused.push({ run, activity, message });
      else {
        complete(play, activity, closeNotes === undefined ? {} : { closeNotes });
        completed += 1;
      }
    }
    return completed;
  });
  return { changeSetId, completed: result, refused };
}

/** Playbooks at work (PLY-01 to PLY-09). */
export const playbookHandlers: Handlers<Names> = {
  'playbooks.player': player,
  // whoever has not said who they are is asked about the one that their commands name
  'playbooks.mine': (context, { limit }, { actor }) => myActivities(context, actor, limit),
  'playbooks.migration': (context, { run, version }) => previewMigration(run, version, look(context)),
  'playbooks.migrate': async (context, { run, version }, call) => {
    const name = needState(run, look(context)).playbook?.name ?? 'a playbook';
    const meta = { commandId: call.commandId, actor: call.actor, label: `Move “${name}” to another version`, signal: call.signal };
    const { changeSetId } = await context.records.run(meta, (draft) => migrate(openPlay(playWorld(context, draft, call), run), version));
    return { changeSetId, run };
  },
  'playbooks.design': ({ view }, input) => design(view, input),
  'playbooks.tryOut': tryOut,
  'playbooks.draft': async ({ records }, input, call) => {
    const meta = { commandId: call.commandId, actor: call.actor, label: 'Begin a version of a playbook', signal: call.signal };
    const { changeSetId, result } = await records.run(meta, (draft) => beginDraft(draft, input));
    return { changeSetId, ...result };
  },
  'playbooks.saveDraft': async ({ records }, input, call) => {
    const meta = { commandId: call.commandId, actor: call.actor, label: 'Change a playbook', signal: call.signal };
    const { changeSetId } = await records.run(meta, (draft) => saveDraft(draft, input));
    return { changeSetId };
  },
  'playbooks.publish': async ({ records }, { version }, call) => {
    const meta = { commandId: call.commandId, actor: call.actor, label: 'Publish a playbook', signal: call.signal };
    const { changeSetId } = await records.run(meta, (draft) => publishDraft(draft, version));
    return { changeSetId };
  },
  'playbooks.start': async (context, { playbook, table, id }, call) => {
    const name = context.view.get('playbook', playbook)?.name ?? 'a playbook';
    const meta = { commandId: call.commandId, actor: call.actor, label: `Start “${name}”`, signal: call.signal };
    const { changeSetId, result } = await context.records.run(meta, (draft) =>
      startRun(playWorld(context, draft, call), playbook, table, id),
    );
    return { changeSetId, run: result };
  },
  'playbooks.open': (context, at, call) => step(context, call, 'Begin', at, (play) => open(play, at.activity), true),
  'playbooks.keep': (context, { input, ...at }, call) =>
    step(context, call, 'Keep', at, (play) => keep(play, at.activity, plain(input)), true),
  'playbooks.complete': (context, { input, ...at }, call) =>
    step(context, call, 'Complete', at, (play) => complete(play, at.activity, plain(input))),
  'playbooks.skip': (context, { reason, ...at }, call) => step(context, call, 'Skip', at, (play) => skip(play, at.activity, reason)),
  'playbooks.reopen': (context, { reason, ...at }, call) => step(context, call, 'Reopen', at, (play) => reopen(play, at.activity, reason)),
  'playbooks.reassign': (context, { to, ...at }, call) => step(context, call, 'Reassign', at, (play) => reassign(play, at.activity, to)),
  'playbooks.cancel': async (context, { run, notes }, call) => {
    const { run: row, playbook } = needState(run, look(context));
    if (row.state !== 'inProgress')
      throw new AppError('rule', 'This run has ended already.', { rule: 'PLY-09', table: 'playbookRun', recordId: run });
    const meta = { commandId: call.commandId, actor: call.actor, label: `Cancel “${playbook?.name ?? 'a playbook'}”`, signal: call.signal };
    const { changeSetId } = await context.records.run(meta, (draft) => cancelRun(openPlay(playWorld(context, draft, call), run), notes));
    return { changeSetId, run };
  },
  'playbooks.completeMany': completeMany,
};

export const playbookReads: ReadsOf<Names> = {
  'playbooks.design': ['playbook', 'playbookVersion', 'playbookRun', 'responsibility'],
  'playbooks.mine': [
    ...PLAYED_TABLES,
    'playbook',
    'playbookVersion',
    'playbookRun',
    'playbookEvent',
    'successTask',
    'internalPlayTask',
    'onboardingTask',
    'dataImportTask',
    'meeting',
    'accountTeamMember',
    'squadMember',
    'responsibility',
    'user',
    'setting',
  ],
};
