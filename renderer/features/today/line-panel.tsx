import { Button } from '@mantine/core';
import { useLayout } from '../../state/layout.ts';
import { recordAddress } from '../../state/addresses.ts';
import { formatFixed, formatNumber } from '../../ui/format.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import names from './today.module.css';
import { factorName, reasonWords, type TodayLine } from './today-words.ts';

type Props = {
  readonly line: TodayLine;
  readonly timeZone: string;
  readonly today: string;
  readonly onClose: () => void;
};

/** Why a line stands where it stands: its reasons and the product that makes its weight (DSH-13). */
export function LinePanel({ line, timeZone, today, onClose }: Props) {
  const { peekWidth, setPeekWidth } = useLayout();
  return (
    <SidePanel
      label="Why it stands here"
      title={<a href={recordAddress(line.table, line.id)}>{line.title}</a>}
      width={peekWidth}
      onWidth={setPeekWidth}
      onClose={onClose}
      actions={
        <Button component="a" href={recordAddress(line.table, line.id)}>
          Open
        </Button>
      }
    >
      <ul>
        {line.reasons.map((reason) => (
          <li key={reason.why}>{reasonWords(reason, timeZone, today)}</li>
        ))}
      </ul>
      {line.engagement && (
        <p>
          <a href={recordAddress('engagement', line.engagement.id)}>{line.engagement.label}</a>
          {line.account !== undefined && <span className={names.quiet}> · {line.account}</span>}
        </p>
      )}
      <table className={names.factors}>
        <caption>How its weight comes about</caption>
        <tbody>
          {line.factors.map(({ name, share, times }, at) => (
            <tr key={name}>
              <th scope="row">
                {factorName(name)}
                {share !== undefined && <span className={names.quiet}> {formatNumber(share * 100, 0)} %</span>}
              </th>
              <td>
                {at > 0 && '× '}
                {formatFixed(times, 2)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Weight</th>
            <td>{formatFixed(line.score, 2)}</td>
          </tr>
        </tfoot>
      </table>
      <p>
        <a href="#/settings">Change points and weights</a>
      </p>
    </SidePanel>
  );
}
