import { Button } from '@mantine/core';
import { useState } from 'react';
import type { TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Discussion } from './discussion.tsx';
import names from './discussions.module.css';
import { NewDiscussion } from './new-discussion.tsx';

type Props = { readonly table: TableName; readonly id: string; readonly label: string };

/** Conversations of chosen people about this record. */
export function Discussions({ table, id, label }: Props) {
  const { data, error } = useLive('discussions.list', { table, id });
  const [starting, setStarting] = useState(false);
  if (error && !data) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label="Loading discussions" lines={5} />;
  const none = data.discussions.length === 0;
  return (
    <>
      <p className={names.hint}>
        <Icon name="lock" size={12} /> Discussions are internal: the customer never sees them.
      </p>
      {starting ? (
        <NewDiscussion table={table} id={id} label={label} onDone={() => setStarting(false)} />
      ) : (
        <div>
          <Button leftSection={<Icon name="plus" size={13} />} onClick={() => setStarting(true)}>
            Start a discussion
          </Button>
        </div>
      )}
      {none && !starting && (
        <EmptyState icon="chat" title="Nothing is being discussed">
          Ask the people that you need; what comes of it is kept as a work note.
        </EmptyState>
      )}
      {data.discussions.map((one) => (
        <Discussion key={one.id} discussion={one} refs={data.refs} openFirst={!one.resolved} />
      ))}
    </>
  );
}
