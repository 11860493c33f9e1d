import { Button, Group, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import type { Row } from '#shared/model/dictionary.ts';
import { BAND_CATEGORIES, BAND_COLOURS } from '#shared/model/tables/health.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ChoiceSelect } from './choice-select.tsx';
import names from './definitions.module.css';
import { NumberField } from './number-field.tsx';
import { useRows } from './use-rows.ts';

type Band = Row<'colourBand'>;
type Bounds = { readonly min: number | undefined; readonly max: number | undefined };

/** How many engagements have a score in the band now; of a metric's band, a value of its source. */
function Affected({ bounds: { min, max }, source }: { bounds: Bounds; source: string | undefined }) {
  const range = min === undefined || max === undefined ? undefined : { min, max };
  const { data } = useLive('health.matching', range && (source === undefined ? { score: range } : { value: { source, ...range } }));
  return <span role="status">{data && range ? `${formatNumber(data.count, 0)} of ${formatNumber(data.of, 0)}` : '—'}</span>;
}

function BandLine({ band, source }: { band: Band; source: string | undefined }) {
  const [bounds, setBounds] = useState<Bounds>({ min: band.min, max: band.max });
  const update = useCommand('records.update');
  const remove = useCommand('records.delete');
  const { toastSaved } = useUndo();
  const isChanged = bounds.min !== band.min || bounds.max !== band.max;
  const failure = update.error ?? remove.error;
  const save = () =>
    update.run(
      { table: 'colourBand', id: band.id, patch: { min: bounds.min ?? null, max: bounds.max ?? null }, baseRev: band.rev },
      ({ changeSetId }) => toastSaved('Band saved', changeSetId),
    );
  const word = BAND_CATEGORIES[band.category];
  return (
    <>
      <tr>
        <th scope="row">
          <span className={names.swatch} data-tone={band.colour} aria-hidden="true" />
          {word} <span className={names.quiet}>{BAND_COLOURS[band.colour].toLowerCase()}</span>
        </th>
        <td>{source ?? 'Health score'}</td>
        <td className={names.cellField}>
          <NumberField label={`${word} from`} hiddenLabel value={bounds.min} onChange={(min) => setBounds({ ...bounds, min })} />
        </td>
        <td className={names.cellField}>
          <NumberField label={`${word} to`} hiddenLabel value={bounds.max} onChange={(max) => setBounds({ ...bounds, max })} />
        </td>
        <td>
          <Affected bounds={bounds} source={band.type === 'global' ? undefined : band.source} />
        </td>
        <td>
          <Group gap={6} wrap="nowrap">
            {isChanged && (
              <Button size="compact-xs" variant="filled" loading={update.busy} onClick={save}>
                Save
              </Button>
            )}
            <IconButton
              icon="trash"
              label={`Delete the band ${word}`}
              onClick={() => remove.run({ table: 'colourBand', id: band.id }, ({ changeSetId }) => toastSaved('Band deleted', changeSetId))}
            />
          </Group>
        </td>
      </tr>
      {failure && (
        <tr>
          <td colSpan={6}>
            <Failure failure={failure} />
          </td>
        </tr>
      )}
    </>
  );
}

function NewBand({ sources }: { sources: readonly Row<'dataSource'>[] }) {
  const [source, setSource] = useState<string>();
  const [bounds, setBounds] = useState<Bounds>({ min: undefined, max: undefined });
  const [colour, setColour] = useState<keyof typeof BAND_COLOURS>();
  const [category, setCategory] = useState<keyof typeof BAND_CATEGORIES>();
  const create = useCommand('records.create');
  const { toastSaved } = useUndo();
  const isWhole = bounds.min !== undefined && bounds.max !== undefined && colour !== undefined && category !== undefined;
  const add = () =>
    create.run(
      {
        table: 'colourBand',
        values: {
          type: source === undefined ? 'global' : 'metric',
          ...(source !== undefined && { source }),
          context: 'engagement',
          ...bounds,
          colour,
          category,
        },
      },
      ({ changeSetId }) => {
        toastSaved('Band added', changeSetId);
        setBounds({ min: undefined, max: undefined });
      },
    );
  return (
    <Section title="Another band">
      {create.error && <Failure failure={create.error} />}
      <div className={names.fields}>
        <ChoiceSelect
          label="For"
          choices={Object.fromEntries(sources.map((each) => [each.id, each.name]))}
          none="The health score"
          value={source ?? ''}
          onChange={setSource}
        />
        <ChoiceSelect label="Meaning" choices={BAND_CATEGORIES} value={category ?? ''} onChange={setCategory} />
        <ChoiceSelect label="Colour" choices={BAND_COLOURS} value={colour ?? ''} onChange={setColour} />
        <NumberField label="From" value={bounds.min} onChange={(min) => setBounds({ ...bounds, min })} />
        <NumberField label="To" value={bounds.max} onChange={(max) => setBounds({ ...bounds, max })} />
        <div>
          <div className={names.groupLabel}>Engagements now</div>
          <Affected bounds={bounds} source={source} />
        </div>
        <Button mt="lg" loading={create.busy} disabled={!isWhole} onClick={add}>
          Add the band
        </Button>
      </div>
    </Section>
  );
}

/** HLT-05: which range of a score or figure has which meaning and colour, and how many engagements are in it now. */
export function BandsEditor() {
  const bands = useRows('colourBand')?.toSorted((a, b) => (a.source ?? '').localeCompare(b.source ?? '') || a.min - b.min);
  const sources = useRows('dataSource') ?? [];
  return (
    <div className={names.stack}>
      <Section title="Colour bands" note="A band holds its beginning; its end belongs to the next one." flush>
        {bands === undefined && <SkeletonLines label="Loading the bands" />}
        {bands?.length === 0 && <p className={names.quiet}>No bands yet: scores are shown without colour.</p>}
        {bands && bands.length > 0 && (
          <div className={names.scroll} tabIndex={0} role="group" aria-label="Colour bands">
            <table className={names.table}>
              <thead>
                <tr>
                  <th scope="col">Meaning</th>
                  <th scope="col">Of</th>
                  <th scope="col">From</th>
                  <th scope="col">To</th>
                  <th scope="col">Engagements now</th>
                  <th scope="col">
                    <VisuallyHidden>Change</VisuallyHidden>
                  </th>
                </tr>
              </thead>
              <tbody>
                {bands.map((band) => (
                  <BandLine key={`${band.id} ${band.rev}`} band={band} source={sources.find((source) => source.id === band.source)?.name} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      <NewBand sources={sources} />
    </div>
  );
}
