import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { PlaybookDefinition } from '#shared/domain/playbooks/definition.ts';
import type { PlayEvent } from '#shared/domain/playbooks/events.ts';
import { planOf } from '#shared/domain/playbooks/plan.ts';
import { isOpen, NO_FACTS, progressOf, type ActivityProgress } from '#shared/domain/playbooks/progress.ts';
import { Icon } from '../../../ui/icon.tsx';
import { STATE_WORDS } from '../activity-words.ts';
import names from '../player.module.css';

/** Walks the steps without any record: what begins after what, where a decision leads. */
export function TryOut({ definition }: { readonly definition: PlaybookDefinition }) {
  const [events, setEvents] = useState<readonly PlayEvent[]>([]);
  const { activities, complete } = progressOf(planOf(definition), NO_FACTS, events);
  const add = (kind: 'completed' | 'skipped', activity: string, option?: string) =>
    setEvents((before) => [
      ...before,
      {
        id: `t${before.length}`,
        stamp: String(before.length).padStart(6, '0'),
        at: '2000-01-01T00:00:00.000Z',
        by: 'try-out',
        kind,
        activity,
        ...(option === undefined ? {} : { detail: { input: { option } } }),
      },
    ]);
  const act = ({ activity, state }: ActivityProgress) => {
    if (!isOpen(state)) return null;
    if (activity.kind === 'decision')
      return (
        <NativeSelect
          size="xs"
          aria-label={activity.question}
          value=""
          data={[{ value: '', label: 'Answer…' }, ...activity.options.map(({ key, label }) => ({ value: key, label }))]}
          onChange={(event) => add('completed', activity.key, event.currentTarget.value)}
        />
      );
    return (
      <>
        <Button size="compact-xs" aria-label={`Complete ${activity.label}`} onClick={() => add('completed', activity.key)}>
          Complete
        </Button>
        {(activity.optional || activity.skippable) && (
          <Button size="compact-xs" aria-label={`Skip ${activity.label}`} onClick={() => add('skipped', activity.key)}>
            Skip
          </Button>
        )}
      </>
    );
  };
  return (
    <>
      <p className={names.quiet}>
        {complete ? 'Everything is done.' : 'Nothing of this is kept. Conditions and open tasks are taken as if they held nothing up.'}{' '}
        {events.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => setEvents([])}>
            Begin anew
          </Button>
        )}
      </p>
      <ol className={names.entries} aria-label="Try-out">
        {activities.map((one) => (
          <li key={one.activity.key}>
            <Icon name={STATE_WORDS[one.state].icon} size={12} />
            <span>{one.activity.label}</span>
            <span className={names.quiet}>{STATE_WORDS[one.state].label}</span>
            {act(one)}
          </li>
        ))}
      </ol>
    </>
  );
}
