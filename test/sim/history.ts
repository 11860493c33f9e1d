import type { Answer, Intent } from '#shared/contract/sync-contract.ts';
import { sameValue } from '#shared/domain/validate/same-value.ts';
import type { StoredRecord } from '../../server/records/stored-record.ts';

/** An intent as the server keeps it, with its answer, in the order in which the server took it in. */
export type Taken = { readonly device: string; readonly user: string; readonly sent: Intent; readonly answer: Answer };

/** Fields that no rule sets, only people: what stands there at rest follows from the intents alone. */
const PLAIN: Readonly<Record<string, readonly string[]>> = {
  account: ['name'],
  engagement: ['title'],
  touchpoint: ['subject'],
  contact: ['name'],
};

/** Fields of which the server keeps what it has where the person had not seen it (S4, `review`). */
const REVIEWED: Readonly<Record<string, readonly string[]>> = { account: ['owner'], engagement: ['stage', 'csm'] };

/** Whether a reviewed field was ever set by someone who had seen another value than the one that was overwritten. */
export function checkReviews(taken: readonly Taken[]): readonly string[] {
  const values = new Map<string, unknown>();
  return taken.flatMap(({ sent, answer }) => {
    if (answer.outcome !== 'applied' && answer.outcome !== 'merged') return [];
    return sent.operations.flatMap((operation) => {
      if (operation.action !== 'create' && operation.action !== 'update') return [];
      const given = operation.action === 'create' ? operation.values : operation.patch;
      return (REVIEWED[operation.table] ?? []).flatMap((field) => {
        const at = `${operation.table}/${operation.id}.${field}`;
        const is = given[field] ?? undefined;
        const was = values.get(at);
        if (operation.action === 'create' || Object.hasOwn(given, field)) values.set(at, is);
        if (operation.action === 'create' || !Object.hasOwn(given, field)) return [];
        const saw = operation.base.fields[field] ?? undefined;
        if (sameValue(was, saw) || sameValue(was, is)) return [];
        return [`${at} was ${JSON.stringify(was)} when someone who saw ${JSON.stringify(saw)} set it to ${JSON.stringify(is)}`];
      });
    });
  });
}

type Write = { readonly value: unknown; readonly isCertain: boolean };

/**
 * Whether every accepted deed shows (S3, S4): a plain field holds what was written to it last, by the server's order; a note that came in stands there
 * once; what was made is there until it is deleted.
 */
export function checkHistory(taken: readonly Taken[], records: readonly StoredRecord[]): readonly string[] {
  const problems: string[] = [];
  const byKey = new Map(records.map((record) => [`${record.table}/${record.id}`, record]));
  const writes = new Map<string, Write[]>();
  const notes = new Map<string, string[]>();
  const deleted = new Set<string>();
  const made = new Set<string>();
  for (const { sent, answer } of taken) {
    if (answer.outcome === 'refused') continue;
    const isCertain = answer.outcome === 'applied' || answer.outcome === 'merged';
    for (const operation of sent.operations) {
      const key = `${operation.table}/${operation.id}`;
      if (operation.action === 'delete') deleted.add(key);
      if (operation.action === 'create' && isCertain) made.add(key);
      if (operation.action !== 'create' && operation.action !== 'update') continue;
      const values = operation.action === 'create' ? operation.values : operation.patch;
      for (const field of PLAIN[operation.table] ?? []) {
        // what is sent as the person saw it is no change of theirs
        if (!Object.hasOwn(values, field) || (operation.action === 'update' && sameValue(operation.base.fields[field], values[field])))
          continue;
        const at = `${key}.${field}`;
        writes.set(at, [...(writes.get(at) ?? []), { value: values[field], isCertain }]);
      }
      const note = isCertain && operation.action === 'update' ? addedNote(values['workNotes']) : undefined;
      if (note !== undefined) notes.set(key, [...(notes.get(key) ?? []), note]);
    }
  }
  for (const key of made)
    if (!deleted.has(key) && !byKey.get(key)?.row && !goesWithParent(key)) problems.push(`${key} was made and is not there`);
  for (const [at, all] of writes) {
    const [key = '', field = ''] = at.split('.');
    const row = byKey.get(key)?.row;
    if (row === undefined) continue;
    const last = all.findLastIndex(({ isCertain }) => isCertain);
    const allowed = all.slice(Math.max(0, last));
    if (!allowed.some(({ value }) => sameValue(value, row[field])))
      problems.push(`${at} is ${JSON.stringify(row[field])}; last written: ${JSON.stringify(allowed.map(({ value }) => value))}`);
  }
  for (const [key, texts] of notes) {
    const row = byKey.get(key)?.row;
    if (row === undefined) continue;
    const entries: readonly unknown[] = Array.isArray(row['workNotes']) ? row['workNotes'] : [];
    for (const text of texts) {
      const count = entries.filter((entry) => typeof entry === 'object' && entry !== null && 'text' in entry && entry.text === text).length;
      if (count !== texts.filter((one) => one === text).length) problems.push(`${key} has the note ${text} ${count} times`);
    }
  }
  return problems;
}

/** What belongs to something else may have gone with it. */
function goesWithParent(key: string): boolean {
  return !key.startsWith('account/');
}

function addedNote(patch: unknown): string | undefined {
  if (typeof patch !== 'object' || patch === null || !('add' in patch) || !Array.isArray(patch.add)) return undefined;
  const [entry] = patch.add as readonly { readonly text?: unknown }[]; // a journal's patch
  return typeof entry?.text === 'string' ? entry.text : undefined;
}
