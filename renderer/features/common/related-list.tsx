import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { refTo } from '#shared/model/any-reference.ts';
import type { Condition } from '#shared/model/condition.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { newRecordAddress, recordAddress } from '../../state/addresses.ts';
import { useLayout } from '../../state/layout.ts';
import { recordIcon } from '../../state/record-icons.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { isMadeByHand } from '../records/made-by-hand.ts';
import names from './related.module.css';
import { useWorld } from './use-form-world.ts';

/** A list of records that point to one record through one field. */
export type RelatedOf = {
  readonly table: TableName;
  readonly field: string;
  readonly label: string;
  readonly count: number;
};
export type Parent = { readonly table: TableName; readonly id: string; readonly label: string };

const FIRST = 5;
const STEP = 10;
const MOST = 200;
/** Facts shown under a record's name. */
const FACTS = 3;

function kindOf({ table, field }: Pick<RelatedOf, 'table' | 'field'>) {
  return tableOf(table).fields[field]?.kind;
}

/** The value that names the parent in the list's field. */
function valueFor(list: Pick<RelatedOf, 'table' | 'field'>, { table, id }: Parent): string {
  return kindOf(list) === 'anyReference' ? refTo(table, id) : id;
}

function conditionOf(list: RelatedOf, parent: Parent): Condition {
  return { field: list.field, op: kindOf(list) === 'references' ? 'contains' : 'is', value: valueFor(list, parent) };
}

/** The form of a new record in the list, its parent filled in; undefined where people make none by hand, or the field holds several. */
export function newInList(list: Pick<RelatedOf, 'table' | 'field'>, parent: Parent): string | undefined {
  if (!isMadeByHand(list.table) || kindOf(list) === 'references') return undefined;
  const value = valueFor(list, parent);
  return newRecordAddress(list.table, { [list.field]: value }, { [parent.id]: parent.label, [value]: parent.label });
}

/** The fields that tell records of a type apart at a glance: the dictionary's columns without what is said already. */
function factsOf({ table, field: parentField }: RelatedOf): readonly string[] {
  const { fields, title } = tableOf(table);
  return Object.entries(fields)
    .filter(([name, { column }]) => column !== undefined && name !== parentField && !title.includes(name))
    .toSorted(([, a], [, b]) => (a.column ?? 0) - (b.column ?? 0))
    .map(([name]) => name)
    .slice(0, FACTS + 2);
}

function Records({ list, parent }: { list: RelatedOf; parent: Parent }) {
  const [limit, setLimit] = useState(FIRST);
  const { data, error } = useLive('records.list', {
    table: list.table,
    condition: conditionOf(list, parent),
    sort: [{ field: 'updatedAt', direction: 'down' }],
    window: { offset: 0, limit },
  });
  const world = useWorld(data?.refs);
  if (error && !data) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label={`Loading ${list.label}`} lines={Math.min(list.count, FIRST)} />;
  const shown = factsOf(list);
  const { fields } = tableOf(list.table);
  const more = Math.min(STEP, data.total - data.rows.length);
  return (
    <FormWorldContext value={world}>
      <ul className={names.items}>
        {data.rows.map(({ row, label }) => (
          <li key={row.id}>
            <div className={names.name}>
              <a href={recordAddress(list.table, row.id)}>{label}</a>
              {row.number !== undefined && <span className={names.number}>{row.number}</span>}
            </div>
            <div className={names.facts}>
              {shown
                .filter((name) => row[name] !== undefined)
                .slice(0, FACTS)
                .map((name) => {
                  const field = fields[name];
                  return field === undefined ? null : (
                    <span key={name} title={field.label}>
                      <FieldValue field={field} value={row[name]} table={list.table} short />
                    </span>
                  );
                })}
            </div>
          </li>
        ))}
      </ul>
      {more > 0 && limit < MOST && (
        <Button size="compact-xs" variant="subtle" onClick={() => setLimit((before) => Math.min(MOST, before + STEP))}>
          Show {formatNumber(more, 0)} more
        </Button>
      )}
    </FormWorldContext>
  );
}

/** One list as an accordion: how many there are, the newest of them, all of them, a new one. Whether it is open is remembered. */
export function RelatedList({ list, parent, openFirst }: { list: RelatedOf; parent: Parent; openFirst: boolean }) {
  const id = useId();
  const name = `${parent.table} ${list.table}.${list.field}`;
  const isOpen = useLayout((layout) => layout.openLists[name]) ?? openFirst;
  const setListOpen = useLayout((layout) => layout.setListOpen);
  const create = newInList(list, parent);
  const kind = tableOf(list.table).label.toLowerCase();
  const all = `#/records/${list.table}?condition=${encodeURIComponent(JSON.stringify(conditionOf(list, parent)))}`;
  return (
    <section className={names.list} aria-labelledby={`${id}-title`}>
      <header className={names.head}>
        <button
          type="button"
          className={names.toggle}
          aria-expanded={isOpen}
          aria-controls={`${id}-body`}
          onClick={() => setListOpen(name, !isOpen)}
        >
          <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={13} />
          <Icon name={recordIcon(list.table)} size={14} />
          <span id={`${id}-title`} className={names.title}>
            {list.label}
          </span>
          <span className={names.count}>{formatNumber(list.count, 0)}</span>
        </button>
        {create !== undefined && (
          <a href={create} aria-label={`New ${kind}`} title={`New ${kind} here`} className={names.action}>
            <Icon name="plus" size={13} /> New
          </a>
        )}
        {list.count > 0 && (
          <a href={all} aria-label={`View all: ${list.label}`} className={names.action}>
            View all
          </a>
        )}
      </header>
      <div id={`${id}-body`} hidden={!isOpen} className={names.body}>
        {isOpen && <Records list={list} parent={parent} />}
      </div>
    </section>
  );
}
