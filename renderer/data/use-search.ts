import { useEffect, useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { AppError } from '#shared/errors/app-error.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { useAccess } from './client-provider.tsx';
import { asAppError } from './use-command.ts';

export type SearchAnswer = Output<'search.find'>;
type Asked = { readonly text: string; readonly table?: TableName | undefined; readonly limit: number };
type Answered = { readonly key: string; readonly answer?: SearchAnswer; readonly error?: AppError };

/** How long typing pauses before something is looked for, and before an index that is being made is asked again. */
const PAUSE_MS = 60;
const AGAIN_MS = 300;

/**
 * Search over all records while a person types. `looking` while the answer to what stands there now is due; the answer before stays
 * until then. While the index is still being made the question is asked again by itself.
 */
export function useSearch({ text, table, limit }: Asked): {
  readonly answer: SearchAnswer | undefined;
  readonly error: AppError | undefined;
  readonly looking: boolean;
} {
  const { client } = useAccess();
  const [answered, setAnswered] = useState<Answered>({ key: '' });
  const [round, setRound] = useState(0);
  const asked = text.trim();
  const key = asked === '' ? '' : JSON.stringify([asked, table, limit]);
  useEffect(() => {
    if (key === '') return undefined;
    let dropped = false;
    const timers: ReturnType<typeof setTimeout>[] = [];
    const take = (next: Answered) => {
      if (dropped) return;
      setAnswered(next);
      if (next.answer?.complete === false) timers.push(setTimeout(() => setRound((before) => before + 1), AGAIN_MS));
    };
    const ask = () =>
      client.call('search.find', { text: asked, limit, ...(table === undefined ? {} : { tables: [table] }) }).then(
        (answer) => take({ key, answer }),
        (thrown: unknown) => take({ key, error: asAppError(thrown) }),
      );
    timers.push(setTimeout(() => void ask(), PAUSE_MS));
    return () => {
      dropped = true;
      for (const timer of timers) clearTimeout(timer);
    };
  }, [client, key, asked, table, limit, round]);
  if (key === '') return { answer: undefined, error: undefined, looking: false };
  return { answer: answered.answer, error: answered.key === key ? answered.error : undefined, looking: answered.key !== key };
}
