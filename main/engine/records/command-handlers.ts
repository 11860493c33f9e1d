import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { followRecord } from '../playbooks/advance.ts';
import { cancelRun } from '../playbooks/made.ts';
import { openPlay, playWorld } from '../playbooks/play.ts';
import { startWithNew } from '../playbooks/start-run.ts';
import { tellGuests } from '../touchpoints/tell-guests.ts';
import type { Call, CommandMeta, Draft, EngineContext, Handlers, UndoDone } from '../context.ts';

type CommandNames =
  | 'records.create'
  | 'records.update'
  | 'records.close'
  | 'records.cancel'
  | 'records.reopen'
  | 'records.delete'
  | 'records.undo'
  | 'records.redo';

const metaOf = (call: Call, label: string): CommandMeta => ({
  commandId: call.commandId,
  actor: call.actor,
  label,
  signal: call.signal,
  progress: call.progress,
});

const nameOf = (table: TableName) => tableOf(table).label.toLowerCase();

/** Runs work on one record and answers with its ID and number. */
async function onRecord(context: EngineContext, call: Call, table: TableName, label: string, work: (draft: Draft) => string) {
  const { changeSetId, result } = await context.records.run(metaOf(call, label), (draft) => {
    const id = work(draft);
    const number = draft.view.get(table, id)?.number;
    return { id, ...(number === undefined ? {} : { number }) };
  });
  return { changeSetId, ...result };
}

const doneOf = ({ changeSetId, label }: UndoDone) => ({ changeSetId, label });

/** What people do to one record. */
export const recordCommands: Handlers<CommandNames> = {
  'records.create': (context, { table, values }, call) =>
    // the validators check every value before anything is kept
    onRecord(context, call, table, `Create ${nameOf(table)}`, (draft) => {
      const id = draft.create(table, values);
      startWithNew(playWorld(context, draft, call), table, id);
      return id;
    }),
  'records.update': (context, { table, id, patch, baseRev }, call) =>
    onRecord(context, call, table, `Change ${nameOf(table)}`, (draft) => {
      draft.update(table, id, patch, { baseRev });
      followRecord(playWorld(context, draft, call), table, id);
      if (table === 'meeting') tellGuests(context, draft, call, id);
      return id;
    }),
  'records.close': (context, { table, id, closureCode, closeNotes }, call) =>
    onRecord(context, call, table, `Close ${nameOf(table)}`, (draft) => {
      draft.close(table, id, closureCode, closeNotes);
      return id;
    }),
  'records.cancel': (context, { table, id, closeNotes }, call) =>
    onRecord(context, call, table, `Cancel ${nameOf(table)}`, (draft) => {
      if (table === 'playbookRun') cancelRun(openPlay(playWorld(context, draft, call), id), closeNotes);
      else draft.cancel(table, id, closeNotes);
      return id;
    }),
  'records.reopen': (context, { table, id }, call) =>
    onRecord(context, call, table, `Reopen ${nameOf(table)}`, (draft) => {
      draft.reopen(table, id);
      return id;
    }),
  'records.delete': async (context, { table, id }, call) => {
    const number = context.view.get(table, id)?.number;
    const { changeSetId } = await context.records.run(metaOf(call, `Delete ${nameOf(table)}`), (draft) => draft.remove(table, id));
    return { changeSetId, id, ...(number === undefined ? {} : { number }) };
  },
  'records.undo': async (context, { changeSetId }, call) => doneOf(await context.undo.undo(metaOf(call, 'Undo'), changeSetId)),
  'records.redo': async (context, _input, call) => doneOf(await context.undo.redo(metaOf(call, 'Redo'))),
};
