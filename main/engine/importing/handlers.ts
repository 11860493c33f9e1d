import { AppError } from '#shared/errors/app-error.ts';
import { planSet } from '#shared/domain/importing/plan/plan-set.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Call, EngineContext, Handlers, ReadsOf } from '../context.ts';
import { commitPlan } from './commit-plan.ts';
import { noteImport } from '../playbooks/imported.ts';
import { playWorld } from '../playbooks/play.ts';
import { writeSheets } from './file-desk.ts';
import { heldProblems, sheetOfHeld, storedCells } from './held-rows.ts';
import { profileOf } from './profile.ts';
import { openSessions, worldOf, type Sessions } from './sessions.ts';
import { shownProblems, shownRows, shownSession } from './session-view.ts';
import { exportTable } from './write/export-table.ts';
import { writeTemplate } from './write/template.ts';
import type { WorkbookSheet } from './write/xlsx.ts';

type Names =
  | 'import.open'
  | 'import.session'
  | 'import.drafts'
  | 'import.change'
  | 'import.problems'
  | 'import.preview'
  | 'import.commit'
  | 'import.discard'
  | 'import.saveProfile'
  | 'import.repairHeld'
  | 'export.table'
  | 'export.template';

const engines = new WeakMap<EngineContext, Sessions>();

function sessionsOf(context: EngineContext): Sessions {
  let sessions = engines.get(context);
  if (sessions === undefined) {
    sessions = openSessions(context);
    engines.set(context, sessions);
  }
  return sessions;
}

const metaOf = ({ commandId, actor, signal, progress }: Call) => ({ commandId, actor, signal, progress });
const fileName = (table: TableName, format: string) => `${tableOf(table).plural.toLowerCase().replaceAll(' ', '-')}.${format}`;

async function repairHeld(context: EngineContext, id: string, cells: Readonly<Record<string, string>>, call: Call) {
  const { changeSetId, result } = await context.records.run({ ...metaOf(call), label: 'Repair of a held-back row' }, async (draft) => {
    const row = draft.view.get('heldRow', id);
    const held = row && (await sheetOfHeld(row, cells));
    if (row === undefined || held === undefined) throw new AppError('not-found', 'This row is no longer held back.', { recordId: id });
    const world = worldOf(context, draft.view, call, 'Checking');
    const plan = await planSet({ sheets: [held.choice], answers: new Map(), engagements: 'none' }, world);
    if (plan.errors > 0) {
      draft.update('heldRow', id, { cells: storedCells(held.cells), problems: heldProblems(plan.problems, held.choice.sheet.headings) });
      return false;
    }
    await commitPlan({ draft, batch: row.batch, turn: world.turn, progress: call.progress }, [held.choice], plan);
    // taking its own line in removes the held-back row
    if (draft.view.get('heldRow', id) !== undefined) draft.remove('heldRow', id);
    return true;
  });
  return { changeSetId, takenIn: result };
}

/** Screens that show an import being prepared look again: also those of another window. */
function announce({ feed }: EngineContext): void {
  feed.announceDerived(new Set(['derived:import']));
}

/** Imports and exports. */
export const importingHandlers: Handlers<Names> = {
  'import.open': async (context, { files, profile, engagements, into, account }, call) => {
    const session = await sessionsOf(context).open(files, profile, engagements, into, account, call);
    announce(context);
    return shownSession(session);
  },
  'import.session': async (context, { sessionId }) => shownSession(await sessionsOf(context).get(sessionId)),
  'import.drafts': async (context) => ({
    drafts: (await sessionsOf(context).drafts.list()).map(({ sessionId, savedAt, files }) => ({
      sessionId,
      savedAt,
      files: files.map(({ name }) => name),
    })),
  }),
  'import.change': async (context, { sessionId, ...change }, call) => {
    const session = await sessionsOf(context).change(sessionId, change, call);
    announce(context);
    return shownSession(session);
  },
  'import.problems': async (context, { sessionId, sheetId, offset, limit }) =>
    shownProblems(await sessionsOf(context).get(sessionId), sheetId, offset, limit),
  'import.preview': async (context, { sessionId, sheetId, offset, limit }) =>
    shownRows(await sessionsOf(context).get(sessionId), sheetId, offset, limit),
  'import.commit': async (context, { sessionId, activity }, call) => {
    const committed = await sessionsOf(context).commit(sessionId, metaOf(call), call, (draft, { created, updated, held }, files) => {
      if (activity) noteImport(playWorld(context, draft, call), { ...activity, files, created, updated, held });
    });
    announce(context);
    return committed;
  },
  'import.discard': async (context, { sessionId }) => {
    await sessionsOf(context).discard(sessionId);
    announce(context);
    return {};
  },
  'import.saveProfile': async (context, { sessionId, name }, call) => {
    const { sheets, engagements } = await sessionsOf(context).get(sessionId);
    const profile = profileOf(sheets, engagements);
    const { result: id } = await context.records.run({ ...metaOf(call), label: `Save import profile “${name}”` }, (draft) => {
      for (const row of draft.view.all('importProfile'))
        if (row.name === name) {
          draft.update('importProfile', row.id, { profile });
          return row.id;
        }
      return draft.create('importProfile', { name, profile });
    });
    return { id };
  },
  'import.repairHeld': (context, { id, cells }, call) => repairHeld(context, id, cells, call),
  'export.table': async ({ view, host }, { table, format, ids }, { signal, progress }) => {
    const turn = async () => {
      await host.yieldTurn();
      if (signal.aborted) throw new AppError('cancelled', 'The export was cancelled.');
    };
    const workbook = (sheets: readonly WorkbookSheet[]) => writeSheets(host, sheets, turn, signal);
    return { fileName: fileName(table, format), bytes: await exportTable(table, format, { view, ids, turn, progress, workbook }) };
  },
  'export.template': async ({ view }, { table, format }) => ({
    fileName: fileName(table, format).replace(/(\.\w+)$/, '-template$1'),
    bytes: await writeTemplate(table, format, view),
  }),
};

/** Imports being prepared are no records: they say themselves when they have changed. */
export const importingReads: ReadsOf<Names> = {
  'import.session': ['derived:import'],
  'import.drafts': ['derived:import'],
  'import.problems': ['derived:import'],
  'import.preview': ['derived:import'],
  'export.template': ['choiceEntry'],
};
