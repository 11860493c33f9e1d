import { Button } from '@mantine/core';
import { useCommand } from '../../data/use-command.ts';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { SyncStatus } from './sync-types.ts';
import { deletionWords } from './sync-words.ts';
import names from './sync.module.css';

/** S12: so much is to be deleted that a person has to say whether it is meant. */
export function DeletionQuestion({ deletions }: { readonly deletions: NonNullable<SyncStatus['deletions']> }) {
  const { run, error, busy } = useCommand('sync.confirmDeletions');
  const { title, text, yes, no } = deletionWords(deletions);
  return (
    <section className={names.note} aria-label="A question before much is deleted">
      <Icon name="trash" />
      <div>
        <p>{title}</p>
        <p>{text}</p>
        {error && <Failure failure={error} />}
        <div className={names.buttons}>
          <Button variant="filled" color="red.8" autoContrast={false} disabled={busy} onClick={() => run({ agree: true })}>
            {yes}
          </Button>
          <Button disabled={busy} onClick={() => run({ agree: false })}>
            {no}
          </Button>
        </div>
      </div>
    </section>
  );
}
