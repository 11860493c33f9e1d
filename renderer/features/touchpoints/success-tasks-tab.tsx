import { Button } from '@mantine/core';
import { refTo } from '#shared/model/any-reference.ts';
import { successTask } from '#shared/model/tables/success-case.ts';
import { useLive } from '../../data/use-live.ts';
import { useMay } from '../../data/use-me.ts';
import { newRecordAddress, recordAddress } from '../../state/addresses.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatNumber } from '../../ui/format.ts';
import { plainText } from '../../ui/record-form/plain-text.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useChoiceNames } from '../common/choice-name.tsx';
import type { TabTouchpoint } from './touchpoint-tabs.ts';
import names from './touchpoints.module.css';

const MOST = 200;

/** TCH-01: the success tasks of a touchpoint; one that has ended takes no new ones. */
export function SuccessTasksTab({ touchpoint: { id, label, hasEnded } }: { touchpoint: TabTouchpoint }) {
  const parent = refTo('touchpoint', id);
  const { data, error } = useLive('records.list', {
    table: 'successTask',
    condition: { field: 'parent', op: 'is', value: parent },
    sort: [{ field: 'createdAt', direction: 'up' }],
    window: { offset: 0, limit: MOST },
  });
  const named = useChoiceNames();
  const may = useMay();
  const mayAdd = !hasEnded && may('successTask', 'create');
  const add = mayAdd && (
    <Button
      size="compact-xs"
      component="a"
      aria-label="New success task"
      href={newRecordAddress('successTask', { parent }, { [parent]: label })}
    >
      New
    </Button>
  );
  return (
    <Section title="Success tasks" note={data && formatNumber(data.total, 0)} actions={add} level={3}>
      {error && !data && <Failure failure={error} />}
      {!data && !error && <SkeletonLines label="Loading success tasks" lines={3} />}
      {data?.total === 0 && (
        <EmptyState icon="check" title="No success tasks">
          {hasEnded ? 'The touchpoint has ended.' : 'What is agreed in a meeting becomes one, or New makes one.'}
        </EmptyState>
      )}
      <ul>
        {data?.rows.map(({ row }) => {
          const assignee = data.refs[plainText(row['assignedTo'])]?.label;
          const due = plainText(row['dueDate']);
          return (
            <li key={row.id} className={names.task}>
              <a href={recordAddress('successTask', row.id)}>{plainText(row['subject'])}</a>
              <span className={names.quiet}>
                {[named(successTask.fields.state, row['state']), assignee, due === '' ? '' : `due ${formatDate(due)}`]
                  .filter((part) => part !== undefined && part !== '')
                  .join(' · ')}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
