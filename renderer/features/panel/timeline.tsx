import { Button, Menu, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { recordAddress } from '../../state/addresses.ts';
import { useLayout } from '../../state/layout.ts';
import { recordIcon } from '../../state/record-icons.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './timeline.module.css';

const STEP = 40;
const MOST = 1000;

type Props = { readonly table: 'engagement' | 'account'; readonly id: string };

/** WSP-09: what happened with a customer over all kinds of records, searched, sorted, narrowed to kinds. */
export function Timeline({ table, id }: Props) {
  const { timelineHidden: hidden, setTimelineHidden } = useLayout();
  const [search, setSearch] = useState('');
  const [oldestFirst, setOldestFirst] = useState(false);
  const [limit, setLimit] = useState(STEP);
  const all = useLive('timeline.list', { table, id, limit: 1 }).data?.types;
  const shown = all?.filter(({ key }) => !hidden.includes(key)).map(({ key }) => key);
  const { data, error } = useLive('timeline.list', {
    table,
    id,
    limit,
    oldestFirst,
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    ...(hidden.length === 0 || shown === undefined ? {} : { types: shown }),
  });
  const { run, error: refused } = useCommand('timeline.customise');
  const labels = new Map(data?.types.map(({ key, label }) => [key, label]));
  const months = Map.groupBy(data?.items ?? [], ({ date }) => date.slice(0, 7));
  const toggle = (key: string) => setTimelineHidden(hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key]);
  const failure = error ?? refused;
  return (
    <>
      <div className={names.tools}>
        <TextInput
          aria-label="Search the timeline"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className={names.search ?? ''}
        />
        <IconButton
          icon={oldestFirst ? 'arrowUp' : 'arrowDown'}
          label={oldestFirst ? 'Oldest first' : 'Newest first'}
          variant="default"
          size={30}
          onClick={() => setOldestFirst(!oldestFirst)}
        />
        <Menu position="bottom-end" width={270} closeOnItemClick={false}>
          <Menu.Target>
            <Button leftSection={<Icon name="filter" size={14} />}>
              {hidden.length === 0 ? 'All types' : `${formatNumber(shown?.length ?? 0, 0)} types`}
            </Button>
          </Menu.Target>
          <Menu.Dropdown className={names.types ?? ''}>
            {all?.map(({ key, label, count }) => (
              <Menu.CheckboxItem
                key={key}
                checked={!hidden.includes(key)}
                onChange={() => toggle(key)}
                rightSection={<span className={names.count}>{formatNumber(count, 0)}</span>}
              >
                {label}
              </Menu.CheckboxItem>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={() => setTimelineHidden([])}>Show all types</Menu.Item>
            <Menu.Item component="a" href="#/records/activityType" onClick={() => run({})}>
              Change the types for everyone
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {failure && <Failure failure={failure} />}
      {!data && !error && <SkeletonLines label="Loading the timeline" lines={6} />}
      {data?.items.length === 0 && (
        <EmptyState
          icon="calendar"
          title={data.types.some(({ count }) => count > 0) ? 'Nothing of this kind' : 'Nothing has happened yet'}
        />
      )}
      {[...months].map(([month, items]) => (
        <section key={month} className={names.month}>
          <h3 className={names.monthTitle}>
            {new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
              new Date(`${month}-01T00:00:00Z`),
            )}
          </h3>
          <ol>
            {items.map((item) => (
              <li key={`${item.type} ${item.id}`} className={names.item}>
                <Icon name={recordIcon(item.table)} size={14} />
                <span className={names.what}>
                  <a href={recordAddress(item.table, item.id)}>{item.title}</a>
                  <span className={names.meta}>{labels.get(item.type) ?? item.type}</span>
                </span>
                <time dateTime={item.date} className={names.meta}>
                  {formatDate(item.date.slice(0, 10))}
                </time>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {data && data.items.length < Math.min(data.total, MOST) && (
        <Button variant="subtle" onClick={() => setLimit(Math.min(MOST, limit + STEP * 2))}>
          Show more
        </Button>
      )}
    </>
  );
}
