import type { Answer, Intent } from '#shared/contract/sync-contract.ts';
import { intentSchema } from '#shared/contract/sync-contract.ts';
import { isTableName } from '#shared/model/dictionary.ts';
import { referringFields } from '#shared/model/links.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import type { Author } from '../records/author.ts';
import { numberFor } from '../records/number-for.ts';
import type { RecordCache } from '../records/record-cache.ts';

/** What a push sends, before it is read: only its place and ID are known to be there. */
export type SentIntent = { readonly seq: number; readonly id: string; readonly [key: string]: unknown };

/** An intent that was read once, before its turn came: what it asks for or why it cannot be read, and its own text to keep. */
export type ReadIntent = {
  readonly seq: number;
  readonly id: string;
  readonly intent: Intent | undefined;
  readonly malformed: Answer | undefined;
  readonly text: string;
};

/** A push that has been read and waits for its turn. */
export type ReadPush = {
  readonly tenant: string;
  readonly author: Author;
  /** Absent: an administrator at the command line. */
  readonly device: string | undefined;
  /** The restore epoch that the device knows; absent where it did not say so. */
  readonly epoch?: string | undefined;
  readonly intents: readonly ReadIntent[];
  readonly deletionsConfirmed: boolean;
};

/** Reads what a push sends. */
export function readIntents(sent: readonly SentIntent[]): readonly ReadIntent[] {
  return sent.map((one) => {
    const { success, data, error } = intentSchema.safeParse(one);
    const { seq, id } = one;
    return { seq, id, intent: data, malformed: success ? undefined : malformed(one, error.issues[0]), text: JSON.stringify(one) };
  });
}

function malformed(
  { seq, id }: SentIntent,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): Answer {
  const where = issue?.path.map(String).join('.') ?? '';
  const message = `This change could not be read${where === '' ? '' : ` (${where})`}. Update Satchel, or write it anew.`;
  return { seq, id, outcome: 'refused', error: { code: 'contract', message, details: {}, retryable: false } };
}

/** Asks a cache for what intents name, so that it is loaded at once and not found wanting one after the other. */
export function touchNamed(cache: Pick<RecordCache, 'stored' | 'view'>, intents: readonly ReadIntent[]): void {
  for (const { intent } of intents)
    for (const operation of intent?.operations ?? []) {
      const { table, id } = operation;
      if (!isTableName(table)) continue;
      cache.stored(table, id);
      if (operation.action !== 'create') continue;
      numberFor(cache.view, table, id, operation.number);
      for (const [name, field] of referringFields(table))
        for (const ref of refsIn(field, operation.values[name])) cache.stored(ref.table, ref.id);
    }
}
