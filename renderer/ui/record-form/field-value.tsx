import { Pill } from '@mantine/core';
import type { ReactNode } from 'react';
import { choiceLabel } from '#shared/domain/choices.ts';
import type { Condition } from '#shared/model/condition.ts';
import { parseRef } from '#shared/model/any-reference.ts';
import { isTableName, type TableName } from '#shared/model/dictionary.ts';
import type { Field, FieldKind, JournalEntry, Money } from '#shared/model/field.ts';
import { Exact } from '../exact.tsx';
import { formatDate, formatFigure, formatInstant, formatMoney, formatNumber } from '../format.ts';
import { useFormWorld } from './form-world.ts';
import { plainText, plainTexts } from './plain-text.ts';
import names from './record-form.module.css';

type Props = {
  /** A declared or a derived field. */
  readonly field: Omit<Field, 'isMandatory'>;
  readonly value: unknown;
  readonly table: TableName;
  /** One line, for cells of a list. */
  readonly short?: boolean;
};

const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
const isJournal = (value: unknown): value is readonly JournalEntry[] => Array.isArray(value);

function Plain({ value }: Props) {
  return <span>{plainText(value)}</span>;
}

function LongText({ value, short = false }: Props) {
  return <span className={short ? undefined : names.longText}>{plainText(value)}</span>;
}

function Choice({ field, value }: Props) {
  const { choices } = useFormWorld();
  return <span>{choiceLabel(choices, field, plainText(value))}</span>;
}

function ReferenceLink({ to, id, short }: { to: string; id: string; short: boolean }) {
  const { nameOf, addressOf } = useFormWorld();
  if (!isTableName(to)) return <span>{id}</span>;
  // in a cell of a list the grid has the one tab stop
  return (
    <a href={addressOf(to, id)} className={names.link} {...(short ? { tabIndex: -1 } : {})}>
      {nameOf(to, id) ?? 'Unknown record'}
    </a>
  );
}

function One({ field, value, short = false }: Props) {
  return <ReferenceLink to={field.to ?? ''} id={plainText(value)} short={short} />;
}

function AnyOne({ value, short = false }: Props) {
  const ref = parseRef(value);
  return ref === undefined ? <span>{plainText(value)}</span> : <ReferenceLink to={ref.table} id={ref.id} short={short} />;
}

function Many({ field, value, short = false }: Props) {
  return (
    <span className={names.wrap}>
      {plainTexts(value).map((id) => (
        <ReferenceLink key={id} to={field.to ?? ''} id={id} short={short} />
      ))}
    </span>
  );
}

function Amount({ value }: Props) {
  return <span className="number">{isMoney(value) ? formatMoney(value) : ''}</span>;
}

function Figure({ field, value }: Props) {
  const unit = field.kind === 'percent' ? ' %' : field.unit === undefined ? '' : ` ${field.unit}`;
  if (typeof value !== 'number') return null;
  const kind = field.kind === 'percent' || field.kind === 'integer' ? field.kind : 'number';
  const shown = `${formatFigure(value, kind)}${unit}`;
  const exact = `${formatNumber(value, 6)}${unit}`;
  return <span className="number">{shown === exact ? shown : <Exact exact={exact}>{shown}</Exact>}</span>;
}

function Day({ value }: Props) {
  return <span className={names.date}>{formatDate(plainText(value))}</span>;
}

function Instant({ value }: Props) {
  const { reading } = useFormWorld();
  return <span className={names.date}>{formatInstant(plainText(value), reading.timeZone)}</span>;
}

function YesNo({ value }: Props) {
  return <span>{value === true ? 'Yes' : 'No'}</span>;
}

function Tags({ value }: Props) {
  return (
    <span className={names.wrap}>
      {plainTexts(value).map((tag) => (
        <Pill key={tag}>{tag}</Pill>
      ))}
    </span>
  );
}

function Journal({ value, short = false }: Props) {
  const { reading, nameOf } = useFormWorld();
  if (!isJournal(value)) return null;
  if (short) return <span>{value.at(-1)?.text}</span>;
  return (
    <ol className={names.journal}>
      {value.toReversed().map((entry) => (
        <li key={`${entry.at} ${entry.by}`}>
          <span className={names.journalHead}>
            {nameOf('user', entry.by) ?? entry.by} · {formatInstant(entry.at, reading.timeZone)}
          </span>
          <span className={names.longText}>{entry.text}</span>
        </li>
      ))}
    </ol>
  );
}

function ConditionWords({ value, table }: Props) {
  const { wordsOf } = useFormWorld();
  // the dictionary's validator checked the shape when it was written
  return <span>{wordsOf(table, value as Condition)}</span>;
}

function Json({ value, short = false }: Props) {
  return short ? <span>…</span> : <pre className={names.json}>{JSON.stringify(value, undefined, 2)}</pre>;
}

const BY_KIND: { readonly [K in FieldKind]: (props: Props) => ReactNode } = {
  text: Plain,
  email: Plain,
  url: Plain,
  longText: LongText,
  choice: Choice,
  reference: One,
  references: Many,
  anyReference: AnyOne,
  date: Day,
  instant: Instant,
  money: Amount,
  number: Figure,
  integer: Figure,
  percent: Figure,
  boolean: YesNo,
  tags: Tags,
  journal: Journal,
  condition: ConditionWords,
  json: Json,
};

/** A stored value as people read it. */
export function FieldValue(props: Props) {
  const { field, value, short = false } = props;
  const isNothing = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isNothing && short) return null;
  if (isNothing) {
    return (
      <span className={names.nothing}>
        <span className={names.empty}>empty</span>
      </span>
    );
  }
  const Shown = BY_KIND[field.kind];
  return <Shown {...props} />;
}
