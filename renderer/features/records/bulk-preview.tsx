import type { Output } from '#shared/contract/engine-contract.ts';
import { fieldsOf } from '#shared/domain/derived/field-path.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Job } from '../../data/use-job.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { useWorld } from '../common/use-form-world.ts';
import names from './list.module.css';

type Seen = Output<'records.bulkPreview'>;
type Props = {
  readonly table: TableName;
  readonly verb: 'set' | 'close' | 'cancel' | 'reopen' | 'delete';
  readonly state: Job<'records.bulkPreview'>['state'];
  /** Everything that must be said has been said. */
  readonly isWhole: boolean;
};

const few = (count: number, table: TableName) => plural(count, tableOf(table).label.toLowerCase(), tableOf(table).plural.toLowerCase());

function Names({ first, count }: { first: readonly { readonly id: string; readonly label: string }[]; count: number }) {
  const more = count - first.length;
  return (
    <span className={names.quiet}>
      {first.map(({ label }) => label).join(', ')}
      {more > 0 && ` and ${formatNumber(more, 0)} more`}
    </span>
  );
}

function Sample({ table, seen }: { table: TableName; seen: Seen }) {
  const world = useWorld(seen.refs);
  const fields = fieldsOf(table);
  return (
    <FormWorldContext value={world}>
      <table className={names.sample}>
        <caption>The first {seen.sample.length} of them</caption>
        <tbody>
          {seen.sample.map(({ record, changes }) =>
            changes.map(({ field, before, after }, at) => {
              const info = fields[field];
              return (
                info && (
                  <tr key={`${record.id} ${field}`}>
                    {at === 0 && (
                      <th scope="row" rowSpan={changes.length}>
                        {record.label}
                      </th>
                    )}
                    <td className={names.quiet}>{info.label}</td>
                    <td>
                      <span className={names.change}>
                        <FieldValue field={info} value={before ?? undefined} table={table} />
                        <Icon name="chevronRight" size={12} />
                        <FieldValue field={info} value={after ?? undefined} table={table} />
                      </span>
                    </td>
                  </tr>
                )
              );
            }),
          )}
        </tbody>
      </table>
    </FormWorldContext>
  );
}

/** How many change, which are refused and why, what else changes, and how the first ones look before and after. */
export function BulkPreview({ table, verb, state, isWhole }: Props) {
  if (state.kind === 'failed') return state.error.code === 'cancelled' ? null : <Failure failure={state.error} />;
  if (state.kind !== 'done')
    return (
      <p role="status" className={names.waiting}>
        {isWhole
          ? state.kind === 'running'
            ? (state.progress?.step ?? 'Looking what would change')
            : 'Looking what would change'
          : 'What would change is shown here.'}
      </p>
    );
  const seen = state.output;
  return (
    <div className={names.preview}>
      <p role="status" className={names.counts}>
        <strong>{formatNumber(seen.changing, 0)}</strong> {verb === 'delete' ? 'are deleted' : 'change'}
        {seen.unchanged > 0 && (
          <>
            {' · '}
            <strong>{formatNumber(seen.unchanged, 0)}</strong> {seen.unchanged === 1 ? 'is' : 'are'} so already
          </>
        )}
        {seen.refusedCount > 0 && (
          <span className={names.refusedCount}>
            {' · '}
            <strong>{formatNumber(seen.refusedCount, 0)}</strong> {seen.refusedCount === 1 ? 'is' : 'are'} refused
          </span>
        )}
      </p>
      {seen.refused.length > 0 && (
        <ul className={names.reasons}>
          {seen.refused.slice(0, 6).map((reason) => (
            <li key={`${reason.rule ?? ''} ${reason.message}`}>
              <span>
                {reason.message} {reason.rule !== undefined && <span className={names.rule}>{reason.rule}</span>}
              </span>
              <Names first={reason.first} count={reason.count} />
            </li>
          ))}
        </ul>
      )}
      {seen.also.length > 0 && (
        <ul className={names.reasons} aria-label="What else changes">
          {seen.also.map(({ table: other, count, first }) => (
            <li key={other}>
              <span>{few(count, other)} change as well</span>
              <Names first={first} count={count} />
            </li>
          ))}
        </ul>
      )}
      {seen.sample.some(({ changes }) => changes.length > 0) && <Sample table={table} seen={seen} />}
    </div>
  );
}
