import { Button, Menu } from '@mantine/core';
import { tablesOfField } from '#shared/model/any-reference.ts';
import { tableNames, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { recordIcon } from '../../state/record-icons.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { isMadeByHand } from '../records/made-by-hand.ts';
import { newInList, RelatedList, type Parent } from './related-list.tsx';
import names from './related.module.css';

type NewOne = { readonly table: TableName; readonly field: string; readonly label: string };

/** Everything that can be made for a record of a type: one entry a record type, by the field that comes first in its form. */
function offersFor(table: TableName): readonly NewOne[] {
  return tableNames
    .filter((name) => isMadeByHand(name))
    .flatMap((name): NewOne[] => {
      const { fields, label } = tableOf(name);
      const found = Object.entries(fields).find(
        ([, field]) =>
          (field.kind === 'reference' || (field.kind === 'anyReference' && field.toAny !== undefined)) &&
          field.readOnly !== true &&
          tablesOfField(field).includes(table),
      );
      return found === undefined ? [] : [{ table: name, field: found[0], label }];
    })
    .toSorted((a, b) => a.label.localeCompare(b.label));
}

function NewRelated({ parent }: { parent: Parent }) {
  const offers = offersFor(parent.table);
  if (offers.length === 0) return null;
  return (
    <Menu position="bottom-start" width={230}>
      <Menu.Target>
        <Button size="compact-xs" leftSection={<Icon name="plus" size={13} />} rightSection={<Icon name="chevronDown" size={12} />}>
          New related record
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={names.offers ?? ''}>
        {offers.map((offer) => (
          <Menu.Item
            key={`${offer.table} ${offer.field}`}
            component="a"
            href={newInList(offer, parent) ?? ''}
            leftSection={<Icon name={recordIcon(offer.table)} size={14} />}
          >
            {offer.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

type Props = {
  readonly table: TableName;
  readonly id: string;
  readonly label: string;
  /** In a side panel: lists under one another, closed at first. */
  readonly narrow?: boolean;
};

/** What has a place of its own beside the record. */
const ELSEWHERE: ReadonlySet<TableName> = new Set(['attachment', 'discussion', 'discussionMessage', 'notification']);
const OPEN_AT_FIRST = 4;

/** Records that point to this one, by type and field. */
export function Related({ table, id, label, narrow = false }: Props) {
  const { data, error } = useLive('records.related', { table, id });
  if (error && !data) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label="Loading related records" lines={5} />;
  const lists = data.lists.filter(({ table: of, count }) => count > 0 && !ELSEWHERE.has(of));
  const parent = { table, id, label };
  return (
    <div className={names.related}>
      <div>
        <NewRelated parent={parent} />
      </div>
      {lists.length === 0 && <EmptyState title="No other record points here" />}
      <div className={names.lists} data-narrow={narrow || undefined}>
        {lists.map((list, at) => (
          <RelatedList key={`${list.table} ${list.field}`} list={list} parent={parent} openFirst={at < (narrow ? 1 : OPEN_AT_FIRST)} />
        ))}
      </div>
    </div>
  );
}
