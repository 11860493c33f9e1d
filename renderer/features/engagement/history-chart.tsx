import { ResponsiveLine, type LineCustomSvgLayerProps } from '@nivo/line';
import { useReducedMotion } from '@mantine/hooks';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { bandTone, bandWord } from '../../ui/band-chip.tsx';
import { formatDate, formatDayMonth, formatFixed } from '../../ui/format.ts';
import names from './health.module.css';

type Week = { readonly week: string; readonly score?: number | undefined };
// mutable, as nivo wants it
type Series = { id: string; data: { x: string; y: number | null }[] };

const THEME = {
  text: { fill: 'var(--text-2)', fontSize: 12, fontFamily: 'inherit' },
  axis: { ticks: { line: { stroke: 'var(--line-strong)' }, text: { fill: 'var(--text-2)', fontSize: 12 } } },
  grid: { line: { stroke: 'var(--line)' } },
  crosshair: { line: { stroke: 'var(--text-3)' } },
};

/** What a screen reader hears of the line. */
function summary(weeks: readonly Week[]): string {
  const known = weeks.filter((week) => week.score !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  if (first?.score === undefined || last?.score === undefined) return 'No health is known in these weeks.';
  const scores = known.map((week) => week.score ?? 0);
  return `Health from ${formatFixed(first.score, 0)} on ${formatDate(first.week)} to ${formatFixed(last.score, 0)} on ${formatDate(last.week)}; lowest ${formatFixed(Math.min(...scores), 0)}, highest ${formatFixed(Math.max(...scores), 0)}.`;
}

function bandLayer(bands: readonly AnyRow[]) {
  return function Bands({ yScale, innerWidth }: LineCustomSvgLayerProps<Series>) {
    return (
      <g aria-hidden="true">
        {bands.map((band) => {
          const [min, max] = [Number(band['min']), Math.min(100, Number(band['max']))];
          const top = Number(yScale(max));
          return (
            <g key={band.id}>
              <rect
                x={0}
                width={innerWidth}
                y={top}
                height={Math.max(0, Number(yScale(min)) - top)}
                className={names.zone}
                data-tone={bandTone(String(band['colour']))}
              />
              <text x={innerWidth + 6} y={(top + Number(yScale(min))) / 2} dominantBaseline="central" className={names.zoneWord}>
                {bandWord(String(band['category']))}
              </text>
            </g>
          );
        })}
      </g>
    );
  };
}

/** Health week by week over the bands it is read in; the same as a table on demand. Nivo loads with it. */
export function HistoryChart({ weeks, bands, asTable }: { weeks: readonly Week[]; bands: readonly AnyRow[]; asTable: boolean }) {
  const reduceMotion = useReducedMotion();
  // so few that they fit beside an open panel, too
  const every = Math.max(1, Math.ceil(weeks.length / 6));
  const shown = new Set(weeks.filter((_, index) => (weeks.length - 1 - index) % every === 0).map(({ week }) => week));
  if (asTable) {
    return (
      <>
        <div className={names.weekTable} tabIndex={0} role="region" aria-label="Health by week">
          <table className={names.table}>
            <thead>
              <tr>
                <th scope="col">Week</th>
                <th scope="col" data-end>
                  Health
                </th>
              </tr>
            </thead>
            <tbody>
              {weeks.toReversed().map(({ week, score }) => (
                <tr key={week}>
                  <th scope="row">{formatDate(week)}</th>
                  <td>{score === undefined ? 'Unknown' : formatFixed(score, 1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </>
    );
  }
  return (
    <>
      <div role="img" aria-label={summary(weeks)} className={names.chart}>
        <ResponsiveLine
          data={[{ id: 'Health', data: weeks.map(({ week, score }) => ({ x: week, y: score ?? null })) }]}
          theme={THEME}
          margin={{ top: 8, right: 78, bottom: 26, left: 34 }}
          xScale={{ type: 'point' }}
          yScale={{ type: 'linear', min: 0, max: 100 }}
          axisLeft={{ tickValues: [0, 20, 40, 60, 80, 100], tickSize: 0, tickPadding: 6 }}
          axisBottom={{ tickSize: 0, tickPadding: 8, format: (week) => (shown.has(String(week)) ? formatDayMonth(String(week)) : '') }}
          gridYValues={[0, 20, 40, 60, 80, 100]}
          enableGridX={false}
          colors={['var(--accent)']}
          lineWidth={2}
          pointSize={weeks.length > 26 ? 3 : 7}
          pointColor="var(--surface)"
          pointBorderWidth={2}
          pointBorderColor="var(--accent)"
          curve="linear"
          useMesh
          animate={!reduceMotion}
          motionConfig="stiff"
          role="presentation"
          layers={['grid', bandLayer(bands), 'axes', 'lines', 'crosshair', 'points', 'mesh']}
          tooltip={({ point }) => (
            <div className={names.tip}>
              <strong>{formatFixed(Number(point.data.y), 1)}</strong> in the week to {formatDate(String(point.data.x))}
            </div>
          )}
        />
      </div>
    </>
  );
}
