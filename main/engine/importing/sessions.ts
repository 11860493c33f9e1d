import type { Progress } from '#shared/contract/define.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { planSet } from '#shared/domain/importing/plan/plan-set.ts';
import type { EngagementChoice, PlanInput, PlanWorld } from '#shared/domain/importing/plan/plan-types.ts';
import { recogniseSet } from '#shared/domain/importing/recognise.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import type { CommandMeta, Draft, EngineContext } from '../context.ts';
import { addStarter } from '../definitions/add-starter.ts';
import { commitPlan, refusedRow, type Committed } from './commit-plan.ts';
import { KEPT_BYTES, openDraftStore, type DraftStore, type ImportDraft } from './draft-store.ts';
import { applyProfile, findProfile } from './profile.ts';
import { readDropped, type Reading } from './file-desk.ts';
import type { DroppedFile } from './read/read-files.ts';
import { changeSession, choiceOf, type ImportChange, type ImportSession } from './session.ts';

/** Imports that are being prepared at the same time; the oldest makes room. */
const OPEN_SESSIONS = 4;
/** Milliseconds of work after which others get their turn (design.md: no call waits longer than 50). */
const SLICE_MS = 12;
/** Rows that a rule refuses though the plan did not foresee it are held back one by one, at most so many. */
const REFUSALS = 50;

export type Running = Reading;

export type Sessions = {
  /** `engagements`: the choice to begin with, where neither a profile says otherwise nor the files bring engagements of their own. */
  readonly open: (
    files: readonly DroppedFile[],
    profile: string | undefined,
    engagements: EngagementChoice | undefined,
    /** What the rows of a single sheet become, and those of sheets that are not recognised. */
    into: TableName | undefined,
    /** The account of rows that name none. */
    account: string | undefined,
    running: Running,
  ) => Promise<ImportSession>;
  /** The session, from memory or from its kept draft; throws `not-found`. */
  readonly get: (sessionId: string) => Promise<ImportSession>;
  readonly change: (sessionId: string, change: ImportChange, running: Running) => Promise<ImportSession>;
  readonly commit: (
    sessionId: string,
    command: Omit<CommandMeta, 'label'>,
    running: Running,
    /** Further work of the same change set. */
    also?: (draft: Draft, done: Committed, files: readonly string[]) => void,
  ) => Promise<Committed & { readonly changeSetId: string }>;
  readonly discard: (sessionId: string) => Promise<void>;
  readonly drafts: DraftStore;
};

/** Where none of these exist, the import brings the person's first customers. */
const FIRST_TIME = ['account', 'engagement', 'healthDefinition', 'riskDefinition'] as const satisfies readonly TableName[];

const gone = () => new AppError('not-found', 'This import is no longer open. Drop the files again.');

/** What a plan is made against: the records as they are, and the pace of the engine. */
export function worldOf(context: EngineContext, view: ReadView, { signal, progress }: Running, step: string): PlanWorld {
  const { asOf, currency, timeZone, onboardingMandatory } = context.settings();
  let last = Date.parse(context.host.now());
  return {
    view,
    points: context.series.points,
    asOf,
    currency,
    timeZone,
    onboardingMandatory,
    newId: context.host.newId,
    turn: async () => {
      if (signal.aborted) throw new AppError('cancelled', 'The import was cancelled. Nothing was changed.');
      const now = Date.parse(context.host.now());
      if (now - last < SLICE_MS) return;
      progress({ step, done: 0, total: 0 } satisfies Progress);
      await context.host.yieldTurn();
      last = Date.parse(context.host.now());
    },
  };
}

function inputOf({ sheets, answers, engagements, refused }: ImportSession): PlanInput {
  return { sheets, answers, engagements, refused };
}

function labelOf({ files }: ImportSession): string {
  const [first] = files;
  const more = files.length - 1;
  return `Import of ${first?.name ?? 'files'}${more > 0 ? ` and ${more} more` : ''}`;
}

function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes); // tested in this line
}

/** The imports of one engine. */
export function openSessions(context: EngineContext): Sessions {
  const { host, view, feed, records } = context;
  const stored = openDraftStore(host);
  /** Whose imports these are, where not everyone sees everything. */
  const owner = (): string | undefined => (context === context.whole ? undefined : (context.settings().currentUser ?? undefined));
  const isOwn = (draft: ImportDraft): boolean => owner() === undefined || draft.owner === owner();
  const drafts: DraftStore = {
    ...stored,
    list: async () => (await stored.list()).filter(isOwn),
    load: async (sessionId) => {
      const draft = await stored.load(sessionId);
      return draft !== undefined && isOwn(draft) ? draft : undefined;
    },
  };
  const open = new Map<string, ImportSession>();
  const queues = new Map<string, Promise<unknown>>();
  let seq = 0;
  feed.subscribe(() => {
    seq += 1;
  });

  /** One thing at a time in each import. */
  const inTurn = <T>(sessionId: string, work: () => Promise<T>): Promise<T> => {
    const turn = (queues.get(sessionId) ?? Promise.resolve()).then(work, work);
    queues.set(
      sessionId,
      turn.catch(() => undefined),
    );
    return turn;
  };

  const plan = async (session: ImportSession, running: Running): Promise<void> => {
    const at = seq;
    session.plan = await planSet(inputOf(session), worldOf(context, view, running, 'Checking'));
    session.plannedAt = at;
  };

  const start = async (
    sessionId: string,
    files: readonly DroppedFile[],
    profile: string | undefined,
    running: Running,
  ): Promise<ImportSession> => {
    const { turn } = worldOf(context, view, running, 'Checking');
    const sheets = (await recogniseSet(await readDropped(host, files, running), turn)).map(choiceOf);
    const known = findProfile(view, sheets, profile);
    if (profile !== undefined && known === undefined)
      throw new AppError('not-found', `There is no import profile named “${profile}”. Leave it out, or choose another one.`);
    return {
      sessionId,
      files,
      state: 'ready',
      profile: known?.name,
      sheets: known === undefined ? sheets : applyProfile(sheets, known.name, known.profile),
      answers: new Map(),
      engagements: known?.profile.engagements ?? 'none',
      refused: new Map(),
      changes: [],
      plan: undefined,
      plannedAt: -1,
    };
  };

  const keep = async (session: ImportSession): Promise<void> => {
    if (session.files.reduce((sum, { bytes }) => sum + bytes.length, 0) > KEPT_BYTES) return;
    await drafts.save({
      sessionId: session.sessionId,
      savedAt: host.now(),
      owner: owner(),
      profile: session.profile,
      files: session.files,
      changes: session.changes,
    });
  };

  const admit = (session: ImportSession): void => {
    open.set(session.sessionId, session);
    for (const [id, other] of open) if (open.size > OPEN_SESSIONS && other.state !== 'committing') open.delete(id);
  };

  const restore = async (sessionId: string): Promise<ImportSession> => {
    const draft = await drafts.load(sessionId);
    if (draft === undefined) throw gone();
    const running = { signal: new AbortController().signal, progress: () => undefined };
    const session = await start(sessionId, draft.files, draft.profile, running);
    for (const change of draft.changes as readonly ImportChange[]) {
      // kept by `change` below after it was applied
      changeSession(session, change);
      session.changes.push(change);
    }
    await plan(session, running);
    admit(session);
    return session;
  };

  const get: Sessions['get'] = (sessionId) => inTurn(sessionId, async () => open.get(sessionId) ?? (await restore(sessionId)));

  const commitOnce = async (
    session: ImportSession,
    command: Omit<CommandMeta, 'label'>,
    running: Running,
    also: Parameters<Sessions['commit']>[3],
  ) => {
    for (let refusals = 0; ; refusals += 1) {
      try {
        return await records.run({ ...command, label: labelOf(session) }, async (draft) => {
          if (session.plan === undefined || session.plannedAt !== seq) await plan(session, running);
          if (session.plan === undefined) throw gone();
          const { turn } = worldOf(context, draft.view, running, 'Bringing in');
          const isFirst = FIRST_TIME.every((table) => draft.view.count(table) === 0);
          const committed = await commitPlan(
            { draft, batch: session.sessionId, turn, progress: running.progress },
            session.sheets,
            session.plan,
          );
          // who brings her first customers sees their health and risks at once (RSK-09); one undo takes these back too
          if (isFirst) addStarter(draft, context.settings().asOf);
          also?.(
            draft,
            committed,
            session.files.map(({ name }) => name),
          );
          return committed;
        });
      } catch (refusal) {
        const row = session.plan === undefined ? undefined : refusedRow(session.plan, refusal);
        if (row === undefined || refusals === REFUSALS || !(refusal instanceof AppError)) throw refusal;
        // the row is held back with the rule's reason, and the others go in
        session.refused.set(row, refusal.message);
        session.plan = undefined;
      }
    }
  };

  return {
    drafts,
    get,
    open: async (dropped, profile, engagements, into, accountId, running) => {
      const files = dropped.map(({ name, bytes }) => ({ name, bytes: ownBytes(bytes) }));
      const session = await start(host.newId(), files, profile, running);
      if (engagements !== undefined && session.profile === undefined && !session.sheets.some(({ into }) => into === 'engagement')) {
        // kept with the session's changes, so that a reload begins with it too
        changeSession(session, { engagements });
        session.changes.push({ engagements });
      }
      for (const { sheetId, into: found } of into === undefined ? [] : session.sheets) {
        if (found === into || (found !== undefined && session.sheets.length > 1)) continue;
        changeSession(session, { sheetId, into });
        session.changes.push({ sheetId, into });
      }
      const account = accountId === undefined ? undefined : view.get('account', accountId);
      if (account !== undefined) {
        const change = { account: account.number ?? account.name };
        changeSession(session, change);
        session.changes.push(change);
      }
      await plan(session, running);
      admit(session);
      await keep(session);
      return session;
    },
    change: async (sessionId, change, running) => {
      const session = await get(sessionId);
      return inTurn(sessionId, async () => {
        if (session.state !== 'ready')
          throw new AppError('validation', 'This import has gone in already. Drop the files again for another one.');
        changeSession(session, change);
        session.changes.push(change);
        await plan(session, running);
        await keep(session);
        return session;
      });
    },
    commit: async (sessionId, command, running, also) => {
      const session = await get(sessionId).catch(async (error: unknown) => {
        // a command that went in before its engine died is answered from the store, though its import is gone
        const { changeSetId, result } = await records.run<Committed>({ ...command, label: 'Import' }, () => {
          throw error instanceof Error ? error : gone();
        });
        return { changeSetId, ...result };
      });
      if ('changeSetId' in session) return session;
      return inTurn(sessionId, async () => {
        const before = session.state;
        session.state = 'committing';
        try {
          const { changeSetId, result } = await commitOnce(session, command, running, also);
          session.state = 'done';
          await drafts.remove(sessionId);
          return { changeSetId, ...result };
        } catch (error) {
          session.state = before === 'committing' ? 'ready' : before;
          throw error;
        }
      });
    },
    discard: async (sessionId) => {
      open.delete(sessionId);
      queues.delete(sessionId);
      await drafts.remove(sessionId);
    },
  };
}
