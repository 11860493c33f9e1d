import { Button } from '@mantine/core';
import type { Output } from '#shared/contract/engine-contract.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { recordAddress } from '../../state/addresses.ts';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useWorld } from '../common/use-form-world.ts';
import names from './my-changes.module.css';

type Details = Output<'undo.step'>;
type Changed = Details['first'][number];

const DEEDS = { create: 'created', update: '', close: 'closed', cancel: 'cancelled', reopen: 'reopened', delete: 'deleted' } as const;

function ChangedRecord({ changed }: { changed: Changed }) {
  const { table, id, label, number, action, changes } = changed;
  const { fields, label: kind } = tableOf(table);
  return (
    <div className={names.changed}>
      <div>
        {kind} {action === 'delete' ? label : <a href={recordAddress(table, id)}>{label}</a>}
        {number !== undefined && ` · ${number}`} {DEEDS[action]}
      </div>
      {changes.map(({ field: name, before, after }) => {
        const field = fields[name];
        return field === undefined ? null : (
          <div key={name} className={names.change}>
            <span>{field.label}:</span>
            <span className={names.before}>
              <FieldValue field={field} value={before} table={table} short />
            </span>
            <span aria-label="became">→</span>
            <FieldValue field={field} value={after} table={table} />
          </div>
        );
      })}
    </div>
  );
}

function Obstacles({ details, onRest, verb }: { details: Details; onRest: () => void; verb: string }) {
  const { obstacles, possible } = details;
  if (obstacles.length === 0) return null;
  return (
    <div className={names.obstacles} role="note">
      <strong>{possible === 'none' ? `This cannot be ${verb}.` : `Not all of this can be ${verb}.`}</strong>
      <ul>
        {obstacles.map((one) => (
          <li key={`${one.id} ${one.words}`}>{one.exists ? <a href={recordAddress(one.table, one.id)}>{one.words}</a> : one.words}.</li>
        ))}
      </ul>
      {possible === 'rest' && (
        <div>
          <Button size="compact-sm" onClick={onRest}>
            {verb === 'undone' ? 'Undo the rest' : 'Do the rest again'}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What a step changed, and why it cannot be taken back where others have changed it since. */
export function StepDetails({ id, verb, onRest }: { id: string; verb: 'undone' | 'done again'; onRest: () => void }) {
  const { data, error } = useLive('undo.step', { id });
  const world = useWorld(data?.refs);
  if (error && !data) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label="Looking at this step" lines={2} />;
  const more = data.records - data.first.length;
  return (
    <FormWorldContext value={world}>
      <div className={names.details}>
        {data.first.map((changed) => (
          <ChangedRecord key={`${changed.table} ${changed.id}`} changed={changed} />
        ))}
        {more > 0 && <p className={names.quiet}>and {plural(more, 'more record')}</p>}
        <Obstacles details={data} onRest={onRest} verb={verb} />
      </div>
    </FormWorldContext>
  );
}
