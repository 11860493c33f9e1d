import type { Output } from '#shared/contract/engine-contract.ts';
import { BandChip, BandLabel, bandTone, bandWord } from '../../ui/band-chip.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import names from './stage-health.module.css';

const CATEGORIES = ['poor', 'neutral', 'good', 'over'];
/** From worst to best, so that bars and legend read the same way. */
const byCategory = (a: { category: string }, b: { category: string }) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category);

type Stage = Output<'portfolio.overview'>['byStage'][number];
type Props = {
  readonly stages: readonly Stage[];
  readonly chosen: string | undefined;
  readonly onChoose: (stage: string | undefined) => void;
};

function bandsInWords(stage: Stage): string {
  const known = stage.bands.filter(({ count }) => count > 0).map(({ category, count }) => `${count} ${bandWord(category).toLowerCase()}`);
  return known.length > 0 ? known.join(', ') : 'health not known';
}

/** Engagements by stage with their health: a table whose bars can be read as figures too; a stage filters the list. */
export function StageHealth({ stages, chosen, onChoose }: Props) {
  const most = Math.max(1, ...stages.map(({ count }) => count));
  const legend = [
    ...new Map(stages.flatMap(({ bands }) => bands).map((band) => [`${band.category} ${band.colour}`, band])).values(),
  ].toSorted(byCategory);
  return (
    <div className={names.chart}>
      <table className={names.table}>
        <caption className={names.caption}>Health by stage</caption>
        <thead className={names.head}>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Engagements</th>
            <th scope="col">Bands</th>
            <th scope="col">Mean health</th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => {
            const counted = stage.bands.reduce((sum, { count }) => sum + count, 0);
            const rest = stage.count - counted;
            const isChosen = chosen === stage.stage;
            return (
              <tr key={stage.stage} data-chosen={isChosen || undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className={names.stage}
                    aria-pressed={isChosen}
                    aria-label={`${stage.label}: ${plural(stage.count, 'engagement')}, ${bandsInWords(stage)}. ${isChosen ? 'Show all stages' : 'Show these'}`}
                    onClick={() => onChoose(isChosen ? undefined : stage.stage)}
                  >
                    {stage.label}
                  </button>
                </th>
                <td className={names.count}>{formatNumber(stage.count, 0)}</td>
                <td className={names.barCell}>
                  <div className={names.bar} title={bandsInWords(stage)} style={{ width: `${Math.max(1, (100 * stage.count) / most)}%` }}>
                    {stage.bands
                      .filter(({ count }) => count > 0)
                      .toSorted(byCategory)
                      .map((band) => (
                        <span
                          key={`${band.category} ${band.colour}`}
                          className={names.part}
                          data-tone={bandTone(band.colour)}
                          style={{ flexGrow: band.count }}
                        />
                      ))}
                    {rest > 0 && <span className={names.part} data-tone="none" style={{ flexGrow: rest }} />}
                  </div>
                  <span className={names.words}>{bandsInWords(stage)}</span>
                </td>
                <td className={names.health}>
                  <BandChip band={stage.band} score={stage.health} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {legend.length > 0 && (
        <ul className={names.legend} aria-label="Bands">
          {legend.map((band) => (
            <li key={`${band.category} ${band.colour}`}>
              <BandLabel band={band} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
