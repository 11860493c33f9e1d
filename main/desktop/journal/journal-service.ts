import { z } from 'zod';
import {
  fileCallSchema,
  journalCallSchema,
  type FileAnswer,
  type FileCall,
  type JournalAnswer,
  type JournalCall,
  type JournalReply,
  type RecoveryPart,
} from '#shared/contract/journal-protocol.ts';
import { centralCallSchema } from '#shared/contract/central-protocol.ts';
import { reminderCallSchema, type ReminderCall, type ReminderMessage } from '#shared/contract/reminder-protocol.ts';
import type { Port } from '#shared/contract/port.ts';
import { AppError, toErrorShape } from '#shared/errors/app-error.ts';
import type { CentralService } from '../central/central-service.ts';
import type { OpenJournal } from './journal.ts';
import type { Recovery } from './recovery.ts';
import type { SnapshotWriter } from './snapshots.ts';

export type JournalServiceOptions = {
  /** Called before an entry or a snapshot is answered: from now on there is a store that must not be taken for new. */
  readonly storeExists: () => Promise<void>;
  /** Removes all that main keeps of the workspace (S15); answers the empty journal that there is then. */
  readonly erase: () => Promise<OpenJournal>;
  /** Does what the engine asks about the bytes of attachments, which come over the same port. */
  readonly files: (call: FileCall) => Promise<FileAnswer>;
  /** Shows a reminder, unless it was shown. */
  readonly remind: (reminder: ReminderMessage) => Promise<void>;
  /** What the engine asks about the central store and about secrets. */
  readonly central: CentralService;
  /** A call that did not fit the protocol, a refusal or a failing disk; codes only. */
  readonly report: (event: string, code: string) => void;
};

/** Entries go over the port in groups of about this many bytes. */
const PART_BYTES = 1024 * 1024;

function* partsOf(recovery: Recovery): Generator<RecoveryPart, void, void> {
  for (const bytes of recovery.snapshot ?? []) yield { part: 'snapshot', bytes };
  let entries: { seq: number; changeSet: Uint8Array }[] = [];
  let size = 0;
  for (const { seq, payload } of recovery.entries) {
    entries.push({ seq, changeSet: payload });
    size += payload.length;
    if (size < PART_BYTES) continue;
    yield { part: 'entries', entries };
    entries = [];
    size = 0;
  }
  if (entries.length > 0) yield { part: 'entries', entries };
}

/** Who asks about the central store what does not fit is told so, rather than left to wait: part of it comes from people. */
const centralAsk = z.looseObject({ id: z.number().int().nonnegative(), call: z.string().regex(/^(net|key|mail)[A-Z]/) });

const outOfTurn = () => new AppError('contract', 'The journal was asked out of turn. Nothing was written.');

/** Answers an engine's calls. One service per port; the engine that was started last is the only one that has a live port. */
export function serveJournal(port: Port, opened: OpenJournal, options: JournalServiceOptions): void {
  let journal = opened;
  let snapshot: SnapshotWriter | undefined;
  let parts: Iterator<RecoveryPart> | undefined;

  const dropSnapshot = async (): Promise<void> => {
    const unfinished = snapshot;
    snapshot = undefined;
    await unfinished?.abort();
  };

  const recoverBegin = async (): Promise<JournalAnswer> => {
    const recovery = await journal.recover();
    if (recovery === undefined) return { found: false, hasSnapshot: false, snapshotSeq: 0 };
    parts = partsOf(recovery);
    const note = [journal.note, ...recovery.notes].filter((text) => text !== undefined).join(' ');
    const head = { found: true, hasSnapshot: recovery.snapshot !== undefined, snapshotSeq: recovery.snapshotSeq };
    return note === '' ? head : { ...head, note };
  };

  const recoverNext = (): JournalAnswer => {
    if (parts === undefined) throw outOfTurn();
    const next = parts.next();
    if (next.done !== true) return next.value;
    parts = undefined;
    return { part: 'end' };
  };

  const answer = async (call: JournalCall): Promise<JournalAnswer> => {
    switch (call.call) {
      case 'lastSeq':
        // an engine that ended a moment ago may have left an entry half-way
        await journal.settled();
        return journal.lastSeq();
      case 'append':
        await options.storeExists();
        await journal.append({ seq: call.seq, payload: call.changeSet });
        return null;
      case 'snapshotBegin':
        await dropSnapshot();
        await options.storeExists();
        snapshot = await journal.beginSnapshot(call.seq);
        return null;
      case 'snapshotChunk':
        if (snapshot === undefined) throw outOfTurn();
        await snapshot.chunk(call.bytes);
        return null;
      case 'snapshotEnd':
        if (snapshot === undefined) throw outOfTurn();
        await snapshot.end();
        snapshot = undefined;
        return null;
      case 'snapshotAbort':
        await dropSnapshot();
        return null;
      case 'recoverBegin':
        return recoverBegin();
      case 'recoverNext':
        return recoverNext();
      case 'erase':
        await dropSnapshot();
        parts = undefined;
        journal = await options.erase();
        return null;
    }
  };

  const failed = async ({ id, call }: JournalCall | FileCall, thrown: unknown): Promise<JournalReply> => {
    const error = toErrorShape(thrown);
    options.report('journal-refused', error.code);
    // a snapshot that could not be written in full is worth nothing
    if (call.startsWith('snapshot')) await dropSnapshot().catch(() => undefined);
    return { id, error };
  };

  const settle = (call: JournalCall | FileCall, work: Promise<JournalAnswer | FileAnswer>): void =>
    void work
      .then((ok): JournalReply => ({ id: call.id, ok }))
      .catch((thrown: unknown) => failed(call, thrown))
      .then((reply) => port.post(reply));
  const remind = ({ id, reminder }: ReminderCall): void =>
    void options
      .remind(reminder)
      .then((): JournalReply => ({ id, ok: null }))
      .catch((thrown: unknown): JournalReply => ({ id, error: toErrorShape(thrown) }))
      .then((reply) => port.post(reply));
  const receive = (data: unknown): void => {
    const journalCall = journalCallSchema.safeParse(data);
    if (journalCall.success) return settle(journalCall.data, answer(journalCall.data));
    const fileCall = fileCallSchema.safeParse(data);
    if (fileCall.success) return settle(fileCall.data, options.files(fileCall.data));
    const reminderCall = reminderCallSchema.safeParse(data);
    if (reminderCall.success) return remind(reminderCall.data);
    const centralCall = centralCallSchema.safeParse(data);
    if (centralCall.success) return options.central.take(centralCall.data, (reply) => port.post(reply));
    options.report('journal-call-malformed', 'contract');
    const { id } = centralAsk.safeParse(data).data ?? {};
    if (id !== undefined) port.post({ id, error: toErrorShape(new AppError('contract', 'This cannot be asked.')) } satisfies JournalReply);
  };
  port.open(receive, () => {
    options.central.stop();
    void dropSnapshot().catch(() => undefined);
  });
}
