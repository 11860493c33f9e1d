import { Button } from '@mantine/core';
import type { ErrorDetails } from '#shared/errors/app-error.ts';
import { Icon } from './icon.tsx';
import names from './states.module.css';

/** The parts of an error that a person reads. */
export type FailureLike = { readonly message: string; readonly details?: ErrorDetails };

type Props = { readonly failure: FailureLike; readonly onRetry?: () => void; readonly onOpen?: (table: string, id: string) => void };

/** What went wrong, the way out, and the records that stand in the way. */
export function Failure({ failure, onRetry, onOpen }: Props) {
  const { wayOut, blocking = [] } = failure.details ?? {};
  return (
    <div role="alert" className={names.failure}>
      <Icon name="risks" />
      <div>
        <p>{failure.message}</p>
        {wayOut !== undefined && <p className={names.wayOut}>{wayOut}</p>}
        {blocking.length > 0 && (
          <ul className={names.blocking}>
            {blocking.map((record) => (
              <li key={record.id}>
                {onOpen === undefined ? (
                  record.label
                ) : (
                  <button type="button" className={names.linkButton} onClick={() => onOpen(record.table, record.id)}>
                    {record.label}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
        {onRetry !== undefined && (
          <Button mt={6} onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
