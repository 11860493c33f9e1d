import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { tableOf } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { activityAddress } from '../../state/addresses.ts';
import { useScreen } from '../../state/screen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatDistance, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { STATE_WORDS } from './activity-words.ts';
import names from './player.module.css';

const AT_ONCE = 200;

/** All open activities of the person, over all playbooks, by due date (PLY-08). */
export function MyWorkScreen() {
  const heading = useScreen('My work');
  const [limit, setLimit] = useState(AT_ONCE);
  const { data, error } = useLive('playbooks.mine', { limit });
  const today = useWorkspace()?.today;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [left, setLeft] = useState<readonly string[]>([]);
  const completing = useCommand('playbooks.completeMany');
  const { toastSaved } = useUndo();
  const lines = (data?.activities ?? []).map((line) => ({ ...line, key: `${line.run} ${line.activity}` }));
  const able = lines.filter(({ bulk }) => bulk);
  const taken = able.filter(({ key }) => chosen.has(key));
  const complete = () =>
    completing.run({ items: taken.map(({ run, activity }) => ({ run, activity })) }, ({ changeSetId, completed, refused }) => {
      setChosen(new Set());
      setLeft(refused.map(({ message }) => message));
      toastSaved(`${plural(completed, 'activity', 'activities')} done`, changeSetId);
    });
  const toggle = (key: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, key] : [...before].filter((one) => one !== key)));
  return (
    <Page
      title="My work"
      headingRef={heading}
      note={
        data && data.overdue > 0 ? (
          <span className={names.overdue}>{plural(data.overdue, 'activity', 'activities')} overdue</span>
        ) : undefined
      }
      actions={
        able.length > 0 && (
          <Button disabled={taken.length === 0} loading={completing.busy} onClick={complete}>
            {taken.length === 0 ? 'Complete' : `Complete ${taken.length}`}
          </Button>
        )
      }
    >
      {error && <Failure failure={error} />}
      {completing.error && <Failure failure={completing.error} />}
      {left.length > 0 && <p role="status">{left.join(' ')}</p>}
      {!data && !error && <SkeletonLines label="Loading your work" lines={8} />}
      {data && lines.length === 0 && (
        <EmptyState title="Nothing waits for you">Open activities of playbooks that fall to you stand here, what is due first.</EmptyState>
      )}
      {data && lines.length > 0 && (
        <Section title={plural(data.total, 'activity', 'activities')} flush>
          <div className={names.scroll} role="region" aria-label="My activities" tabIndex={0}>
            <table className={names.table}>
              <thead>
                <tr>
                  <th scope="col">
                    <Checkbox
                      aria-label="Choose all that can be completed together"
                      checked={able.length > 0 && taken.length === able.length}
                      disabled={able.length === 0}
                      onChange={(event) => setChosen(new Set(event.currentTarget.checked ? able.map(({ key }) => key) : []))}
                    />
                  </th>
                  <th scope="col">Activity</th>
                  <th scope="col">Record</th>
                  <th scope="col">Playbook</th>
                  <th scope="col">State</th>
                  <th scope="col">Due</th>
                </tr>
              </thead>
              <tbody>
                {lines.map(({ key, run, activity, label, record, playbook, stage, state, dueOn, bulk }) => (
                  <tr key={key}>
                    <td>
                      {bulk && (
                        <Checkbox
                          aria-label={`Choose ${label} of ${record.label}`}
                          checked={chosen.has(key)}
                          onChange={(event) => toggle(key, event.currentTarget.checked)}
                        />
                      )}
                    </td>
                    <th scope="row">
                      <a href={activityAddress(record.table, record.id, run, activity)}>{label}</a>
                    </th>
                    <td>
                      {record.label} <span className={names.quiet}>{tableOf(record.table).label}</span>
                    </td>
                    <td>
                      {playbook} <span className={names.quiet}>{stage}</span>
                    </td>
                    <td>
                      <Icon name={STATE_WORDS[state].icon} size={12} /> {STATE_WORDS[state].label}
                    </td>
                    <td>
                      {dueOn !== undefined && today !== undefined && (
                        <span className={dueOn < today ? names.overdue : undefined}>
                          {formatDate(dueOn)}, {formatDistance(dueOn, today)}
                        </span>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {data.total > lines.length && (
            <Button variant="subtle" onClick={() => setLimit(limit + AT_ONCE)}>
              Show more
            </Button>
          )}
        </Section>
      )}
    </Page>
  );
}
