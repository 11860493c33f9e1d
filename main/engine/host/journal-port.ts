import type { RecoveryHead, RecoveryPart } from '#shared/contract/journal-protocol.ts';
import type { Journal, JournalRecord, JournalRecovery } from './host.ts';
import { callMain, type AskMain, type MainPort } from './main-calls.ts';

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function recovered(ask: AskMain): Promise<JournalRecovery | undefined> {
  // answers are typed by their calls, in main/desktop/journal
  const head = (await ask({ call: 'recoverBegin' })) as RecoveryHead;
  if (!head.found) return undefined;
  const parts: Uint8Array[] = [];
  const entries: JournalRecord[] = [];
  for (;;) {
    const next = (await ask({ call: 'recoverNext' })) as RecoveryPart;
    if (next.part === 'end') break;
    if (next.part === 'snapshot') parts.push(next.bytes);
    else entries.push(...next.entries);
  }
  return {
    snapshot: head.hasSnapshot ? join(parts) : undefined,
    snapshotSeq: head.snapshotSeq,
    entries,
    ...(head.note === undefined ? {} : { note: head.note }),
  };
}

/** The journal behind a port that Electron's main process handed over (`journal-port`). */
export function journalOverPort(port: MainPort): Journal {
  return journalOf(callMain(port));
}

/** The journal, asked of main. */
export function journalOf(ask: AskMain): Journal {
  return {
    // answers are typed by their calls, in main/desktop/journal
    lastSeq: async () => (await ask({ call: 'lastSeq' })) as number,
    append: async ({ seq, changeSet }) => void (await ask({ call: 'append', seq, changeSet })),
    snapshot: async (seq, chunks) => {
      await ask({ call: 'snapshotBegin', seq });
      try {
        for await (const bytes of chunks) await ask({ call: 'snapshotChunk', bytes });
      } catch (error) {
        await ask({ call: 'snapshotAbort' });
        throw error;
      }
      await ask({ call: 'snapshotEnd' });
    },
    recover: () => recovered(ask),
    erase: async () => void (await ask({ call: 'erase' })),
  };
}
