import { Button } from '@mantine/core';
import { useId } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { DeedWords } from './deed-words.tsx';
import type { Refused } from './sync-types.ts';
import names from './sync.module.css';
import { ValueText } from './value-text.tsx';

type Props = {
  readonly deed: Refused;
  readonly when: string;
  readonly isBusy: boolean;
  readonly onEdit: (() => void) | undefined;
  readonly onRetry: () => void;
  readonly onDiscard: () => void;
};

/** What the central store did not take: why, the person's own text, and what can be done. */
export function RefusedCard({ deed, when, isBusy, onEdit, onRetry, onDiscard }: Props) {
  const { reason, fields, records, recordCount } = deed;
  const heading = useId();
  const isMany = recordCount > 1;
  const titleOf = (id: string) => records.find((record) => record.id === id)?.title;
  return (
    <article aria-labelledby={heading} className={names.card}>
      <header className={names.head}>
        <h2 id={heading}>
          <DeedWords deed={deed} />
        </h2>
        <span className={names.time}>{when}</span>
      </header>
      <div className={names.item}>
        <div className={names.reason}>
          <Icon name="risks" />
          <div>
            <p>{reason.message}</p>
            {reason.wayOut !== undefined && <p className={names.way}>{reason.wayOut}</p>}
          </div>
        </div>
        {fields.length > 0 && (
          <dl className={names.fields} aria-label="What you had written">
            {fields.map(({ table, id, field, label, text, value }) => (
              <div key={`${id} ${field}`} className={names.field} data-refused={field === reason.field || undefined}>
                <dt>
                  {label}
                  {isMany && titleOf(id) !== undefined && ` · ${titleOf(id) ?? ''}`}
                </dt>
                <dd>
                  {text === '' ? (
                    <span className={names.empty}>emptied</span>
                  ) : (
                    <ValueText table={table} field={field} text={text} value={value} />
                  )}
                </dd>
              </div>
            ))}
          </dl>
        )}
        <div className={names.buttons}>
          {onEdit && (
            <Button variant="filled" disabled={isBusy} onClick={onEdit}>
              Edit
            </Button>
          )}
          <Button disabled={isBusy} onClick={onRetry}>
            Try again
          </Button>
          <Button disabled={isBusy} onClick={onDiscard}>
            Discard…
          </Button>
        </div>
      </div>
    </article>
  );
}
