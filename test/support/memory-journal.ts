// A journal for tests, as Electron's main process keeps one on disk.
import type { Journal, JournalRecord } from '#engine/host/host.ts';
import { AppError } from '#shared/errors/app-error.ts';

export type MemoryJournal = Journal & {
  readonly entries: JournalRecord[];
  readonly snapshots: () => number;
  /** From now on writing fails with this code; undefined: works again. */
  readonly failWith: (code: 'quota' | 'storage' | undefined) => void;
  /** Changes the bytes of what `recover` will answer. */
  readonly damage: (change: (snapshot: Uint8Array | undefined, entries: JournalRecord[]) => void) => void;
};

export function memoryJournal(): MemoryJournal {
  let snapshot: { readonly seq: number; readonly bytes: Uint8Array } | undefined;
  let failing: 'quota' | 'storage' | undefined;
  let snapshots = 0;
  const entries: JournalRecord[] = [];
  const lastSeq = () => Math.max(entries.at(-1)?.seq ?? 0, snapshot?.seq ?? 0);
  const refuse = () => {
    if (failing !== undefined) throw new AppError(failing, 'told to fail');
  };
  return {
    entries,
    snapshots: () => snapshots,
    failWith: (code) => {
      failing = code;
    },
    damage: (change) => change(snapshot?.bytes, entries),
    lastSeq: () => Promise.resolve(lastSeq()),
    append: async ({ seq, changeSet }) => {
      await Promise.resolve();
      refuse();
      if (seq !== lastSeq() + 1) throw new AppError('conflict', `entry ${seq} does not follow ${lastSeq()}`);
      entries.push({ seq, changeSet: changeSet.slice() });
    },
    snapshot: async (seq, chunks) => {
      const parts: Uint8Array[] = [];
      for await (const chunk of chunks) {
        refuse();
        parts.push(chunk.slice());
      }
      refuse();
      snapshot = { seq, bytes: new Uint8Array(parts.flatMap((part) => [...part])) };
      snapshots += 1;
      entries.splice(0, entries.length, ...entries.filter((entry) => entry.seq > seq));
    },
    erase: async () => {
      refuse();
      entries.length = 0;
      snapshot = undefined;
    },
    recover: () =>
      Promise.resolve(
        snapshot === undefined && entries.length === 0
          ? undefined
          : { snapshot: snapshot?.bytes, snapshotSeq: snapshot?.seq ?? 0, entries: [...entries] },
      ),
  };
}
