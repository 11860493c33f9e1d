import type { Output } from '#shared/contract/engine-contract.ts';
import type { FieldInfo } from '#shared/domain/derived/field-path.ts';
import { formatMoneySum, formatNumber } from '../../ui/format.ts';
import { ratesInWords } from '../../ui/money-sum.tsx';

type Sum = Output<'records.lines'>['sums'][number];

/** Shares, days and scores are not added up: their mean says more. */
const isAveraged = ({ kind, unit, computed }: FieldInfo) => kind === 'percent' || unit === 'days' || computed === true;

/** What a column comes to: amounts by currency, sums of numbers, means of shares. Its title says how it comes about. */
export function SumText({ sum, info }: { sum: Sum | undefined; info: FieldInfo }) {
  if (sum === undefined || sum.filled === 0) return null;
  if (sum.money) {
    const { converted } = sum;
    const amounts = `Sum of ${formatNumber(sum.filled, 0)} amounts`;
    if (!converted) return <span title={amounts}>{formatMoneySum(sum.money)}</span>;
    const { total, without, ratesOf } = converted;
    const rates = ratesInWords(ratesOf, []);
    return (
      <span title={`${amounts}, ${formatMoneySum(sum.money)}; ${ratesInWords(ratesOf, without)}`}>
        ≈ {formatMoneySum([total])} <small>{rates}</small>
      </span>
    );
  }
  if (sum.sum === undefined || sum.least === undefined || sum.most === undefined) return null;
  const mean = sum.sum / sum.filled;
  const unit = info.kind === 'percent' ? ' %' : info.unit === undefined ? '' : ` ${info.unit}`;
  const words = `${formatNumber(sum.filled, 0)} values from ${formatNumber(sum.least)} to ${formatNumber(sum.most)}, mean ${formatNumber(mean)}`;
  return isAveraged(info) ? (
    <span title={words}>
      <abbr title="Mean">⌀</abbr> {formatNumber(mean, 1)}
      {unit}
    </span>
  ) : (
    <span title={words}>
      {formatNumber(sum.sum, 2)}
      {unit}
    </span>
  );
}
