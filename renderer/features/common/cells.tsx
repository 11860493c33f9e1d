import { formatChange, formatDate, formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import names from './cells.module.css';

/** A change with an arrow and a sign; nothing where it is not known. */
export function Change({ value }: { value: number | undefined }) {
  if (value === undefined) return <span className={names.quiet}>—</span>;
  const rounded = Math.round(value * 10) / 10;
  if (rounded === 0) return <span className={names.quiet}>0</span>;
  return (
    <span className={names.change} data-way={rounded > 0 ? 'up' : 'down'}>
      <Icon name={rounded > 0 ? 'arrowUp' : 'arrowDown'} size={12} />
      {formatChange(rounded)}
    </span>
  );
}

/** What a person thinks of the engagement's health, in its word with a mark. */
export function PerceivedHealth({ value, label }: { value: string; label: string }) {
  return (
    <span className={names.perceived} data-value={value}>
      <span aria-hidden="true" className={names.dot} />
      {label}
    </span>
  );
}

/** A date with the days until it; overdue in words. */
export function DueIn({ date, days }: { date: string | undefined; days: number | undefined }) {
  if (date === undefined) return <span className={names.quiet}>None</span>;
  return (
    <>
      <span className={names.days} data-due={days === undefined ? undefined : days < 0 ? 'over' : days <= 90 ? 'soon' : undefined}>
        {days !== undefined && (days < 0 ? `${formatNumber(-days, 0)} d overdue` : `${formatNumber(days, 0)} d`)}
      </span>
      <span>{formatDate(date)}</span>
    </>
  );
}
